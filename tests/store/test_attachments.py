"""Files on their way to somebody."""

from datetime import UTC, datetime, timedelta

from bot.store import attachments
from bot.store.database import Database

NOW = datetime(2031, 5, 5, 8, tzinfo=UTC)


async def test_a_file_is_kept_once_and_forgotten_when_it_is_old(database: Database) -> None:
    await database.write(lambda c: attachments.write(c, "ab", b"file", NOW))
    await database.write(lambda c: attachments.write(c, "ab", b"file", NOW + timedelta(hours=3)))
    await database.write(lambda c: attachments.forget_old(c, NOW + timedelta(hours=1)))
    assert await database.read(lambda c: attachments.read(c, "ab")) == b"file"
    await database.write(lambda c: attachments.forget_old(c, NOW + timedelta(hours=4)))
    assert await database.read(lambda c: attachments.read(c, "ab")) is None
