"""/group: organizers see groups, and put people in and out."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.raw_bot import RawBot
from bot.chat.staff.groups import group_keeping
from bot.knowledge.loader import load
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import chats
from bot.store.database import Database
from bot.store.roles import Role
from tests.chat.conftest import Bot
from tests.chat.talking import press, say
from tests.knowledge_folder import SCHEDULE, write_folder

OF_TWO = SCHEDULE.replace("    kind: ceremony\n", "    kind: ceremony\n    groups: [A]\n")
OF_TWO = OF_TWO.replace("    kind: visit\n", "    kind: visit\n    groups: [B]\n")


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The opening is for group A, the visit for group B."""
    place: Path = tmp_path_factory.mktemp("groups")
    return Assistant(load(write_folder(place, schedule=OF_TWO)))


@pytest.fixture
def olga(server: PreviewServer) -> User:
    return server.add_user("Olga", language_code="en", started=True)


@pytest_asyncio.fixture
async def chat(
    raw_bot: RawBot, assistant: Assistant, database: Database, clock: SettableClock, olga: User
) -> AsyncIterator[Chat]:
    features = (group_keeping(database),)
    chat = Chat(
        raw_bot, lambda: assistant, database, clock, roles={olga.id: Role.ORGANIZER}, features=features
    )
    await chat.start()
    yield chat
    await chat.stop()


async def groups(bot: Bot, user: User) -> set[str]:
    return set(await bot.database.read(lambda connection: chats.groups_of(connection, user.id)))


async def test_organizers_see_the_groups_that_sessions_name_and_their_members(
    bot: Bot, server: PreviewServer, olga: User, ana: User
) -> None:
    await say(bot, server, ana, "hello")
    await bot.database.write(lambda connection: chats.join(connection, ana.id, "A", bot.clock()))
    text = (await say(bot, server, olga, "/group"))["text"]
    assert "A: 1 person" in text
    assert "B: 0 people" in text
    assert "Ana" in (await press(bot, server, olga, "A"))["text"]


async def test_participants_have_no_such_command(bot: Bot, server: PreviewServer, ana: User) -> None:
    assert "Groups" not in (await say(bot, server, ana, "/group"))["text"]


async def test_people_are_put_in_by_name_and_hear_of_it(
    bot: Bot, server: PreviewServer, olga: User, ana: User
) -> None:
    await say(bot, server, ana, "hello")
    await say(bot, server, olga, "/group A")
    await press(bot, server, olga, "➕ Put somebody in")
    assert "is in group A now" in (await say(bot, server, olga, "ana"))["text"]
    assert await groups(bot, ana) == {"A"}
    assert "You are in group A now" in server.sent(ana)[-1]["text"]
    assert "already" in (await say(bot, server, olga, str(ana.id)))["text"]  # the step stays open


async def test_of_several_with_that_name_the_organizer_chooses_one(
    bot: Bot, server: PreviewServer, olga: User
) -> None:
    two = [
        server.add_user("Maria", last_name=name, language_code="en", started=True)
        for name in ("Silva", "Costa")
    ]
    for user in two:
        await say(bot, server, user, "hello")
    await say(bot, server, olga, "/group A")
    await press(bot, server, olga, "➕ Put somebody in")
    assert (await say(bot, server, olga, "maria"))["text"] == "Whom do you mean?"
    await press(bot, server, olga, "", data=f"g-put:A:{two[1].id}")
    assert [await groups(bot, user) for user in two] == [set(), {"A"}]


async def test_the_writer_of_a_forwarded_message_is_put_in(
    bot: Bot, server: PreviewServer, olga: User, ana: User
) -> None:
    await say(bot, server, ana, "hello")
    await say(bot, server, olga, "/group A")
    await press(bot, server, olga, "➕ Put somebody in")
    bot.clock.advance(timedelta(seconds=3))
    await server.forward(olga, await server.say(ana, "I am Ana"))
    await bot.settle()
    assert await groups(bot, ana) == {"A"}


async def test_people_are_taken_out(bot: Bot, server: PreviewServer, olga: User, ana: User) -> None:
    await say(bot, server, ana, "hello")
    await bot.database.write(lambda connection: chats.join(connection, ana.id, "A", bot.clock()))
    await say(bot, server, olga, "/group A")
    await press(bot, server, olga, "➖ Take somebody out")
    assert "is not in group A any more" in (await say(bot, server, olga, "Ana"))["text"]
    assert await groups(bot, ana) == set()
    assert "nobody called" in (await say(bot, server, olga, "Ana"))["text"]


async def test_who_never_opened_the_bot_cannot_be_put_in(bot: Bot, server: PreviewServer, olga: User) -> None:
    await say(bot, server, olga, "/group A")
    await press(bot, server, olga, "➕ Put somebody in")
    assert "nobody called Zoe" in (await say(bot, server, olga, "Zoe"))["text"]
    assert "open the bot first" in (await press(bot, server, olga, "", data="g-put:A:123"))["text"]


async def test_in_a_group_chat_a_reply_puts_the_writer_in(
    bot: Bot, server: PreviewServer, olga: User, ana: User
) -> None:
    await say(bot, server, ana, "hello")
    room = server.add_group("Participants", [olga, ana], privacy=False)
    await bot.settle()
    hers = await server.say(ana, "I belong to the ministry of water", room)
    for text, said in (("/group A", "is in group A now"), ("/group Z", "Reply to somebody's message")):
        bot.clock.advance(timedelta(seconds=3))
        await server.say(
            olga, text.replace("/group", f"/group@{server.world.bot.username}"), room, reply_to=hers
        )
        await bot.settle()
        assert said in server.sent(room)[-1]["text"]
    assert await groups(bot, ana) == {"A"}


async def test_a_programme_without_groups_says_how_to_have_some(
    raw_bot: RawBot, database: Database, server: PreviewServer, olga: User, tmp_path: Path
) -> None:
    plain, clock = Assistant(load(write_folder(tmp_path))), SettableClock()
    roles, features = {olga.id: Role.ORGANIZER}, [group_keeping(database)]
    chat = Chat(raw_bot, lambda: plain, database, clock, roles=roles, features=features)
    await chat.start()
    screen = await say(Bot(chat, raw_bot, database, clock), server, olga, "/group")
    assert "everybody sees everything" in screen["text"]
    await chat.stop()
