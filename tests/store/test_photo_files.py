from bot.store import photo_files
from bot.store.database import Database

MAP, CARD = "a" * 64, "b" * 64


async def _write(database: Database, bot_id: int, sha256: str, file_id: str) -> None:
    await database.write(lambda connection: photo_files.write(connection, bot_id, sha256, file_id))


async def _read(database: Database, bot_id: int) -> dict[str, str]:
    return await database.read(lambda connection: photo_files.read(connection, bot_id, [MAP, CARD]))


async def test_file_ids_are_kept_for_each_bot_apart(database: Database) -> None:
    await _write(database, 1, MAP, "AgAC1")
    await _write(database, 2**40, MAP, "AgAC2")
    assert await _read(database, 1) == {MAP: "AgAC1"}
    assert await _read(database, 2**40) == {MAP: "AgAC2"}
    assert await _read(database, 3) == {}


async def test_a_newer_file_id_takes_the_place_of_the_old(database: Database) -> None:
    for file_id in ("old", "new"):
        await _write(database, 1, CARD, file_id)
    assert await _read(database, 1) == {CARD: "new"}


async def test_a_refused_file_id_is_forgotten_and_the_others_stay(database: Database) -> None:
    for sha256 in (MAP, CARD):
        await _write(database, 1, sha256, "id")
    await database.write(lambda connection: photo_files.forget(connection, 1, [MAP]))
    assert await _read(database, 1) == {CARD: "id"}
