"""The cards of a broadcast: what they say and what can be pressed at each stage."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.broadcasts.audience import Audience
from bot.broadcasts.cards import MANY, Card, Rows, action, draft_card, report_rows, running_rows, sure_card
from bot.broadcasts.content import Content, Place, Text
from bot.broadcasts.facts import Draft
from bot.broadcasts.report import Progress
from bot.locales import words_in
from bot.outbox.delivery import DeliveryState
from bot.store.broadcasts import BroadcastRow, BroadcastState, Purpose

WORDS = words_in("en")
ZONE = ZoneInfo("Europe/Lisbon")
NOW = datetime(2031, 5, 5, 8, tzinfo=UTC)
ROW = BroadcastRow(
    id=2**40,
    purpose=Purpose.ANNOUNCE,
    state=BroadcastState.DRAFT,
    about=3,
    content={"language": "en"},
    audience={},
    silent=False,
    asks_receipt=False,
    for_newcomers=False,
    paid=False,
    changes=None,
    nonce="0123456789abcdef",
    made_by=1,
    made_at=NOW,
    show_at=None,
    send_at=None,
    started_by=1,
    started_at=NOW,
    ended_at=None,
    shown=None,
    looks=0,
    error=None,
    watched=None,
)


def draft(row: BroadcastRow = ROW, number: int = 15, content: Content | None = None) -> Draft:
    content = content or Content("en", {"en": Text("Hello")})
    return Draft(row, content, Audience(), number, {"en": number}, {})


def card(given: Draft) -> Card:
    return draft_card(given, ("en", "es"), ZONE, WORDS)


def acts(rows: Rows) -> list[str]:
    """What the buttons do."""
    return [button.action.split(":")[1] for row in rows for button in row]


def test_every_action_fits_into_a_button_and_names_draft_and_nonce() -> None:
    every = [
        button for shown in (card(draft()), sure_card(draft(), WORDS)) for row in shown.rows for button in row
    ]
    assert every
    for button in every:
        assert len(button.action.encode()) <= 64
        assert str(ROW.id) in button.action and ROW.nonce in button.action


def test_send_is_missing_while_something_is_wrong() -> None:
    assert "send" in acts(card(draft()).rows)
    assert "send" not in acts(card(draft(number=0)).rows)
    assert "send" not in acts(card(draft(content=Content("en", {"en": Text("x" * 5000)}))).rows)


def test_paid_sending_is_offered_to_crowds_only_with_its_price() -> None:
    assert "paid" not in acts(card(draft(number=MANY - 1)).rows)
    offered = card(draft(number=10_000))
    assert "paid" in acts(offered.rows)
    assert any("1000 Stars: no" in button.label for row in offered.rows for button in row)
    assert "Costs up to 1000 Stars" in card(draft(replace(ROW, paid=True), 10_000)).text


def test_a_recall_and_a_reminder_have_no_settings() -> None:
    for purpose in (Purpose.RECALL, Purpose.NUDGE):
        assert acts(card(draft(replace(ROW, purpose=purpose))).rows) == ["send", "discard"]


def test_a_place_alone_cannot_be_corrected() -> None:
    row = replace(ROW, purpose=Purpose.CORRECT)
    shown = card(draft(row, content=Content("en", place=Place(1.0, 2.0))))
    assert "no words to correct" in shown.text and "send" not in acts(shown.rows)


def test_a_scheduled_one_names_its_hour_in_the_participants_zone() -> None:
    row = replace(ROW, state=BroadcastState.SCHEDULED, send_at=datetime(2031, 5, 6, 6, 30, tzinfo=UTC))
    shown = card(draft(row))
    assert "Tuesday, May 6, 07:30 (Europe/Lisbon)" in shown.text
    assert {"unschedule", "now"} <= set(acts(shown.rows))


@pytest.mark.parametrize(
    ("state", "left", "wanted"),
    [
        (BroadcastState.SENDING, 3, ["pause", "stop"]),
        (BroadcastState.PAUSED, 3, ["resume", "stop"]),
        (BroadcastState.SENDING, 0, []),
        (BroadcastState.CANCELLED, 0, []),
    ],
)
def test_on_its_way_it_can_be_held_or_cancelled(state: BroadcastState, left: int, wanted: list[str]) -> None:
    progress = Progress({DeliveryState.QUEUED: left, DeliveryState.SENT: 1})
    assert acts(running_rows(replace(ROW, state=state), progress, WORDS)) == wanted


def test_a_report_offers_only_what_there_is_to_do() -> None:
    done = replace(ROW, state=BroadcastState.DONE)
    assert acts(report_rows(done, Progress({DeliveryState.SENT: 2}), WORDS)) == ["correct", "recall", "table"]
    mixed = Progress({DeliveryState.IN_DOUBT: 1, DeliveryState.UNREACHABLE: 1})
    assert acts(report_rows(done, mixed, WORDS)) == ["again", "doubt", "missed", "follow", "table"]
    recalled = replace(done, state=BroadcastState.RECALLED)
    assert acts(report_rows(recalled, Progress({DeliveryState.SENT: 2}), WORDS)) == ["table"]


def test_the_card_of_something_else_has_its_own_action() -> None:
    assert action("send", replace(ROW, id=7, nonce="n")) == "bc:send:7:n"
