"""A bot for the invited only, with an organizer, and what everybody may do at the door."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.chat.admission.asking import asking_to_come_in
from bot.chat.chat import Chat
from bot.chat.enrolling import enrolling
from bot.chat.opening import opening
from bot.chat.privacy import Privacy
from bot.chat.raw_bot import RawBot
from bot.chat.staff.groups import group_keeping
from bot.chat.staff.joining import joining
from bot.knowledge.loader import load
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store.database import Database
from bot.store.roles import Role
from tests.chat.conftest import Bot
from tests.chat.talking import say
from tests.knowledge_folder import PROGRAMME, write_folder


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Of a programme for the invited only."""
    programme = f"{PROGRAMME}invitation_only: true\n"
    return Assistant(load(write_folder(tmp_path_factory.mktemp("door"), programme=programme)))


@pytest_asyncio.fixture
async def chat(
    raw_bot: RawBot, assistant: Assistant, database: Database, clock: SettableClock, olivia: User
) -> AsyncIterator[Chat]:
    roles = {olivia.id: Role.ORGANIZER}
    features = (
        opening(),
        enrolling(database),
        *asking_to_come_in(roles),
        group_keeping(database),
        joining(roles),
        Privacy(database, question_days=20, purge_days=40).feature(),
    )
    chat = Chat(raw_bot, lambda: assistant, database, clock, roles=roles, features=features)
    await chat.start()
    yield chat
    await chat.stop()


@pytest_asyncio.fixture
async def boris(server: PreviewServer, bot: Bot, olivia: User) -> User:
    """Another organizer, who became one in the chat."""
    boris = server.add_user("Boris", language_code="en", started=True)
    for user in (olivia, boris):
        await say(bot, server, user, "/start")
    return boris
