"""Tells the admins when Telegram asks the bot to send nothing for long."""

import asyncio
from datetime import timedelta

from bot.clock import Clock
from bot.locales import Words
from bot.outbox.budgets import waiting_until
from bot.outbox.delivery import Lane
from bot.revisions.admins import Admins
from bot.store.database import Database
from bot.supervision import pause

LOOK = 5.0  # seconds between two looks
LONG = timedelta(minutes=1)


class LongWaits:
    """Any number of processes may run it: the admins hear of one wait once."""

    def __init__(self, database: Database, clock: Clock, admins: Admins) -> None:
        """`clock` is the outbox's."""
        self._database = database
        self._clock = clock
        self._admins = admins

    async def run(self, stop: asyncio.Event) -> None:
        """Looks again and again until `stop`. Raises what the database raises."""
        while not stop.is_set():
            await self.look()
            await pause(stop, LOOK)

    async def look(self) -> None:
        """Tells of the wait that Telegram asks for now, if it is long."""
        now = self._clock()
        until = await self._database.read(lambda connection: waiting_until(connection, now))
        if until is None or until - now < LONG:
            return
        minutes = round((until - now).total_seconds() / 60)

        def message(words: Words) -> str:
            return words.plural(
                "Telegram asks me to wait {number} minute before I send more. The rest goes out then.",
                "Telegram asks me to wait {number} minutes before I send more. The rest goes out then.",
                minutes,
            )

        # As a reply, because of these one is tried now and then. The end moves a little with each try.
        await self._admins.tell(f"wait:{until:%Y-%m-%dT%H}", message, lane=Lane.REPLY)
