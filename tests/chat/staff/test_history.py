"""/audit lists what staff did."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.raw_bot import RawBot
from bot.chat.staff.history import MOST_DEEDS, audit_list
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import audit
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


@pytest.mark.parametrize(
    ("deed", "line"),
    [
        (
            "role.join organizer {ana}",
            "Mon 5 09:00 · The bot became an organizer, invited by \u2068Ana\u2069",
        ),
        ("role.join admin", "The bot became the first admin"),
        ("role.take admin {ana}", "The bot took the role of admin from \u2068Ana\u2069"),
        ("link.make organizer", "The bot made a link for an organizer"),
        ("links.end 3", "The bot ended all links for staff"),
        ("kite.fly high", "The bot: kite.fly high"),
    ],
)
async def test_deeds_are_told_in_sentences(
    bot: Bot, server: PreviewServer, ana: User, deed: str, line: str
) -> None:
    await audited(bot, server, ana)
    action, subject = deed.format(ana=ana.id).split(" ", 1)
    await bot.database.write(lambda c: audit.note(c, None, action, subject, bot.clock()))
    assert (await audited(bot, server, ana)).endswith(line)


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
