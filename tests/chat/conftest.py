"""A bot with a small knowledge folder, and the local Bot API server that people write to."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.raw_bot import RawBot, make_bot
from bot.chat.updates import ASKED_FOR
from bot.clock import system_clock
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.outbox.delivery import DeliveryState
from bot.outbox.pacing import UNPACED
from bot.outbox.sender import Sender
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.settings import Settings
from bot.store import updates
from bot.store.database import Database
from bot.store.tables import deliveries
from bot.store.updates import NewUpdate
from tests.knowledge_folder import HELP, picture, write_folder

MORNING = datetime(2031, 5, 5, 8, tzinfo=UTC)  # of the programme's first day
LIBRARY = f"""\
title: Library
entries:
  - id: library
    title: Library
    questions: [Where is the library?, Which floor is the library on?]
    answer: '**Second floor**, room 210.'
  - id: library-hours
    title: Opening hours
    questions: [When does the library open?, Library opening hours]
    answer: It opens at *nine*.
  - id: wifi
    title: Wi-Fi
    questions: [What is the wifi password?, How do I get on the internet?]
    answer: 'The password is `sea-shell`.'
    photos: [{{file: card.png, caption: The key card}}]
  - id: menu
    title: Canteen menu
    questions: [What is on the canteen menu?, What can I eat for lunch?]
    answer: Soup and fish.
    photos: [{{file: soup.png, caption: Soup}}, {{file: fish.png}}]
  - id: rules
    title: House rules
    questions: [What are the house rules?, Is there a code of conduct?]
    answer: '{"Be kind to one another. " * 300}'
"""
PHOTOS = {"port.png": picture(), "card.png": picture(41), "soup.png": picture(42), "fish.png": picture(43)}


class Bot:
    """The chat with its database, run step by step instead of by loops."""

    def __init__(self, chat: Chat, api: RawBot, database: Database, clock: SettableClock) -> None:
        self.chat = chat
        self.api = api
        self.database = database
        self.clock = clock
        self._offset: int | None = None

    async def settle(self) -> None:
        """Handles what Telegram has, one update after the other, and sends what follows."""
        while received := await self.receive():
            for raw in received:
                await self.handle(raw)
            await self.send()

    async def receive(self) -> list[dict[str, Any]]:
        """What Telegram has."""
        params = {"offset": self._offset, "timeout": 0, "allowed_updates": ASKED_FOR}
        received: list[dict[str, Any]] = await self.api.raw("getUpdates", params)
        if received:
            self._offset = received[-1]["update_id"] + 1
        return received

    async def handle(self, raw: dict[str, Any]) -> None:
        """Stores and handles one update, and commits what it leads to."""
        part = next((value for value in raw.values() if isinstance(value, dict)), {})
        chat = part.get("chat") or part.get("message", {}).get("chat") or {"id": 1}
        new = [NewUpdate(raw["update_id"], chat["id"], json.dumps(raw))]
        await self.database.write(lambda connection: updates.add(connection, new, self.clock()))
        await self.database.write(await self.chat.handle(raw))

    async def send(self) -> None:
        """Sends what is queued, with the real sender."""
        chat, stop = self.chat, asyncio.Event()
        sender = Sender(self.database, system_clock, chat.perform, chat.classify, chat.notice, pace=UNPACED)
        running = asyncio.create_task(sender.run(stop))
        while await self._is_sending() and not running.done():  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.002)
        stop.set()
        await running

    async def _is_sending(self) -> bool:
        open_states = (DeliveryState.QUEUED, DeliveryState.SENDING)
        query = select(deliveries.c.id).where(deliveries.c.state.in_(open_states)).limit(1)
        return await self.database.read(lambda connection: connection.scalar(query)) is not None


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The chat asks nothing of the database that the store's own tests do not try on both kinds."""
    return f"sqlite:///{tmp_path / 'bot.db'}"


@pytest.fixture
def clock() -> SettableClock:
    """The morning of the first day, standing still until it is set or advanced."""
    return SettableClock(host=lambda: MORNING)


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load(
        write_folder(tmp_path_factory.mktemp("chat"), faq={"help": HELP, "library": LIBRARY}, photos=PHOTOS)
    )


@pytest.fixture(scope="session")
def assistant(knowledge: Knowledge) -> Assistant:
    return Assistant(knowledge)


@pytest_asyncio.fixture
async def server(clock: SettableClock) -> AsyncIterator[PreviewServer]:
    async with PreviewServer(clock=clock) as server:
        yield server


@pytest_asyncio.fixture
async def raw_bot(server: PreviewServer) -> RawBot:
    return make_bot(Settings(telegram_bot_token=server.token, telegram_api_url=server.url))


@pytest_asyncio.fixture
async def chat(
    raw_bot: RawBot, assistant: Assistant, database: Database, clock: SettableClock
) -> AsyncIterator[Chat]:
    chat = Chat(raw_bot, lambda: assistant, database, clock)
    await chat.start()
    yield chat
    await chat.stop()


@pytest.fixture
def bot(chat: Chat, raw_bot: RawBot, database: Database, clock: SettableClock) -> Bot:
    return Bot(chat, raw_bot, database, clock)


@pytest.fixture
def olivia(server: PreviewServer) -> User:
    """Somebody whom tests make staff."""
    return server.add_user("Olivia", language_code="en", started=True)


@pytest.fixture
def ana(server: PreviewServer) -> User:
    return server.add_user("Ana", language_code="en", started=True)
