"""Links that open the chat somewhere."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.opening import opening
from bot.chat.raw_bot import RawBot
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store.database import Database
from tests.chat.conftest import Bot


@pytest_asyncio.fixture
async def chat(
    raw_bot: RawBot, assistant: Assistant, database: Database, clock: SettableClock
) -> AsyncIterator[Chat]:
    chat = Chat(raw_bot, lambda: assistant, database, clock, features=(opening(),))
    await chat.start()
    yield chat
    await chat.stop()


@pytest.mark.parametrize(
    ("payload", "answer"),
    [
        ("show-library", "Second floor, room 210."),
        ("day-2031-05-05", "Opening"),
        ("show-gone", "Welcome"),
        ("show-", "Welcome"),
        ("x", "Welcome"),
    ],
)
async def test_a_link_opens_its_answer_or_just_starts(
    bot: Bot, server: PreviewServer, ana: User, payload: str, answer: str
) -> None:
    await server.say(ana, f"/start {payload}")
    await bot.settle()
    assert answer in server.sent(ana)[-1]["text"]


async def test_a_link_chooses_a_language(bot: Bot, server: PreviewServer, ana: User) -> None:
    await server.say(ana, "/start language-es")
    await bot.settle()
    assert "Español" in server.sent(ana)[-1]["text"] or "español" in server.sent(ana)[-1]["text"]
