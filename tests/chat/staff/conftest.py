"""A bot that announces, with an organizer and three participants, and one whose knowledge admins change."""

import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.broadcasts.loop import Broadcasting
from bot.broadcasts.showing import Showing
from bot.chat.chat import Chat
from bot.chat.missing import wishing
from bot.chat.raw_bot import RawBot
from bot.chat.render import message
from bot.chat.staff.broadcast_desk import Desk
from bot.chat.staff.broadcasting import broadcasting
from bot.chat.staff.keeping import knowledge_keeping
from bot.encoder.choice import chosen
from bot.encoder.meaning import Meaning
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.revisions.live import LiveKnowledge
from bot.revisions.opening import open_revision
from bot.store.database import Database
from bot.store.roles import Role
from tests.chat.conftest import LIBRARY, PHOTOS, Bot
from tests.chat.staff.broadcast_stage import Stage
from tests.chat.staff.knowledge_stage import Stage as KnowledgeStage
from tests.knowledge_folder import HELP, write_folder

NOW = datetime(2031, 5, 5, 8, tzinfo=UTC)


@pytest_asyncio.fixture
async def stage(
    *,
    server: PreviewServer,
    raw_bot: RawBot,
    assistant: Assistant,
    database: Database,
    clock: SettableClock,
    olivia: User,
) -> AsyncIterator[Stage]:
    host_clock = SettableClock(host=lambda: NOW)
    showing = Showing(lambda: assistant.knowledge, message)
    roles = {olivia.id: Role.ORGANIZER}
    chat = Chat(
        raw_bot,
        lambda: assistant,
        database,
        clock,
        roles=roles,
        features=broadcasting(Desk(database, showing, host_clock, roles)),
    )
    await chat.start()
    loop = Broadcasting(
        database,
        showing,
        clock,
        organizers=lambda _: [olivia.id],
        after_commit=lambda: None,
        host_clock=host_clock,
    )
    people = [
        server.add_user("Ana", language_code="es"),
        server.add_user("Ben", language_code="en"),
        server.add_user("Chi", language_code="vi"),
    ]
    stage = Stage(Bot(chat, raw_bot, database, clock), server, loop, host_clock, olivia, people)
    for user in (olivia, *people):
        await stage.say(user, "/start")
    yield stage
    await chat.stop()


@pytest.fixture(scope="session")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was learned from knowledge is learned once."""
    return tmp_path_factory.mktemp("learned")


@pytest_asyncio.fixture
async def keeping(
    server: PreviewServer, raw_bot: RawBot, database: Database, clock: SettableClock, learned: Path
) -> AsyncIterator[KnowledgeStage]:
    """A bot with two admins, who change what it knows."""
    folder = write_folder(
        Path(tempfile.mkdtemp(dir=learned)), faq={"10-help": HELP, "20-library": LIBRARY}, photos=PHOTOS
    )
    opened = await open_revision(folder, database, clock)
    live = LiveKnowledge(
        opened.number,
        opened.loaded,
        database=database,
        clock=clock,
        meaning=Meaning.by(chosen("off"), learned),
        cache=learned,
    )
    admin, other = (server.add_user(name, language_code="en", started=True) for name in ("Daniel", "Bolor"))
    chat = Chat(
        raw_bot,
        lambda: live.assistant,
        database,
        clock,
        roles={admin.id: Role.ADMIN, other.id: Role.ADMIN},
        features=(*knowledge_keeping(raw_bot, live, database), wishing()),
    )
    await chat.start()
    ana = server.add_user("Ana", language_code="en", started=True)
    yield KnowledgeStage(Bot(chat, raw_bot, database, clock), server, live, admin, other, ana, chat)
    await chat.stop()
