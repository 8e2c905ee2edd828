"""Under the calendar of everything stands how to subscribe to it, where the bot has a web server."""

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.raw_bot import RawBot
from bot.chat.subscribing import subscribing
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import chats, feeds
from bot.store.database import Database
from tests.chat.conftest import Bot


@pytest_asyncio.fixture
async def chat(
    raw_bot: RawBot, assistant: Assistant, database: Database, clock: SettableClock
) -> AsyncIterator[Chat]:
    chat = Chat(raw_bot, lambda: assistant, database, clock, features=[subscribing("https://bot.example/")])
    await chat.start()
    yield chat
    await chat.stop()


async def pressed(bot: Bot, server: PreviewServer, user: User, data: str) -> int:
    """How many messages come after a button of the schedule was pressed."""
    await server.say(user, "/schedule")
    await bot.settle()
    before = len(server.sent(user))
    await server.press(server.sent(user)[-1], data=data)
    await bot.settle()
    return len(server.sent(user)) - before


async def test_after_the_file_of_everything_comes_the_address_of_ones_groups(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    await bot.database.write(lambda connection: chats.join(connection, ana.id, "A", bot.clock()))
    assert await pressed(bot, server, ana, "calendar:all") == 2
    file, offer = server.sent(ana)[-2:]
    token = await bot.database.write(lambda connection: feeds.token_of(connection, ["A"]))
    assert file["document"]["file_name"] == "schedule.ics"
    assert f"webcal://bot.example/calendar/{token}/en.ics" in offer["text"]
    [[button]] = offer["reply_markup"]["inline_keyboard"]
    assert button["url"] == f"https://bot.example/calendar/{token}/en"


async def test_with_the_file_of_a_day_nothing_else_comes(bot: Bot, server: PreviewServer, ana: User) -> None:
    assert await pressed(bot, server, ana, "calendar:2031-05-05") == 1


async def test_an_old_button_of_a_session_that_is_gone_starts_afresh(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    await pressed(bot, server, ana, "calendar:gone")
    assert "Welcome" in server.sent(ana)[-1]["text"]
