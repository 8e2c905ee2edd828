from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.store import known_schedules
from bot.store.database import Database
from bot.store.known_schedules import KnownSchedule

NOW = datetime(2031, 5, 5, 8, tzinfo=UTC)


async def test_one_schedule_is_known_at_a_time(database: Database) -> None:
    def work(connection: Connection) -> None:
        assert known_schedules.read(connection) is None
        for number in (1, 2):
            known = KnownSchedule({"sessions": number}, f"revision {number}", NOW)
            known_schedules.write(connection, known)
            assert known_schedules.read(connection) == known

    await database.write(work)
