from datetime import UTC, datetime

from bot.preview.clock import SettableClock
from bot.store import conversations
from bot.store.conversations import ConversationRow
from bot.store.database import Database

SPANISH = ConversationRow(language="es", guessed_language="en", topics=("wifi", "hotel"), misses=0)
MISSED = ConversationRow(language="es", guessed_language=None, topics=(), misses=2)
REMINDED = ConversationRow(
    language=None,
    guessed_language=None,
    topics=(),
    misses=0,
    remind_before=15,
    remind_evening=True,
    remind_morning=True,
    quiet=False,
    reminders_since=datetime(2031, 5, 5, 8, tzinfo=UTC),
)
BIG = -(2**51)  # Telegram's ids have up to 52 bits


async def _read(database: Database, chat_id: int) -> ConversationRow | None:
    return await database.read(lambda connection: conversations.read(connection, chat_id))


async def _write(database: Database, clock: SettableClock, chat_id: int, row: ConversationRow) -> None:
    await database.write(lambda connection: conversations.write(connection, chat_id, row, clock()))


async def test_a_conversation_is_remembered_as_it_was_last(database: Database, clock: SettableClock) -> None:
    assert await _read(database, BIG) is None
    await _write(database, clock, BIG, SPANISH)
    assert await _read(database, BIG) == SPANISH
    await _write(database, clock, BIG, MISSED)
    assert await _read(database, BIG) == MISSED
    await _write(database, clock, BIG, REMINDED)
    assert await _read(database, BIG) == REMINDED
    assert await _read(database, 1) is None
