"""`/stats` in the chat."""

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.raw_bot import RawBot
from bot.chat.staff.statistics import Statistics
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store.database import Database
from bot.store.roles import Role
from tests.chat.conftest import Bot


@pytest_asyncio.fixture
async def chat(
    raw_bot: RawBot, assistant: Assistant, database: Database, clock: SettableClock, olivia: User
) -> AsyncIterator[Chat]:
    chat = Chat(
        raw_bot,
        lambda: assistant,
        database,
        clock,
        roles={olivia.id: Role.ORGANIZER},
        features=(Statistics(database).feature(),),
    )
    await chat.start()
    yield chat
    await chat.stop()


async def test_it_counts_what_was_asked(bot: Bot, server: PreviewServer, ana: User, olivia: User) -> None:
    for question in ("Where is the library?", "What is the wifi password?", "qqqq zzzz"):
        await server.say(ana, question)
    await bot.settle()
    await server.say(olivia, "/stats")
    await bot.settle()
    photo, text = server.sent(olivia)
    assert photo["photo"]
    assert "3 questions\n2 answered, 0 with suggestions, 1 unknown" in text["text"]
    await server.press(text, "As a table (CSV)")
    await bot.settle()
    assert server.sent(olivia)[-1]["document"]["file_name"] == "statistics.csv"


async def test_an_edited_question_is_counted_once(
    bot: Bot, server: PreviewServer, ana: User, olivia: User
) -> None:
    question = await server.say(ana, "Where is the library?")
    await bot.settle()
    await server.edit(question, "Where is the library please?")
    await bot.settle()
    await server.say(olivia, "/stats")
    await bot.settle()
    assert "1 question\n" in server.sent(olivia)[-1]["text"]


async def test_participants_see_no_statistics(bot: Bot, server: PreviewServer, ana: User) -> None:
    await server.say(ana, "/stats")
    await bot.settle()
    assert not any(message.get("photo") for message in server.sent(ana))
