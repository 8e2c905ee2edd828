from bot.preview.clock import SettableClock
from bot.store import knowledge_copies
from bot.store.database import Database


async def _write(database: Database, clock: SettableClock, sha256: str, archive: bytes) -> None:
    await database.write(lambda connection: knowledge_copies.write(connection, sha256, archive, clock()))


async def test_only_the_newest_copy_is_kept(database: Database, clock: SettableClock) -> None:
    assert await database.read(knowledge_copies.read) is None
    await _write(database, clock, "1", b"old")
    await _write(database, clock, "2", b"\0new")
    await _write(database, clock, "2", b"\0new")
    assert await database.read(knowledge_copies.read) == b"\0new"
