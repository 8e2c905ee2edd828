from datetime import timedelta

from bot.preview.clock import SettableClock
from bot.store import updates
from bot.store.database import Database
from bot.store.updates import NewUpdate, UpdateState


async def _add(database: Database, clock: SettableClock, *pairs: tuple[int, int]) -> int:
    new = [NewUpdate(update_id, chat_id, f'{{"update_id": {update_id}}}') for update_id, chat_id in pairs]
    return await database.write(lambda connection: updates.add(connection, new, clock()))


async def _heads(database: Database, *busy: int, limit: int = 10) -> list[int]:
    heads = await database.read(lambda connection: updates.heads(connection, busy, limit))
    return sorted(head.position for head in heads)


async def _finish(database: Database, position: int) -> bool:
    return await database.write(lambda connection: updates.finish(connection, position, UpdateState.DONE))


async def test_an_update_is_stored_once_however_often_it_comes(
    database: Database, clock: SettableClock
) -> None:
    assert await _add(database, clock, (5, 1), (6, 1), (5, 1)) == 2
    assert await _add(database, clock, (6, 1), (7, 1)) == 1
    await _finish(database, 1)
    assert await _add(database, clock, (5, 1)) == 0


async def test_the_first_of_each_chat_is_a_head(database: Database, clock: SettableClock) -> None:
    await _add(database, clock, (1, 10), (2, 10), (3, 20), (4, 20), (5, 30))
    assert await _heads(database) == [1, 3, 5]
    assert await _heads(database, 20) == [1, 5]
    await _finish(database, 1)
    assert await _heads(database, 20) == [2, 5]


async def test_heads_are_half_the_oldest_and_half_the_newest(
    database: Database, clock: SettableClock
) -> None:
    await _add(database, clock, *((n, n) for n in range(1, 101)))
    assert await _heads(database, limit=6) == [1, 2, 3, 98, 99, 100]


async def test_an_update_is_finished_once(database: Database, clock: SettableClock) -> None:
    await _add(database, clock, (1, 1))
    assert await _finish(database, 1) is True
    assert await _finish(database, 1) is False


async def test_what_people_wrote_is_forgotten_after_two_days_and_its_id_after_eight(
    database: Database, clock: SettableClock
) -> None:
    async def content(update_id: int) -> object:
        return await database.read(lambda connection: updates.read(connection, update_id))

    await _add(database, clock, (1, 1), (2, 2))
    await _finish(database, 1)
    clock.advance(timedelta(hours=49))
    await database.write(lambda connection: updates.forget_old(connection, clock()))
    assert await content(1) is None
    assert await content(2) == {"update_id": 2}  # not handled yet, so it stays
    assert await _add(database, clock, (1, 1)) == 0
    clock.advance(timedelta(days=7))
    await database.write(lambda connection: updates.forget_old(connection, clock()))
    assert await _add(database, clock, (1, 1)) == 1
    assert 2 in await _heads(database)
