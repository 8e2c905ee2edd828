"""/audit lists what staff did."""

from collections.abc import AsyncIterator
from functools import partial

import pytest_asyncio
from sqlalchemy import Connection

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.raw_bot import RawBot
from bot.chat.staff.history import MOST_DEEDS, audit_list
from bot.locales import words_in
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import audit, roles
from bot.store.database import Database
from bot.store.roles import Role
from tests.chat.conftest import Bot


@pytest_asyncio.fixture
async def chat(
    raw_bot: RawBot, assistant: Assistant, database: Database, clock: SettableClock, ana: User
) -> AsyncIterator[Chat]:
    settled = {ana.id: Role.ADMIN}
    chat = Chat(raw_bot, lambda: assistant, database, clock, roles=settled, features=(audit_list(database),))
    await chat.start()
    yield chat
    await chat.stop()


async def audited(bot: Bot, server: PreviewServer, user: User) -> str:
    await server.say(user, "/audit")
    await bot.settle()
    return str(server.sent(user)[-1]["text"])


async def test_nothing_is_said_of_an_empty_list(bot: Bot, server: PreviewServer, ana: User) -> None:
    assert await audited(bot, server, ana) == "Nothing was done yet."


async def test_deeds_are_told_by_day_and_time_in_the_language_of_who_reads(
    bot: Bot, server: PreviewServer
) -> None:
    eva = server.add_user("Eva", language_code="es", started=True)

    def moved(connection: Connection) -> None:
        roles.give(connection, eva.id, Role.ADMIN, bot.clock(), by=None)
        audit.note(connection, None, "session.move", "opening", bot.clock())

    await bot.database.write(moved)
    told = words_in("es")("{who} moved the session “{session}”", who="El bot", session="Apertura")
    assert await audited(bot, server, eva) == f"lun 5 09:00 · {told}"


async def test_the_latest_fit_into_one_message(bot: Bot, server: PreviewServer, ana: User) -> None:
    for number in range(MOST_DEEDS + 1):
        subject = f"{number} {'x' * 500}"
        await bot.database.write(
            partial(audit.note, person_id=ana.id, action="kb.publish", subject=subject, now=bot.clock())
        )
    lines = (await audited(bot, server, ana)).splitlines()
    assert len(lines) == MOST_DEEDS
    assert f"kb.publish {MOST_DEEDS} x" in lines[0]


async def test_participants_do_not_see_it(bot: Bot, server: PreviewServer) -> None:
    bo = server.add_user("Bo", language_code="en", started=True)
    await bot.database.write(lambda c: audit.note(c, None, "links.end", "1", bot.clock()))
    assert "links" not in await audited(bot, server, bo)
