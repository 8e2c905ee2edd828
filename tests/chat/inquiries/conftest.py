"""A bot with an organizer, whom participants can ask."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.inquiries.answering import answering
from bot.chat.inquiries.asking import asking
from bot.chat.inquiries.desk import desk_choosing
from bot.chat.raw_bot import RawBot
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import Chat as Place
from bot.preview.world import User
from bot.store.database import Database
from bot.store.roles import Role
from tests.chat.conftest import Bot


class Desk:
    """People write, press and reply, and the bot does what follows."""

    def __init__(self, bot: Bot, server: PreviewServer) -> None:
        self.bot = bot
        self.server = server

    async def say(self, user: User, text: str, place: Place | None = None, to: Any = None) -> str:
        """What the bot says last where somebody wrote."""
        self.bot.clock.advance(timedelta(seconds=3))  # nobody types faster
        await self.server.say(user, text, place, reply_to=to)
        await self.bot.settle()
        return self.last(place or user)

    async def press(self, user: User, label: str, place: Place | None = None) -> str:
        """What the bot shows over the chat after a press on the latest message with that button."""
        self.bot.clock.advance(timedelta(seconds=3))
        press = await self.server.press(self.with_button(place or user, label), label, user=user)
        await self.bot.settle()
        return (press.answer or {}).get("text") or ""

    def with_button(self, place: Place | User, label: str) -> dict[str, Any]:
        for message in reversed(self.server.sent(place)):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            if any(button["text"] == label for row in rows for button in row):
                return message
        raise LookupError(f"nothing with a button {label!r}")

    def card(self, place: Place | User) -> dict[str, Any]:
        """The latest card of a question."""
        cards = [one for one in self.server.sent(place) if one.get("text", "").startswith("Question ")]
        return cards[-1]

    def last(self, place: Place | User) -> str:
        sent = self.server.sent(place)
        return str(sent[-1].get("text") or sent[-1].get("caption") or "") if sent else ""

    def texts(self, place: Place | User) -> list[str]:
        return [message.get("text") or message.get("caption") or "" for message in self.server.sent(place)]


@pytest_asyncio.fixture
async def chat(
    raw_bot: RawBot, assistant: Assistant, database: Database, clock: SettableClock, olivia: User
) -> AsyncIterator[Chat]:
    settled = {olivia.id: Role.ORGANIZER}
    features = (*asking(database, settled), *answering(database, settled), desk_choosing())
    chat = Chat(raw_bot, lambda: assistant, database, clock, roles=settled, features=features)
    await chat.start()
    yield chat
    await chat.stop()


@pytest.fixture
def desk(bot: Bot, server: PreviewServer) -> Desk:
    return Desk(bot, server)


@pytest_asyncio.fixture
async def group(desk: Desk, server: PreviewServer, olivia: User) -> Place:
    """The organizers' chat."""
    await desk.say(olivia, "/start")
    group = server.add_group("Organizers", [olivia])
    await desk.say(olivia, f"/desk@{server.bot.username}", group)
    return group
