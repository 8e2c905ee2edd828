"""All that is kept about a person, and none of it any more."""

import json
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Connection, select

from bot.outbox.call import Call
from bot.outbox.delivery import Lane, enqueue
from bot.store import (
    answers,
    attachments,
    audit,
    chats,
    conversations,
    inquiries,
    personal,
    ratings,
    steps,
    updates,
)
from bot.store.chats import Seen
from bot.store.conversations import ConversationRow
from bot.store.database import Database
from bot.store.personal import PERSON_COLUMNS
from bot.store.steps import Step
from bot.store.tables import deliveries, metadata
from bot.store.updates import NewUpdate

NOW = datetime(2031, 5, 5, 8, tzinfo=UTC)
ANA, BO, GROUP = 7_000_123_456, 7_000_123_457, -1_000_000_042
NUMBERS = {
    "id",
    "position",
    "update_id",
    "question_message_id",
    "bot_id",
    "number",
    "about",
    "broadcast_id",
    "message_id",
    "thread_id",
}
"""Columns of big numbers that are not people."""


def fill(connection: Connection) -> None:
    for person in (ANA, BO):
        raw = {"update_id": person, "message": {"from": {"id": person, "first_name": "Ana"}, "text": "Hi"}}
        updates.add(connection, [NewUpdate(person % 1000, person, json.dumps(raw))], NOW)
        updates.add(connection, [NewUpdate(person % 1000 + 500, GROUP, json.dumps(raw))], NOW)
        chats.note_seen(connection, Seen(person, "private", "Ana"), NOW)
        chats.join(connection, person, "A", NOW)
        conversations.write(connection, person, ConversationRow("es", None, (), 0), NOW)
        steps.write(connection, person, person, Step("note", {"to": person}), NOW)
        ratings.rate(connection, "port-visit", person, 4, NOW)
        ratings.comment(connection, "port-visit", person, f"Call {person}")
        call = Call(person, "sendMessage", {"text": f"Hello {person}"})
        enqueue(connection, f"update:{person % 1000}", [call])
        enqueue(connection, "broadcast:1", [call], Lane.BROADCAST)
        audit.note(connection, 1, "group.add", f"{person} A", NOW)
        attachments.write(connection, str(person % 1000), f'{{"id": {person}}}'.encode(), NOW)
    answers.count(connection, NOW.date(), "es", "answer", "wifi")


def dump(connection: Connection) -> str:
    """Everything in the database, as text."""
    rows = (row for table in metadata.sorted_tables for row in connection.execute(select(table)))
    return "\n".join(str(tuple(row)) for row in rows)


async def test_not_a_byte_of_the_number_stays(database: Database) -> None:
    await database.write(fill)
    assert str(ANA) in await database.read(dump)
    await database.write(lambda connection: personal.erase(connection, ANA))
    after = await database.read(dump)
    assert str(ANA) not in after
    assert after.count(str(BO)) > 10


async def test_what_waits_is_called_off_and_counts_stay(database: Database) -> None:
    await database.write(fill)
    await database.write(lambda connection: personal.erase(connection, ANA))
    query = select(deliveries.c.chat_id, deliveries.c.state).where(deliveries.c.source == "broadcast:1")
    rows = await database.read(lambda connection: connection.execute(query).all())
    assert sorted(row.state for row in rows) == ["cancelled", "queued"]
    [result] = await database.read(ratings.results)
    assert (result.number, list(result.comments)) == (2, [f"Call {BO}"])
    [count] = await database.read(lambda connection: answers.read(connection, NOW.date(), NOW.date()))
    assert count.number == 1


async def test_a_person_sees_all_of_their_own_and_nothing_else(database: Database) -> None:
    await database.write(fill)
    found = await database.read(lambda connection: personal.collect(connection, ANA))
    assert {"chats", "conversations", "deliveries", "memberships", "ratings", "steps", "updates"} <= set(
        found
    )
    assert str(BO) not in json.dumps(found, default=str)


async def test_who_was_seen_lately_is_not_inactive(database: Database) -> None:
    await database.write(fill)
    await database.write(lambda c: chats.note_seen(c, Seen(BO, "private", "Bo"), NOW + timedelta(days=5)))
    inactive = await database.read(lambda c: personal.inactive(c, NOW + timedelta(days=1)))
    assert inactive == [ANA]


def test_every_column_of_big_numbers_is_known() -> None:
    """A new table must say whether its numbers are people: else nobody could be forgotten in it."""
    columns = {
        column.name
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, BigInteger)
    }
    assert columns <= PERSON_COLUMNS | NUMBERS


async def test_what_organizers_were_shown_of_a_question_goes_too(database: Database) -> None:
    def ask(connection: Connection) -> None:
        for person in (ANA, BO):
            number = inquiries.make(connection, person, "My bag is lost", NOW)
            card = Call(GROUP, "sendMessage", {"text": f"Bag of {person}"})
            enqueue(connection, f"inquiry:{number}:1", [card])

    await database.write(ask)
    await database.write(lambda c: personal.erase(c, ANA))
    rows = await database.read(lambda c: c.execute(select(deliveries).order_by(deliveries.c.id)).all())
    assert [(row.params, row.state) for row in rows] == [
        ({}, "cancelled"),
        ({"text": f"Bag of {BO}"}, "queued"),
    ]
    assert await database.read(lambda c: inquiries.waiting_of(c, ANA)) is None
