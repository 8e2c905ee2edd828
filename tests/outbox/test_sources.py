"""All deliveries of one source taken together."""

import pytest
from sqlalchemy import Connection, update

from bot.outbox import sources
from bot.outbox.call import Call
from bot.outbox.delivery import DeliveryState, Lane, enqueue
from bot.store.database import Database
from bot.store.tables import deliveries

NEWS, OTHER = "broadcast:1", "broadcast:2"


def queue(connection: Connection, source: str, *chats: int, parts: int = 1) -> None:
    calls = [Call(chat, "sendMessage", {"text": str(part)}) for chat in chats for part in range(parts)]
    enqueue(connection, source, calls, Lane.BROADCAST)


def put(connection: Connection, chat: int, state: DeliveryState, part: int = 0) -> None:
    row = deliveries.c
    connection.execute(
        update(deliveries)
        .where(row.source == NEWS, row.chat_id == chat, row.part == part)
        .values(state=state)
    )


async def test_a_pause_holds_one_source_and_resuming_lets_it_go(database: Database) -> None:
    def work(connection: Connection) -> None:
        queue(connection, NEWS, 1, 2)
        queue(connection, OTHER, 1)
        put(connection, 2, DeliveryState.SENT)
        assert sources.pause(connection, NEWS) == 1
        assert sources.tally(connection, OTHER) == {DeliveryState.QUEUED: 1}
        assert sources.tally(connection, NEWS) == {DeliveryState.PAUSED: 1, DeliveryState.SENT: 1}
        assert sources.resume(connection, NEWS) == 1
        assert sources.tally(connection, NEWS) == {DeliveryState.QUEUED: 1, DeliveryState.SENT: 1}

    await database.write(work)


async def test_calling_off_ends_what_is_queued_and_what_is_paused(database: Database) -> None:
    def work(connection: Connection) -> None:
        queue(connection, NEWS, 1, 2, 3)
        put(connection, 1, DeliveryState.PAUSED)
        put(connection, 2, DeliveryState.IN_DOUBT)
        assert sources.call_off(connection, NEWS) == 2
        assert sources.tally(connection, NEWS) == {DeliveryState.CANCELLED: 2, DeliveryState.IN_DOUBT: 1}

    await database.write(work)


async def test_only_what_is_in_doubt_is_sent_again_and_only_once(database: Database) -> None:
    def work(connection: Connection) -> None:
        queue(connection, NEWS, 1, 2)
        put(connection, 1, DeliveryState.IN_DOUBT)
        put(connection, 2, DeliveryState.UNREACHABLE)
        assert [sources.repeat_doubtful(connection, NEWS) for _ in range(2)] == [1, 0]
        assert sources.states(connection, NEWS) == {1: DeliveryState.QUEUED, 2: DeliveryState.UNREACHABLE}

    await database.write(work)


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (DeliveryState.SENT, DeliveryState.SENT, DeliveryState.SENT),
        (DeliveryState.SENT, DeliveryState.QUEUED, DeliveryState.QUEUED),
        (DeliveryState.SENT, DeliveryState.CANCELLED, DeliveryState.CANCELLED),
        (DeliveryState.IN_DOUBT, DeliveryState.SENT, DeliveryState.IN_DOUBT),
        (DeliveryState.UNREACHABLE, DeliveryState.IN_DOUBT, DeliveryState.IN_DOUBT),
    ],
)
async def test_a_recipient_of_two_messages_counts_once(
    database: Database, first: DeliveryState, second: DeliveryState, together: DeliveryState
) -> None:
    def work(connection: Connection) -> None:
        queue(connection, NEWS, 1, parts=2)
        put(connection, 1, first, 0)
        put(connection, 1, second, 1)
        assert sources.tally(connection, NEWS) == {together: 1}
        assert sources.states(connection, NEWS) == {1: together}

    await database.write(work)


async def test_copies_come_chat_by_chat_with_what_was_sent(database: Database) -> None:
    def work(connection: Connection) -> None:
        queue(connection, NEWS, 2, 1, parts=2)
        put(connection, 1, DeliveryState.SENT, 1)
        every = sources.copies(connection, NEWS)
        assert [(copy.chat_id, copy.part, copy.params["text"]) for copy in every] == [
            (1, 0, "0"),
            (1, 1, "1"),
            (2, 0, "0"),
            (2, 1, "1"),
        ]
        assert [copy.part for copy in sources.copies(connection, NEWS, (DeliveryState.SENT,))] == [1]

    await database.write(work)
