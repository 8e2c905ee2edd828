"""Rating a session in the chat."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.assistant.rating import question
from bot.assistant.reader import Reader
from bot.chat.chat import Chat
from bot.chat.rating import rating_by_participants, rating_results
from bot.chat.raw_bot import RawBot
from bot.chat.render import render
from bot.outbox.delivery import enqueue
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store.database import Database
from bot.store.roles import Role
from tests.chat.conftest import MORNING, Bot


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
        features=(rating_by_participants(), rating_results(database)),
    )
    await chat.start()
    yield chat
    await chat.stop()


async def ask(bot: Bot, server: PreviewServer, assistant: Assistant, user: User) -> None:
    session = assistant.knowledge.sessions["port-visit"]
    calls = render(question(session, Reader.of(assistant.knowledge, "en", MORNING)), user.id)
    await bot.database.write(lambda connection: enqueue(connection, "rating:port-visit", calls))
    await bot.send()


async def test_a_tap_and_a_comment_reach_the_organizers_without_a_name(
    bot: Bot, server: PreviewServer, assistant: Assistant, ana: User, olivia: User
) -> None:
    await ask(bot, server, assistant, ana)
    await server.press(server.sent(ana)[-1], "4 ⭐")
    await bot.settle()
    await server.press(server.sent(ana)[-1], "Add a comment")
    await bot.settle()
    await server.say(ana, "More time at the docks, please.")
    await bot.settle()
    assert server.sent(ana)[-1]["text"] == "Thank you, the organizers will read it."
    await server.say(olivia, "/ratings")
    await bot.settle()
    text = server.sent(olivia)[-1]["text"]
    assert "4.0 ⭐ (1 rating)\n– More time at the docks, please." in text
    assert "Ana" not in text


async def test_a_second_tap_changes_the_first(
    bot: Bot, server: PreviewServer, assistant: Assistant, ana: User, olivia: User
) -> None:
    await ask(bot, server, assistant, ana)
    asked = server.sent(ana)[-1]
    for stars in ("1 ⭐", "5 ⭐"):
        await server.press(asked, stars)
        await bot.settle()
    await server.say(olivia, "/ratings")
    await bot.settle()
    assert "5.0 ⭐ (1 rating)" in server.sent(olivia)[-1]["text"]


@pytest.mark.parametrize("forged", ["rate:gone:4", "rate:port-visit:9", "rate:port-visit:x", "rate:"])
async def test_a_forged_rating_is_not_kept(
    bot: Bot, server: PreviewServer, assistant: Assistant, olivia: User, forged: str
) -> None:
    await ask(bot, server, assistant, olivia)
    await server.press(server.sent(olivia)[-1], data=forged)
    await bot.settle()
    await server.say(olivia, "/ratings")
    await bot.settle()
    assert server.sent(olivia)[-1]["text"] == "Nobody has rated a session yet."
