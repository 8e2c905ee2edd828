"""Progress and report of a broadcast."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.broadcasts.report import (
    Line,
    Progress,
    bar,
    names_text,
    neutral,
    progress_text,
    report_text,
    table,
    time_needed,
)
from bot.locales import words_in
from bot.outbox.delivery import DeliveryState
from bot.store.broadcasts import BroadcastRow, BroadcastState, Purpose

WORDS = words_in("en")
NOW = datetime(2031, 5, 5, 8, tzinfo=UTC)


def row(state: BroadcastState = BroadcastState.SENDING, error: str | None = None) -> BroadcastRow:
    return BroadcastRow(
        id=7,
        purpose=Purpose.ANNOUNCE,
        state=state,
        about=None,
        content={},
        audience={},
        silent=False,
        asks_receipt=False,
        for_newcomers=False,
        paid=False,
        changes=None,
        nonce="n",
        made_by=1,
        made_at=NOW,
        show_at=None,
        send_at=None,
        started_by=1,
        started_at=NOW,
        ended_at=NOW + timedelta(seconds=95),
        shown=None,
        looks=0,
        error=error,
        watched=None,
    )


def line(name: str, state: DeliveryState = DeliveryState.SENT, reason: str = "") -> Line:
    return Line(1, name, "en", state, reason, None)


@given(st.dictionaries(st.sampled_from(DeliveryState), st.integers(0, 10_000)))
def test_the_numbers_shown_add_up_to_all(states: dict[DeliveryState, int]) -> None:
    progress = Progress(states)
    text = progress_text(row(), progress, WORDS, seconds_left=1, waits_until=None)
    shown = [int(each.rpartition(": ")[2]) for each in text.splitlines()[2:] if each[-1].isdigit()]
    assert sum(shown) == progress.total


@pytest.mark.parametrize(
    ("left", "sent", "shown"),
    [(4, 0, "░" * 12 + " 0 %"), (1, 1, "▓" * 6 + "░" * 6 + " 50 %"), (0, 3, "▓" * 12 + " 100 %")],
)
def test_the_bar_fills(left: int, sent: int, shown: str) -> None:
    assert bar(Progress({DeliveryState.QUEUED: left, DeliveryState.SENT: sent})) == shown


def test_nobody_at_all_is_a_full_bar() -> None:
    assert bar(Progress({})).endswith("100 %")


def test_progress_says_how_long_it_takes_or_why_it_waits_or_stopped() -> None:
    progress = Progress({DeliveryState.QUEUED: 280})
    text = progress_text(row(), progress, WORDS, seconds_left=90, waits_until=None)
    assert "Time left: 2 minutes" in text
    assert "wait until 14:05" in progress_text(row(), progress, WORDS, seconds_left=90, waits_until="14:05")
    stopped = progress_text(
        row(BroadcastState.PAUSED, "Bad Request"), progress, WORDS, seconds_left=1, waits_until=None
    )
    assert "Stopped: Bad Request" in stopped


def test_a_report_says_what_doubt_means_only_when_there_is_some() -> None:
    done = Progress({DeliveryState.SENT: 2})
    assert "In doubt" not in report_text(row(BroadcastState.DONE), done, WORDS)
    doubt = Progress({DeliveryState.SENT: 2, DeliveryState.IN_DOUBT: 1})
    text = report_text(row(BroadcastState.DONE), doubt, WORDS)
    assert "In doubt" in text and "It took 2 minutes." in text


def test_a_short_time_is_said_in_seconds() -> None:
    assert [time_needed(seconds, WORDS) for seconds in (0.2, 59, 60, 3600)] == [
        "1 second",
        "59 seconds",
        "1 minute",
        "1 hour",
    ]


def test_long_lists_of_names_end_with_how_many_more() -> None:
    text = names_text([line(f"P{number}") for number in range(25)], WORDS)
    assert text.endswith("… and 5 more") and len(text.splitlines()) == 21


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "  =1", "＝1"])
def test_a_formula_is_made_plain_text(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_name_comes_back_from_the_table(name: str, reason: str) -> None:
    text = table([line(name, reason=reason)], WORDS)
    assert text.startswith("\ufeff")
    [read] = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    assert read["Name"].removeprefix("'") == name.removeprefix("'")
    assert not read["Name"].lstrip(" ").startswith(("=", "+", "-", "@"))
