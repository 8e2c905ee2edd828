"""What a link to join does for who opens it: group, language and country, each only where none is known."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.enrolling import LINK, enrolling
from bot.chat.opening import opening
from bot.chat.raw_bot import RawBot
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import chats, invitations
from bot.store.chats import ChatRow
from bot.store.database import Database
from bot.store.invitations import Invitation
from bot.store.roles import Role
from tests.chat.conftest import Bot


@pytest_asyncio.fixture
async def chat(
    raw_bot: RawBot, assistant: Assistant, database: Database, clock: SettableClock
) -> AsyncIterator[Chat]:
    chat = Chat(raw_bot, lambda: assistant, database, clock, features=(opening(), enrolling(database)))
    await chat.start()
    yield chat
    await chat.stop()


async def opened(bot: Bot, server: PreviewServer, user: User, invitation: Invitation) -> list[str]:
    """What the bot says to who opens a new link."""
    token = await bot.database.write(lambda c: invitations.make(c, invitation, bot.clock()))
    return await says(bot, server, user, f"/start {LINK}-{token}")


async def says(bot: Bot, server: PreviewServer, user: User, text: str) -> list[str]:
    before = len(server.sent(user))
    bot.clock.advance(timedelta(seconds=3))
    await server.say(user, text)
    await bot.settle()
    return [sent["text"] for sent in server.sent(user)[before:]]


async def kept(bot: Bot, user: User) -> ChatRow:
    row = await bot.database.read(lambda connection: chats.read(connection, user.id))
    assert row
    return row


async def test_a_link_brings_group_language_and_country(bot: Bot, server: PreviewServer, ana: User) -> None:
    welcome, joined = await opened(bot, server, ana, Invitation(group="A", language="es", country="DO"))
    assert "Harbour course" in welcome or "Curso" in welcome
    assert "grupo A" in joined
    assert (await kept(bot, ana)).country == "DO"
    assert await bot.database.read(lambda c: chats.groups_of(c, ana.id)) == {"A"}
    assert "Apertura" in "".join(await says(bot, server, ana, "/today"))


async def test_a_link_may_lead_into_no_group(bot: Bot, server: PreviewServer, ana: User) -> None:
    [welcome] = await opened(bot, server, ana, Invitation(country="MN", uses_left=1))
    assert "Harbour course" in welcome
    assert (await kept(bot, ana)).country == "MN"


async def test_what_somebody_chose_or_an_organizer_set_stays(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    await says(bot, server, ana, "/start language-en")
    await bot.database.write(lambda connection: chats.set_country(connection, ana.id, "NG"))
    [_, joined] = await opened(bot, server, ana, Invitation(group="A", language="es", country="DO"))
    assert joined.startswith("You are in group A now")
    assert (await kept(bot, ana)).country == "NG"


async def test_a_guessed_language_gives_way(bot: Bot, server: PreviewServer) -> None:
    ben = server.add_user("Ben", language_code="en", started=True)
    await says(bot, server, ben, "Where is the library?")
    [_, joined] = await opened(bot, server, ben, Invitation(group="A", language="es"))
    assert "grupo A" in joined


async def test_a_language_that_the_programme_does_not_have_changes_nothing(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    [_, joined] = await opened(bot, server, ana, Invitation(group="A", language="ko"))
    assert joined.startswith("You are in group A now")


async def test_who_is_in_the_group_already_still_gets_the_country(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    await opened(bot, server, ana, Invitation(group="A"))
    [_, said] = await opened(bot, server, ana, Invitation(group="A", country="RW", uses_left=1))
    assert "already" in said
    assert (await kept(bot, ana)).country == "RW"


async def test_a_link_for_staff_is_none_for_participants(bot: Bot, server: PreviewServer, ana: User) -> None:
    *_, said = await opened(bot, server, ana, Invitation(Role.ADMIN, made_by=1, uses_left=1))
    assert "does not work" in said


async def test_of_two_who_open_a_link_for_one_at_once_one_is_enrolled(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    """Both have been told apart before either is written down, as in two processes."""
    ben = server.add_user("Ben", language_code="en", started=True)
    wanted = Invitation(group="A", country="VN", uses_left=1)
    token = await bot.database.write(lambda c: invitations.make(c, wanted, bot.clock()))
    for user in (ana, ben):
        await server.say(user, f"/start {LINK}-{token}")
    for write in [await bot.chat.handle(raw) for raw in await bot.receive()]:
        await bot.database.write(write)
    await bot.send()
    said = [server.sent(user)[-1]["text"] for user in (ana, ben)]
    assert "You are in group A now" in said[0] and "does not work" in said[1]
    assert await bot.database.read(lambda c: chats.members(c, "A")) == [ana.id]
