"""A group that has become a supergroup has another id."""

from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.store import broadcasts, chats, conversations, moving, receipts
from bot.store.broadcasts import NewBroadcast, Purpose
from bot.store.chats import Seen
from bot.store.conversations import ConversationRow
from bot.store.database import Database

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)
OLD, NEW = -5, -1005
SPANISH = ConversationRow(language="es", guessed_language=None, topics=(), misses=0)
KOREAN = ConversationRow(language="ko", guessed_language=None, topics=(), misses=0)


async def test_what_is_known_of_a_group_goes_to_its_new_id(database: Database) -> None:
    def work(connection: Connection) -> None:
        chats.note_seen(connection, Seen(OLD, "group", "Bus 2"), NOW)
        chats.join(connection, OLD, "A", NOW)
        conversations.write(connection, OLD, SPANISH, NOW)
        receipts.give(connection, 1, OLD, NOW)
        moving.move(connection, OLD, NEW)
        row = chats.read(connection, NEW)
        assert row and (row.name, row.kind) == ("Bus 2", "supergroup")
        assert conversations.read(connection, NEW) == SPANISH
        assert chats.groups_of(connection, NEW) == {"A"}
        assert receipts.given(connection, 1) == {NEW}
        assert chats.read(connection, OLD) is None
        assert conversations.read(connection, OLD) is None

    await database.write(work)


async def test_what_is_known_under_the_new_id_already_wins(database: Database) -> None:
    def work(connection: Connection) -> None:
        for chat_id, name, row in ((OLD, "old", SPANISH), (NEW, "new", KOREAN)):
            chats.note_seen(connection, Seen(chat_id, "group", name), NOW)
            chats.join(connection, chat_id, "A", NOW)
            conversations.write(connection, chat_id, row, NOW)
        moving.move(connection, OLD, NEW)
        assert [(row.chat_id, row.name) for row in chats.everybody(connection)] == [(NEW, "new")]
        assert conversations.read(connection, NEW) == KOREAN
        assert list(chats.members(connection, "A")) == [NEW]

    await database.write(work)


async def test_an_announcement_to_named_chats_follows_them(database: Database) -> None:
    def work(connection: Connection) -> None:
        draft = broadcasts.add(
            connection, NewBroadcast(Purpose.ANNOUNCE, 7, audience={"chats": [3, OLD]}), NOW
        )
        other = broadcasts.add(connection, NewBroadcast(Purpose.ANNOUNCE, 7, audience={"chats": [3]}), NOW)
        moving.move(connection, OLD, NEW)
        moved, same = (broadcasts.read(connection, one.id) for one in (draft, other))
        assert moved and moved.audience == {"chats": [3, NEW]}
        assert same and same.audience == {"chats": [3]}

    await database.write(work)
