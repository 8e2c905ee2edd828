"""The clock that all processes of one database agree on."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import system_clock
from bot.store.database import Database, open_database
from bot.store.shared_clock import SharedClock


async def test_hosts_whose_clocks_differ_agree_on_the_databases(postgres_url: str) -> None:
    database = open_database(postgres_url)
    fast = SharedClock(database, lambda: system_clock() + timedelta(hours=1))
    slow = SharedClock(database, lambda: system_clock() - timedelta(minutes=7))
    for clock in (fast, slow):
        await clock.sync()
    assert abs(fast() - slow()) < timedelta(seconds=1)
    await database.close()


async def test_a_clock_that_differs_is_told(postgres_url: str, caplog: pytest.LogCaptureFixture) -> None:
    database = open_database(postgres_url)
    stop = asyncio.Event()
    clock = SharedClock(database, lambda: system_clock() - timedelta(minutes=7))
    running = asyncio.create_task(clock.run(stop))
    async with asyncio.timeout(30):
        while not caplog.text:  # noqa: ASYNC110 - a log has no event
            await asyncio.sleep(0.01)
    stop.set()
    await running
    assert "differs from the database's by 0:0" in caplog.text
    await database.close()


async def test_on_sqlite_it_is_the_hosts(database: Database) -> None:
    clock = SharedClock(database)
    await clock.sync()
    assert abs(clock() - system_clock()) < timedelta(seconds=1)
