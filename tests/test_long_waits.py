"""Admins hear of it when Telegram asks the bot to send nothing for long."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.long_waits import LongWaits
from bot.outbox.delivery import Lane
from bot.outbox.pacing import WHOLE_BOT
from bot.preview.clock import SettableClock
from bot.revisions.admins import Admins
from bot.store.database import Database
from bot.store.tables import deliveries, paces

ADMINS = (7, 8)


async def _look(database: Database, clock: SettableClock, seconds: float) -> list[tuple[int, int, str]]:
    """Messages to admins once Telegram has asked to wait `seconds`."""
    until = clock().timestamp() + seconds
    statement = update(paces).where(paces.c.chat_id == WHOLE_BOT).values(paused_until=until)
    await database.write(lambda connection: connection.execute(statement))
    await LongWaits(database, clock, Admins(database, ADMINS, lambda: "en")).look()
    query = select(deliveries.c.chat_id, deliveries.c.lane, deliveries.c.params)
    rows = await database.read(lambda connection: connection.execute(query).all())
    return sorted((row.chat_id, row.lane, row.params["text"]) for row in rows)


@pytest.mark.parametrize("seconds", [-5, 40])
async def test_a_short_wait_is_nobodys_business(
    database: Database, clock: SettableClock, seconds: float
) -> None:
    assert await _look(database, clock, seconds) == []


async def test_every_admin_hears_of_a_long_wait_once(database: Database, clock: SettableClock) -> None:
    told = await _look(database, clock, 2282)
    assert [(chat_id, lane) for chat_id, lane, _ in told] == [(7, Lane.REPLY), (8, Lane.REPLY)]
    assert "38 minutes" in told[0][2]
    clock.advance(timedelta(seconds=5))
    assert await _look(database, clock, 2282) == told
