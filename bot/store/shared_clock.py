"""The clock that all processes of one database agree on, wherever they run: the database's own.

Who owes what until when, and whose lease has ended, is compared across hosts whose clocks may differ.
"""

import asyncio
import logging
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock, system_clock
from bot.store.database import Database

logger = logging.getLogger(__name__)

LOOKS = 3  # of which the one with the shortest way to the database counts
EVERY = 60.0  # seconds between two comparisons
WORTH_TELLING = timedelta(seconds=2)


class SharedClock:
    """Call it for the present moment. Without `sync`, and on SQLite, it is the host's clock."""

    def __init__(self, database: Database, host: Clock = system_clock) -> None:
        self._database = database
        self._host = host
        self._ahead = timedelta()  # of the database's clock before the host's

    def __call__(self) -> datetime:
        return self._host() + self._ahead

    async def sync(self) -> None:
        """Compares the clocks. Raises what the database raises."""
        looks = [await self._database.read(self._compare) for _ in range(LOOKS)]
        _, self._ahead = min(looks)
        if abs(self._ahead) > WORTH_TELLING:
            logger.warning("This host's clock differs from the database's by %s", self._ahead)

    async def run(self, stop: asyncio.Event) -> None:
        """Goes on comparing until `stop`."""
        while not stop.is_set():
            try:
                await self.sync()
            except DBAPIError as error:
                logger.warning("The clocks could not be compared: %s", error.orig)
            try:
                await asyncio.wait_for(stop.wait(), EVERY)
            except TimeoutError:
                continue

    def _compare(self, connection: Connection) -> tuple[timedelta, timedelta]:
        """How long asking took, and how far the database's clock is ahead."""
        if connection.dialect.name != "postgresql":
            return timedelta(), timedelta()
        before = self._host()
        there: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
        took = self._host() - before
        return took, there - before - took / 2
