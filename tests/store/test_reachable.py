from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from bot.outbox.call import Call
from bot.outbox.delivery import enqueue
from bot.store import chats, conversations
from bot.store.chats import Seen
from bot.store.conversations import ConversationRow
from bot.store.database import Database
from bot.store.reachable import names, reachable, without

NOW = datetime(2031, 5, 5, 8, tzinfo=UTC)


def prepare(connection: Connection) -> None:
    for number, kind in enumerate(("private", "private", "supergroup"), 1):
        chats.note_seen(connection, Seen(number, kind, f"P{number}"), NOW + timedelta(minutes=number))
    chats.join(connection, 1, "A", NOW)
    chats.set_country(connection, 2, "NG")
    conversations.write(connection, 1, ConversationRow(None, "es", (), 0), NOW)


async def test_everybody_comes_with_language_country_and_groups(database: Database) -> None:
    def work(connection: Connection) -> None:
        prepare(connection)
        found = reachable(connection)
        assert [(one.chat_id, one.private, one.language, one.country, set(one.groups)) for one in found] == [
            (1, True, "es", None, {"A"}),
            (2, True, None, "NG", set()),
            (3, False, None, None, set()),
        ]
        assert [one.chat_id for one in reachable(connection, [2, 9])] == [2]

    await database.write(work)


async def test_who_is_gone_is_left_out_but_has_a_name(database: Database) -> None:
    def work(connection: Connection) -> None:
        prepare(connection)
        chats.note_gone(connection, 1, "blocked", NOW)
        assert [one.chat_id for one in reachable(connection)] == [2, 3]
        assert names(connection, [1, 3]) == {1: "P1", 3: "P3"}

    await database.write(work)


async def test_newcomers_are_participants_who_joined_later_and_have_nothing_of_it(database: Database) -> None:
    def work(connection: Connection) -> None:
        prepare(connection)
        assert [one.chat_id for one in without(connection, "broadcast:1", NOW)] == [1, 2]
        assert [one.chat_id for one in without(connection, "broadcast:1", NOW + timedelta(minutes=1))] == [2]
        enqueue(connection, "broadcast:1", [Call(1, "sendMessage", {"text": "Hello"})])
        assert [one.chat_id for one in without(connection, "broadcast:1", NOW)] == [2]

    await database.write(work)
