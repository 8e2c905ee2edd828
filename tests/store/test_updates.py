import asyncio
import functools
import itertools
from datetime import timedelta

from bot.preview.clock import SettableClock
from bot.store import updates
from bot.store.database import Database, open_database
from bot.store.updates import LEASE, NewUpdate, UpdateState


async def _add(database: Database, clock: SettableClock, *pairs: tuple[int, int]) -> int:
    new = [NewUpdate(update_id, chat_id, f'{{"update_id": {update_id}}}') for update_id, chat_id in pairs]
    return await database.write(lambda connection: updates.add(connection, new, clock()))


async def _take(
    database: Database, clock: SettableClock, *busy: int, limit: int = 10, by: str = "me"
) -> list[int]:
    taken = await database.write(lambda connection: updates.claim(connection, by, clock(), busy, limit))
    return sorted(one.position for one in taken)


async def _finish(database: Database, position: int, by: str = "me") -> bool:
    return await database.write(lambda connection: updates.finish(connection, position, by, UpdateState.DONE))


async def test_an_update_is_stored_once_however_often_it_comes(
    database: Database, clock: SettableClock
) -> None:
    assert await _add(database, clock, (5, 1), (6, 1), (5, 1)) == 2
    assert await _add(database, clock, (6, 1), (7, 1)) == 1
    await _take(database, clock)
    await _finish(database, 1)
    assert await _add(database, clock, (5, 1)) == 0


async def test_the_first_of_each_chat_is_taken(database: Database, clock: SettableClock) -> None:
    await _add(database, clock, (1, 10), (2, 10), (3, 20), (4, 20), (5, 30))
    assert await _take(database, clock, 20) == [1, 5]
    assert await _take(database, clock, 10, 30) == [3]
    await _finish(database, 1)
    assert await _take(database, clock, 20, 30) == [2]


async def test_half_the_oldest_and_half_the_newest_are_taken(
    database: Database, clock: SettableClock
) -> None:
    await _add(database, clock, *((n, n) for n in range(1, 101)))
    assert await _take(database, clock, limit=6) == [1, 2, 3, 98, 99, 100]


async def test_an_update_is_finished_once_and_by_who_took_it(
    database: Database, clock: SettableClock
) -> None:
    await _add(database, clock, (1, 1))
    await _take(database, clock)
    assert await _finish(database, 1, "other") is False
    assert await _finish(database, 1) is True
    assert await _finish(database, 1) is False


async def test_nobody_else_takes_what_comes_after_an_update_in_hand(
    database: Database, clock: SettableClock
) -> None:
    await _add(database, clock, (1, 10), (2, 10), (3, 20))
    assert await _take(database, clock) == [1, 3]
    assert await _take(database, clock, by="other") == []
    await _finish(database, 1)
    assert await _take(database, clock, by="other") == [2]


async def test_what_a_dead_process_took_is_taken_over_and_it_cannot_finish_it(
    database: Database, clock: SettableClock
) -> None:
    await _add(database, clock, (1, 10))
    await _take(database, clock, by="dead")
    clock.advance(LEASE)
    await database.write(lambda connection: updates.renew(connection, "dead", clock()))
    clock.advance(LEASE)
    assert await _take(database, clock) == []
    clock.advance(timedelta(seconds=1))
    assert await _take(database, clock) == [1]
    assert await _finish(database, 1, "dead") is False


async def test_what_is_given_back_need_not_wait(database: Database, clock: SettableClock) -> None:
    await _add(database, clock, (1, 10))
    await _take(database, clock, by="stopped")
    await database.write(lambda connection: updates.release(connection, "stopped"))
    assert await _take(database, clock) == [1]


async def test_what_one_took_without_hearing_of_it_is_taken_again(
    database: Database, clock: SettableClock
) -> None:
    await _add(database, clock, (1, 10))
    await _take(database, clock)
    assert await _take(database, clock, 10) == []
    assert await _take(database, clock) == [1]


async def test_four_processes_take_each_update_once_and_in_order(
    database: Database, database_url: str, clock: SettableClock
) -> None:
    await _add(database, clock, *((n, n % 7) for n in range(200)))
    order: dict[int, list[int]] = {chat: [] for chat in range(7)}
    opened = [open_database(database_url) for _ in range(4)]

    async def work(one: Database, name: str) -> None:
        while sum(map(len, order.values())) < 200:
            taken = await one.write(lambda connection: updates.claim(connection, name, clock(), (), 3))
            for update in taken:
                finish = functools.partial(
                    updates.finish, position=update.position, handler=name, state=UpdateState.DONE
                )
                if await one.write(finish):
                    order[update.chat_id].append(update.position)

    async with asyncio.timeout(30):
        await asyncio.gather(*(work(one, f"p{number}") for number, one in enumerate(opened)))
    assert all(positions == sorted(positions) for positions in order.values())
    assert sorted(itertools.chain(*order.values())) == list(range(1, 201))
    for one in opened:
        await one.close()


async def test_what_people_wrote_is_forgotten_after_two_days_and_its_id_after_eight(
    database: Database, clock: SettableClock
) -> None:
    async def content(update_id: int) -> object:
        return await database.read(lambda connection: updates.read(connection, update_id))

    await _add(database, clock, (1, 1), (2, 2))
    await _take(database, clock, 2)
    await _finish(database, 1)
    clock.advance(timedelta(hours=49))
    await database.write(lambda connection: updates.forget_old(connection, clock()))
    assert await content(1) is None
    assert await content(2) == {"update_id": 2}  # not handled yet, so it stays
    assert await _add(database, clock, (1, 1)) == 0
    clock.advance(timedelta(days=7))
    await database.write(lambda connection: updates.forget_old(connection, clock()))
    assert await _add(database, clock, (1, 1)) == 1
    assert 2 in await _take(database, clock)
