"""An announcement goes out in one transaction: on SQLite and on PostgreSQL."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from bot.broadcasts.audience import Audience, Outcome
from bot.broadcasts.content import Content, Media, MediaKind, Text
from bot.broadcasts.kept import to_json
from bot.broadcasts.sending import launch, newcomers, reached, recipients, seconds_for, stars_for
from bot.outbox import sources
from bot.outbox.delivery import DeliveryState
from bot.outbox.standing import Standing, standing
from bot.store import broadcasts, chats, personal, receipts
from bot.store.broadcasts import BroadcastRow, BroadcastState, NewBroadcast, Purpose
from bot.store.chats import Seen
from bot.store.database import Database
from bot.store.tables import deliveries

NOW = datetime(2031, 5, 5, 8, tzinfo=UTC)
HELLO = Content("en", {"en": Text("Hello"), "es": Text("Hola")})
STATES = (DeliveryState.SENT, DeliveryState.UNREACHABLE, DeliveryState.IN_DOUBT)


def people(connection: Connection, *ids: int, now: datetime = NOW) -> None:
    for chat_id in ids:
        chats.note_seen(connection, Seen(chat_id, "private", f"P{chat_id}"), now)


def draft(connection: Connection, **values: Any) -> BroadcastRow:
    values = {"content": to_json(HELLO), "audience": to_json(Audience()), **values}
    purpose = values.pop("purpose", Purpose.ANNOUNCE)
    return broadcasts.add(connection, NewBroadcast(purpose, 1, **values), NOW)


def go(connection: Connection, row: BroadcastRow, now: datetime = NOW) -> int | None:
    return launch(connection, row, "en", by=1, now=now)


def deliver(connection: Connection, row: BroadcastRow, *states: DeliveryState) -> None:
    """Gives the copies these states, in the order of the chats, with their chat as message id."""
    copies = sources.copies(connection, row.source)
    for copy, state in zip(copies, states, strict=False):
        where = (deliveries.c.source == row.source, deliveries.c.chat_id == copy.chat_id)
        ids = [copy.chat_id] if state is DeliveryState.SENT else None
        connection.execute(update(deliveries).where(*where).values(state=state, message_ids=ids))
    broadcasts.change_state(connection, row.id, (BroadcastState.SENDING,), BroadcastState.DONE)


def calls_of(connection: Connection, row: BroadcastRow) -> list[tuple[int, str, dict[str, Any]]]:
    return [(copy.chat_id, copy.method, copy.params) for copy in sources.copies(connection, row.source)]


async def test_it_goes_out_once_whoever_is_faster(database: Database) -> None:
    def prepare(connection: Connection) -> BroadcastRow:
        people(connection, 1, 2, 3)
        return draft(connection)

    row = await database.write(prepare)
    results = await asyncio.gather(*(database.write(lambda c: go(c, row)) for _ in range(5)))
    assert sorted(results, key=str) == [3, None, None, None, None]
    assert await database.read(lambda c: sources.tally(c, row.source)) == {DeliveryState.QUEUED: 3}


async def test_who_is_gone_gets_nothing_and_who_joins_later_is_not_counted(database: Database) -> None:
    def work(connection: Connection) -> None:
        people(connection, 1, 2)
        chats.note_gone(connection, 2, "blocked", NOW)
        row = draft(connection)
        assert go(connection, row) == 1
        people(connection, 3)
        assert sources.tally(connection, row.source) == {DeliveryState.QUEUED: 1}

    await database.write(work)


async def test_nobody_at_all_is_sent_to_nobody(database: Database) -> None:
    assert await database.write(lambda connection: go(connection, draft(connection))) == 0


async def test_an_announcement_is_on_trial_before_it_goes_to_all(database: Database) -> None:
    def work(connection: Connection) -> None:
        people(connection, 1, 2)
        row = draft(connection)
        go(connection, row)
        found = standing(connection, row.source)
        assert found and found.standing is Standing.TRIAL

    await database.write(work)


async def test_paid_sending_says_so_in_every_call_and_costs_a_star_for_ten(database: Database) -> None:
    def work(connection: Connection) -> None:
        people(connection, 1, 2)
        row = draft(connection)
        paid = broadcasts.revise(connection, row.id, row.nonce, paid=True)
        assert paid
        go(connection, paid)
        found = standing(connection, row.source)
        assert found and found.paid
        assert all(params["allow_paid_broadcast"] for _, _, params in calls_of(connection, row))

    await database.write(work)
    assert [stars_for(number, HELLO) for number in (1, 10, 11, 10_000)] == [1, 1, 2, 1_000]
    assert seconds_for(10_000, HELLO, paid=True) < seconds_for(10_000, HELLO)


async def test_what_expires_is_not_sent_after_it_is_of_use(database: Database) -> None:
    def work(connection: Connection) -> None:
        people(connection, 1)
        row = draft(connection)
        launch(connection, row, "en", by=1, now=NOW, useful_for=timedelta(minutes=5))
        expires_at = connection.scalar(select(deliveries.c.expires_at))
        assert expires_at == NOW + timedelta(minutes=5)

    await database.write(work)


async def test_the_outcomes_of_an_earlier_one_are_told_apart(database: Database) -> None:
    def work(connection: Connection) -> None:
        people(connection, 1, 2, 3, 4)
        row = draft(connection, asks_receipt=True)
        go(connection, row)
        deliver(connection, row, *STATES, DeliveryState.SENT)
        receipts.give(connection, row.id, 1, NOW)
        assert reached(connection, row.id, Outcome.DELIVERED) == {1, 4}
        assert reached(connection, row.id, Outcome.NOT_REACHED) == {2}
        assert reached(connection, row.id, Outcome.UNCONFIRMED) == {4}
        follow = draft(connection, about=row.id, audience=to_json(Audience(outcome=Outcome.UNCONFIRMED)))
        assert [person.chat_id for person in recipients(connection, follow, "en")] == [4]

    await database.write(work)


async def test_a_correction_edits_what_was_delivered_and_keeps_the_button_of_who_has_not_confirmed(
    database: Database,
) -> None:
    def work(connection: Connection) -> None:
        people(connection, 1, 2, 3, 4)
        row = draft(connection, asks_receipt=True)
        go(connection, row)
        deliver(connection, row, *STATES, DeliveryState.SENT)
        receipts.give(connection, row.id, 1, NOW)
        new = Content("en", {"en": Text("Hello again")})
        correction = draft(connection, purpose=Purpose.CORRECT, about=row.id, content=to_json(new))
        assert go(connection, correction) == 2
        (first, second) = calls_of(connection, correction)
        assert first == (1, "editMessageText", {"message_id": 1, "text": "Hello again"})
        assert second[1] == "editMessageText" and "reply_markup" in second[2]
        kept = broadcasts.read(connection, row.id)
        assert kept and kept.content == to_json(new)

    await database.write(work)


@pytest.mark.parametrize(
    ("age", "method"), [(timedelta(hours=1), "deleteMessages"), (timedelta(hours=48), "editMessageText")]
)
async def test_a_recall_deletes_or_else_takes_the_words_out(
    database: Database, age: timedelta, method: str
) -> None:
    def work(connection: Connection) -> None:
        people(connection, 1, 2)
        row = draft(connection)
        go(connection, row)
        deliver(connection, row, DeliveryState.SENT, DeliveryState.SENT)
        recall = draft(connection, purpose=Purpose.RECALL, about=row.id)
        assert go(connection, recall, NOW + age) == 2
        assert {call[1] for call in calls_of(connection, recall)} == {method}
        kept = broadcasts.read(connection, row.id)
        assert kept and kept.state is BroadcastState.RECALLED

    await database.write(work)


async def test_a_newcomer_is_found_once_by_the_audience(database: Database) -> None:
    def work(connection: Connection) -> None:
        people(connection, 1)
        row = draft(connection)
        go(connection, row)
        deliver(connection, row, DeliveryState.SENT)
        people(connection, 2, now=NOW + timedelta(minutes=1))
        assert [person.chat_id for person in newcomers(connection, row, "en")] == [2]

    await database.write(work)


async def test_a_draft_that_changes_gets_another_nonce_and_old_ones_change_nothing(
    database: Database,
) -> None:
    def work(connection: Connection) -> None:
        row = draft(connection)
        changed = broadcasts.revise(connection, row.id, row.nonce, silent=True)
        assert changed and changed.silent and changed.nonce != row.nonce
        assert broadcasts.revise(connection, row.id, row.nonce, silent=False) is None
        assert not broadcasts.discard(connection, row.id, row.nonce)
        assert broadcasts.discard(connection, row.id, changed.nonce)
        assert broadcasts.read(connection, row.id) is None

    await database.write(work)


async def test_what_was_sent_is_no_draft_any_more(database: Database) -> None:
    def work(connection: Connection) -> None:
        row = draft(connection)
        go(connection, row)
        sent = broadcasts.read(connection, row.id)
        assert sent and broadcasts.revise(connection, row.id, sent.nonce, silent=True) is None

    await database.write(work)


def test_an_album_takes_as_long_as_its_pictures() -> None:
    album = Content("en", {"en": Text("x")}, (Media(MediaKind.PHOTO, "p"),) * 4)
    assert seconds_for(28, HELLO) == 1.0
    assert seconds_for(28, album) == 4.0


async def test_who_was_forgotten_keeps_no_recall_from_the_others(database: Database) -> None:
    def work(connection: Connection) -> None:
        people(connection, 100_001, 100_002)
        row = draft(connection)
        go(connection, row)
        deliver(connection, row, DeliveryState.SENT, DeliveryState.SENT)
        personal.erase(connection, 100_001)
        recall = draft(connection, purpose=Purpose.RECALL, about=row.id)
        assert go(connection, recall) == 1
        assert calls_of(connection, recall) == [(100_002, "deleteMessages", {"message_ids": [100_002]})]

    await database.write(work)


async def test_who_is_forgotten_while_it_is_paused_gets_nothing_when_it_goes_on(database: Database) -> None:
    def work(connection: Connection) -> None:
        people(connection, 100_001, 100_002)
        row = draft(connection)
        go(connection, row)
        sources.pause(connection, row.source)
        personal.erase(connection, 100_001)
        assert sources.resume(connection, row.source) == 1
        assert sources.tally(connection, row.source) == {
            DeliveryState.QUEUED: 1,
            DeliveryState.CANCELLED: 1,
        }

    await database.write(work)
