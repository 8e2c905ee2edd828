"""People who want reminders, a schedule that may change, and the loop that looks when it is told to."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, select, update

from bot.chat.render import render
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.outbox.delivery import DeliveryState
from bot.outbox.pacing import Limit, Pace
from bot.preview.clock import SettableClock
from bot.reminders.loop import Reminding
from bot.store import chats, conversations
from bot.store.chats import Seen
from bot.store.conversations import ConversationRow
from bot.store.database import Database
from bot.store.tables import deliveries, reminders
from tests.conftest import NOON
from tests.knowledge_folder import SCHEDULE, write_folder

YESTERDAY = datetime(2031, 5, 4, 9, tzinfo=UTC)  # before the programme


class Office:
    """What a test of reminders sees and sets."""

    def __init__(self, database: Database, clock: SettableClock, place: Path) -> None:
        self.database = database
        self.clock = clock
        self._place = place
        self.pace = Pace()
        self.knowledge: Knowledge
        self.reschedule(SCHEDULE)

    def reschedule(self, schedule: str) -> None:
        """Goes live with another schedule."""
        self.knowledge = load(write_folder(self._place, schedule=schedule))

    def process(self) -> Reminding:
        """A process of the bot that has just started."""
        return Reminding(
            self.database,
            lambda: self.knowledge,
            self.clock,
            render=render,
            after_commit=lambda: None,
            host_clock=lambda: NOON,
            pace=self.pace,
        )

    async def at(self, hour: int, minute: int = 0, *, day: int = 5, process: Reminding | None = None) -> None:
        """A look at this time in Lisbon, where summer time is an hour ahead of UTC."""
        self.clock.set(datetime(2031, 5, day, hour - 1, minute, tzinfo=UTC))
        await (process or self.process()).look()

    async def want(
        self,
        chat_id: int,
        *,
        before: int | None = None,
        evening: bool = False,
        morning: bool = False,
        quiet: bool = True,
        language: str | None = None,
        since: datetime = YESTERDAY,
    ) -> None:
        """Somebody chooses reminders."""
        row = ConversationRow(language, None, (), 0, before, evening, morning, quiet, since)
        await self.database.write(lambda connection: conversations.write(connection, chat_id, row, NOON))

    def slow_down(self, seconds: float) -> None:
        """From now on each message takes so long."""
        self.pace = Pace(overall=Limit(seconds))

    async def join(self, chat_id: int, group: str) -> None:
        """Puts somebody into a group."""
        await self.database.write(lambda connection: chats.join(connection, chat_id, group, NOON))

    async def block(self, chat_id: int) -> None:
        """Somebody who was there blocks the bot."""
        seen = Seen(chat_id, chats.PRIVATE, "Ana")
        await self.database.write(lambda connection: chats.note_back(connection, seen, NOON))
        await self.database.write(lambda connection: chats.note_gone(connection, chat_id, "blocked", NOON))

    async def unblock(self, chat_id: int) -> None:
        """And takes that back."""
        seen = Seen(chat_id, chats.PRIVATE, "Ana")
        await self.database.write(lambda connection: chats.note_back(connection, seen, NOON))

    async def texts(self, chat_id: int) -> list[str]:
        """What is queued or was sent for somebody, the oldest first."""
        statement = (
            select(deliveries.c.params).where(deliveries.c.chat_id == chat_id).order_by(deliveries.c.id)
        )
        return [params["text"] for params in await self._column(statement)]

    async def silent(self, chat_id: int) -> list[bool]:
        """Whether each of them comes without a sound."""
        statement = (
            select(deliveries.c.params).where(deliveries.c.chat_id == chat_id).order_by(deliveries.c.id)
        )
        return [bool(params.get("disable_notification")) for params in await self._column(statement)]

    async def expiries(self, chat_id: int) -> list[datetime]:
        """Until when each of them is of use, by the host's clock."""
        return list(
            await self._column(select(deliveries.c.expires_at).where(deliveries.c.chat_id == chat_id))
        )

    async def late(self) -> int:
        """How many reminders were dropped."""
        return len(await self._column(select(reminders.c.chat_id).where(reminders.c.state == "late")))

    async def sent(self) -> None:
        """The outbox sends what is queued."""
        statement = update(deliveries).values(state=DeliveryState.SENT)
        await self.database.write(lambda connection: connection.execute(statement))

    async def _column(self, statement: Select[tuple[Any]]) -> Sequence[Any]:
        return await self.database.read(lambda connection: connection.scalars(statement).all())


@pytest.fixture
def office(database: Database, clock: SettableClock, tmp_path: Path) -> Office:
    return Office(database, clock, tmp_path)
