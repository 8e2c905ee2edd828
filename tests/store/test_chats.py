"""Whom the bot may write to."""

from datetime import UTC, datetime, timedelta

from bot.store import chats
from bot.store.chats import Seen, shown_name
from bot.store.database import Database

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)
ANA = Seen(7, "private", "Ana", "ana", "es")


async def test_a_chat_is_new_once(database: Database) -> None:
    assert await database.write(lambda c: chats.note_seen(c, ANA, NOW))
    assert not await database.write(lambda c: chats.note_seen(c, ANA, NOW + timedelta(days=1)))
    row = await database.read(lambda c: chats.read(c, 7))
    assert row and (row.joined_at, row.seen_at) == (NOW, NOW + timedelta(days=1))


async def test_who_blocked_the_bot_is_back_with_the_next_message(database: Database) -> None:
    await database.write(lambda c: chats.note_seen(c, ANA, NOW))
    await database.write(lambda c: chats.note_gone(c, 7, "blocked", NOW))
    gone = await database.read(lambda c: chats.read(c, 7))
    assert gone and gone.gone_at == NOW and gone.gone_why == "blocked"
    await database.write(lambda c: chats.note_seen(c, ANA, NOW))
    back = await database.read(lambda c: chats.read(c, 7))
    assert back and back.gone_at is None and back.gone_why is None


async def test_a_new_name_is_taken_over(database: Database) -> None:
    await database.write(lambda c: chats.note_seen(c, ANA, NOW))
    await database.write(lambda c: chats.note_seen(c, Seen(7, "private", "Ana María"), NOW))
    row = await database.read(lambda c: chats.read(c, 7))
    assert row and (row.name, row.username) == ("Ana María", None)


async def test_groups_are_joined_and_left_once(database: Database) -> None:
    assert await database.write(lambda c: chats.join(c, 7, "A", NOW))
    assert not await database.write(lambda c: chats.join(c, 7, "A", NOW))
    assert await database.read(lambda c: chats.groups_of(c, 7)) == {"A"}
    assert await database.read(lambda c: chats.members(c, "A")) == [7]
    assert await database.write(lambda c: chats.leave(c, 7, "A"))
    assert not await database.write(lambda c: chats.leave(c, 7, "A"))


def test_a_name_is_one_short_line_that_does_not_turn_the_text() -> None:
    assert shown_name("A\u202ena\nB") == "Ana B"
    assert len(shown_name("x" * 4000)) == 64
    assert shown_name("Z" + "\u0335" * 4000 + "o") == "Z" + "\u0335" * 3 + "o"
    assert shown_name("សុខា") == "សុខា"
    assert shown_name("") == ""
