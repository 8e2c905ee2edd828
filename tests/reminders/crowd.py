"""Many people who want the same reminder, and the whole bot that sends it at Telegram's pace."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import Connection

from bot.app import run_bot
from bot.knowledge.loader import load
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.reminders.occasions import Occasion, occasions
from bot.settings import Settings
from bot.store import conversations
from bot.store.conversations import ConversationRow
from bot.store.database import open_database
from bot.store.migrations import migrate

MINUTES = 15


class Crowd:
    """`number` people of a local server, all of whom are to be reminded MINUTES before one session."""

    def __init__(self, server: PreviewServer, folder: Path, place: Path, number: int) -> None:
        self.clock = SettableClock()
        self.people: list[User] = [server.add_user(started=True) for _ in range(number)]
        self.settings = Settings(
            telegram_bot_token=SecretStr(server.token),
            telegram_api_url=server.url,
            database_url=SecretStr(f"sqlite:///{place / 'bot.db'}"),
            knowledge_dir=folder,
        )
        self.occasion = self._first(folder)

    def _first(self, folder: Path) -> Occasion:
        return next(one for one in occasions(load(folder)) if one.minutes == MINUTES)

    async def subscribe(self) -> None:
        """Writes down what all of them want."""
        since = self.occasion.due_at - timedelta(days=1)
        wish = ConversationRow(None, None, (), 0, remind_before=MINUTES, reminders_since=since)
        database = open_database(self.settings.database_url.get_secret_value())
        await migrate(database)

        def write(connection: Connection) -> None:
            for person in self.people:
                conversations.write(connection, person.id, wish, since)

        await database.write(write)
        await database.close()

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[None]:
        """The bot runs from the moment when the reminder is due."""
        self.clock.set(self.occasion.due_at)
        stop = asyncio.Event()
        running = asyncio.create_task(run_bot(self.settings, clock=self.clock, stop=stop))
        try:
            yield
        finally:
            stop.set()
            await running
