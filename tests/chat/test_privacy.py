"""What people can learn about themselves, and how they are forgotten."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.privacy import Privacy
from bot.chat.raw_bot import RawBot
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import chats
from bot.store.database import Database
from bot.store.roles import Role
from tests.chat.conftest import Bot
from tests.store.test_personal import dump


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
        features=(Privacy(database, question_days=20, purge_days=40).feature(),),
    )
    await chat.start()
    yield chat
    await chat.stop()


async def say(bot: Bot, server: PreviewServer, user: User, text: str) -> dict[str, Any]:
    await server.say(user, text)
    await bot.settle()
    return server.sent(user)[-1]


async def test_it_says_what_is_kept_and_for_how_long(bot: Bot, server: PreviewServer, ana: User) -> None:
    text = (await say(bot, server, ana, "/privacy"))["text"]
    assert "for 20 days" in text
    assert "deleted 40 days after the programme" in text


async def test_my_data_is_a_file_of_all_of_it(bot: Bot, server: PreviewServer, ana: User) -> None:
    await say(bot, server, ana, "Where is the library?")
    sent = await say(bot, server, ana, "/mydata")
    file = server.world.files.find(sent["document"]["file_id"], "document")
    assert "Second floor" in str(json.loads(file.content)["deliveries"])


async def test_who_is_forgotten_is_a_stranger(bot: Bot, server: PreviewServer, ana: User) -> None:
    await say(bot, server, ana, "Where is the library?")
    sure = await say(bot, server, ana, "/forget")
    press = await server.press(sure, "Yes, delete it")
    await bot.settle()
    assert press.answer is not None
    assert "forgotten you" in press.answer["text"]
    assert await bot.database.read(lambda connection: chats.read(connection, ana.id)) is None
    assert str(ana.id) not in await bot.database.read(dump)
    assert "210" in (await say(bot, server, ana, "Where is the library?"))["text"]


async def test_without_a_second_tap_nothing_is_deleted(bot: Bot, server: PreviewServer, ana: User) -> None:
    await say(bot, server, ana, "/forget")
    assert await bot.database.read(lambda connection: chats.read(connection, ana.id)) is not None


async def test_staff_have_to_leave_their_role_first(
    bot: Bot, server: PreviewServer, ana: User, olivia: User
) -> None:
    assert "take your role away" in (await say(bot, server, olivia, "/forget"))["text"]
    sure = await say(bot, server, ana, "/forget")
    await server.press(sure, user=olivia, data="forget:yes")
    await bot.settle()
    assert await bot.database.read(lambda connection: chats.read(connection, olivia.id)) is not None
