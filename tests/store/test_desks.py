"""The organizers' chat."""

from datetime import UTC, datetime

from bot.store import chats, desks, moving, topics
from bot.store.chats import Seen
from bot.store.database import Database

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)


async def settled(database: Database, setting: int | None) -> int | None:
    await database.write(lambda c: desks.settle(c, setting))
    return await database.read(desks.read)


async def test_there_is_none_at_first(database: Database) -> None:
    assert await settled(database, None) is None


async def test_the_settings_name_it(database: Database) -> None:
    assert await settled(database, -5) == -5


async def test_a_restart_does_not_undo_what_was_chosen_in_chat(database: Database) -> None:
    await settled(database, -5)
    await database.write(lambda c: desks.choose(c, -6))
    assert await settled(database, -5) == -6
    assert await settled(database, -7) == -7  # but another setting does


async def test_a_restart_does_not_bring_back_the_id_before_a_move(database: Database) -> None:
    await settled(database, -5)
    await database.write(lambda c: moving.move(c, -5, -1005))
    assert await settled(database, -5) == -1005


async def test_a_chat_that_put_the_bot_out_counts_no_more_until_it_is_back(database: Database) -> None:
    seen = Seen(-5, "supergroup", "Organizers")
    await settled(database, -5)
    await database.write(lambda c: chats.note_seen(c, seen, NOW))
    await database.write(lambda c: chats.note_gone(c, -5, "left or blocked", NOW))
    assert await database.read(desks.read) is None
    await database.write(lambda c: chats.note_back(c, seen, NOW))
    assert await database.read(desks.read) == -5


async def test_each_person_has_one_topic_in_a_chat(database: Database) -> None:
    await database.write(lambda c: topics.write(c, -5, 7, 11))
    await database.write(lambda c: topics.write(c, -5, 7, 12))
    assert await database.read(lambda c: topics.read(c, -5, 7)) == 12
    assert await database.read(lambda c: topics.read(c, -5, 8)) is None
    await database.write(lambda c: topics.forget(c, -5, 12))
    assert await database.read(lambda c: topics.read(c, -5, 7)) is None
