from datetime import UTC, datetime, timedelta

from bot.store import conversations, reminders
from bot.store.conversations import ConversationRow
from bot.store.database import Database
from bot.store.reminders import ReminderKey, ReminderKind, Waiting

START = datetime(2031, 5, 5, 9, tzinfo=UTC)
DUE = START - timedelta(minutes=30)
BEFORE = ReminderKey(ReminderKind.BEFORE, "opening", START)
MORNING = ReminderKey(ReminderKind.MORNING, "2031-05-05", START)


async def _want(database: Database, chat_id: int, since: datetime = DUE - timedelta(1)) -> None:
    row = ConversationRow("es", None, (), 0, remind_before=30, remind_morning=True, reminders_since=since)
    await database.write(lambda connection: conversations.write(connection, chat_id, row, START))


async def _waiting(
    database: Database, key: ReminderKey, minutes: int | None, limit: int = 9
) -> list[Waiting]:
    return await database.read(lambda connection: reminders.waiting(connection, key, minutes, limit))


async def _note_queued(database: Database, key: ReminderKey, *chat_ids: int) -> set[int]:
    return await database.write(lambda connection: reminders.note_queued(connection, key, chat_ids))


async def test_who_wants_a_reminder_waits_until_it_is_queued(database: Database) -> None:
    for chat_id in (1, 2, 3):
        await _want(database, chat_id)
    assert await _waiting(database, BEFORE, 30, limit=1) == [Waiting(1, "es", True)]
    assert await _note_queued(database, BEFORE, 1, 2) == {1, 2}
    assert await _note_queued(database, BEFORE, 2, 3) == {3}
    assert await _waiting(database, BEFORE, 30) == []
    assert len(await _waiting(database, MORNING, None)) == 3


async def test_another_number_of_minutes_is_for_others(database: Database) -> None:
    await _want(database, 1)
    assert await _waiting(database, BEFORE, 15) == []


async def test_a_session_that_starts_at_another_time_is_another_reminder(database: Database) -> None:
    await _want(database, 1)
    await _note_queued(database, BEFORE, 1)
    assert len(await _waiting(database, BEFORE._replace(starts_at=START + timedelta(hours=1)), 30)) == 1


async def test_only_who_wanted_it_in_time_has_missed_it(database: Database) -> None:
    await _want(database, 1)
    await _want(database, 2, since=DUE + timedelta(minutes=1))
    await _want(database, 3)
    await _note_queued(database, BEFORE, 3)
    for new in (1, 0):
        assert await database.write(lambda c: reminders.note_late(c, BEFORE, 30, DUE)) == new


async def test_what_was_called_off_may_be_queued_again(database: Database) -> None:
    await _want(database, 1)
    await _note_queued(database, BEFORE, 1)
    yesterday = START - timedelta(1)
    assert await database.read(lambda c: reminders.queued(c, yesterday)) == [BEFORE]
    await database.write(lambda c: reminders.forget(c, BEFORE, {1}))
    assert await database.read(lambda c: reminders.queued(c, yesterday)) == []
    assert len(await _waiting(database, BEFORE, 30)) == 1
