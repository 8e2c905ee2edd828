"""/admins: admins see who is staff, invite others, and take roles away; nobody else does."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.raw_bot import RawBot
from bot.chat.staff.joining import joining
from bot.chat.staff.roles import role_keeping
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import invitations, roles
from bot.store.database import Database
from bot.store.invitations import Invitation
from bot.store.roles import Role
from tests.chat.conftest import Bot


@pytest.fixture
def daniel(server: PreviewServer) -> User:
    return server.add_user("Daniel", language_code="en", started=True)


@pytest_asyncio.fixture
async def chat(
    raw_bot: RawBot, assistant: Assistant, database: Database, clock: SettableClock, daniel: User
) -> AsyncIterator[Chat]:
    settled = {daniel.id: Role.ADMIN}
    features = (joining(settled), *role_keeping(raw_bot, database, settled))
    chat = Chat(raw_bot, lambda: assistant, database, clock, roles=settled, features=features)
    await chat.start()
    yield chat
    await chat.stop()


async def say(bot: Bot, server: PreviewServer, user: User, text: str) -> dict[str, Any]:
    bot.clock.advance(timedelta(seconds=3))  # nobody types faster
    await server.say(user, text)
    await bot.settle()
    return server.sent(user)[-1]


async def press(bot: Bot, server: PreviewServer, user: User, label: str, data: str | None = None) -> str:
    """What the bot says in the pop-up and after it."""
    press = await server.press(server.sent(user)[-1], label, user=user, data=data)
    await bot.settle()
    pop_up = (press.answer or {}).get("text") or ""
    return f"{pop_up} {server.sent(user)[-1]['text']}"


async def invited(bot: Bot, server: PreviewServer, admin: User, role: str = "an organizer") -> str:
    """The payload of a new link."""
    await say(bot, server, admin, "/admins")
    return (await press(bot, server, admin, f"Invite {role}")).rpartition("?start=")[2]


async def give(database: Database, clock: SettableClock, user: User, role: Role) -> None:
    await database.write(lambda c: roles.give(c, user.id, role, clock(), by=None))


async def role_in(database: Database, user: User) -> Role:
    return await database.read(lambda c: roles.read(c, user.id))


def labels(message: dict[str, Any]) -> list[str]:
    return [button["text"] for row in message["reply_markup"]["inline_keyboard"] for button in row]


async def test_admins_see_who_is_staff_and_who_is_by_the_settings(
    bot: Bot, server: PreviewServer, daniel: User, ana: User
) -> None:
    for user in (ana, daniel):
        await say(bot, server, user, "Where is the library?")
    await give(bot.database, bot.clock, ana, Role.ORGANIZER)
    screen = await say(bot, server, daniel, "/admins")
    admins, organizers = screen["text"].split("Organizers")
    assert "Daniel" in admins and "by the settings" in admins
    assert f"Ana\u2069 ({ana.id})" in organizers and "settings" not in organizers
    assert not [label for label in labels(screen) if "Daniel" in label]


async def test_a_link_makes_the_first_who_opens_it_an_organizer(
    bot: Bot, server: PreviewServer, daniel: User, ana: User
) -> None:
    payload = await invited(bot, server, daniel)
    assert payload.startswith("organizer-") and len(payload) <= 64
    assert "organizer now" in (await say(bot, server, ana, f"/start {payload}"))["text"]
    assert await role_in(bot.database, ana) is Role.ORGANIZER
    assert "Ana" in server.sent(daniel)[-1]["text"]  # who invited hears of it
    late = server.add_user("Bo", language_code="en", started=True)
    assert "does not work" in (await say(bot, server, late, f"/start {payload}"))["text"]
    assert await role_in(bot.database, late) is Role.PARTICIPANT


async def test_a_link_ends_after_a_day(bot: Bot, server: PreviewServer, daniel: User, ana: User) -> None:
    payload = await invited(bot, server, daniel, "an admin")
    bot.clock.set(bot.clock() + timedelta(days=1, seconds=1))
    assert "does not work" in (await say(bot, server, ana, f"/start {payload}"))["text"]
    assert await role_in(bot.database, ana) is Role.PARTICIPANT


async def test_who_has_the_role_already_does_not_use_a_link_up(
    bot: Bot, server: PreviewServer, daniel: User, ana: User
) -> None:
    payload = await invited(bot, server, daniel)
    assert "already" in (await say(bot, server, daniel, f"/start {payload}"))["text"]
    await say(bot, server, ana, f"/start {payload}")
    assert await role_in(bot.database, ana) is Role.ORGANIZER


async def test_all_open_links_can_be_ended(bot: Bot, server: PreviewServer, daniel: User, ana: User) -> None:
    payload = await invited(bot, server, daniel)
    screen = await say(bot, server, daniel, "/admins")
    assert "1 open link." in screen["text"]
    assert "1 link does not work any more" in await press(bot, server, daniel, "End all open links")
    await say(bot, server, ana, f"/start {payload}")
    assert await role_in(bot.database, ana) is Role.PARTICIPANT


async def test_a_role_is_taken_after_a_second_press_and_both_are_told(
    bot: Bot, server: PreviewServer, daniel: User, ana: User
) -> None:
    await say(bot, server, ana, "Where is the library?")
    await give(bot.database, bot.clock, ana, Role.ADMIN)
    await say(bot, server, daniel, "/admins")
    assert str(ana.id) in await press(bot, server, daniel, "Take the role from \u2068Ana\u2069")
    assert await role_in(bot.database, ana) is Role.ADMIN
    assert "has lost the role" in await press(bot, server, daniel, "Yes, take it")
    assert await role_in(bot.database, ana) is Role.PARTICIPANT
    assert "taken your role" in server.sent(ana)[-1]["text"]
    assert "Admins" not in (await say(bot, server, ana, "/admins"))["text"]


async def test_the_links_of_who_lost_the_role_end(
    bot: Bot, server: PreviewServer, daniel: User, ana: User
) -> None:
    await give(bot.database, bot.clock, ana, Role.ADMIN)
    payload = await invited(bot, server, ana)
    await say(bot, server, daniel, "/admins")
    await press(bot, server, daniel, "Take the role from \u2068Ana\u2069")
    await press(bot, server, daniel, "Yes, take it")
    bo = server.add_user("Bo", language_code="en", started=True)
    assert "does not work" in (await say(bot, server, bo, f"/start {payload}"))["text"]


async def test_a_button_for_an_earlier_role_does_nothing_to_a_later_one(
    bot: Bot, server: PreviewServer, daniel: User, ana: User
) -> None:
    await give(bot.database, bot.clock, ana, Role.ORGANIZER)
    await say(bot, server, daniel, "/admins")
    name = next(label for label in labels(server.sent(daniel)[-1]) if label.startswith("Take"))
    await press(bot, server, daniel, name)
    bot.clock.advance(timedelta(minutes=1))
    await give(bot.database, bot.clock, ana, Role.ADMIN)
    question = server.sent(daniel)[-1]
    await server.press(question, "Yes, take it")
    await bot.settle()
    assert "changed meanwhile" in server.sent(daniel)[-2]["text"]
    assert await role_in(bot.database, ana) is Role.ADMIN


async def test_the_last_admin_cannot_leave(
    bot: Bot, assistant: Assistant, server: PreviewServer, ana: User
) -> None:
    features = role_keeping(bot.api, bot.database, {})  # the settings name nobody
    chat = Chat(bot.api, lambda: assistant, bot.database, bot.clock, features=features)
    await chat.start()
    bot = Bot(chat, bot.api, bot.database, bot.clock)
    await say(bot, server, ana, "Where is the library?")
    await give(bot.database, bot.clock, ana, Role.ADMIN)
    await say(bot, server, ana, "/admins")
    await press(bot, server, ana, "Take the role from \u2068Ana\u2069")
    assert "last admin" in await press(bot, server, ana, "Yes, take it")
    assert await role_in(bot.database, ana) is Role.ADMIN
    bo = server.add_user("Bo", language_code="en", started=True)
    await give(bot.database, bot.clock, bo, Role.ADMIN)
    await say(bot, server, ana, "/admins")
    await press(bot, server, ana, "Take the role from \u2068Ana\u2069")
    await press(bot, server, ana, "Yes, take it")
    assert await role_in(bot.database, ana) is Role.PARTICIPANT


@pytest.mark.parametrize(
    "data",
    [
        "role-list",
        "role-invite:admin",
        "role-ask:{daniel}:0",
        "role-take:{daniel}:0",
        "role-take:{olivia}:{since}",
        "role-end",
    ],
)
async def test_forged_buttons_of_others_do_nothing(
    bot: Bot,
    server: PreviewServer,
    daniel: User,
    ana: User,
    data: str,
) -> None:
    olivia = server.add_user("Olivia", language_code="en", started=True)
    await give(bot.database, bot.clock, olivia, Role.ORGANIZER)
    since = int(bot.clock().timestamp()) * 1_000_000
    token = await bot.database.write(
        lambda c: invitations.make(c, Invitation(Role.ADMIN, made_by=daniel.id, uses_left=1), bot.clock())
    )
    data = data.format(daniel=daniel.id, olivia=olivia.id, since=since)
    for user in (ana, olivia):
        await say(bot, server, user, "Where is the library?")
        assert "may not do this" in await press(bot, server, user, "", data)
    assert await role_in(bot.database, olivia) is Role.ORGANIZER
    assert await role_in(bot.database, ana) is Role.PARTICIPANT
    assert await bot.database.read(lambda c: invitations.find(c, token, bot.clock()))
    assert len(await bot.database.read(lambda c: invitations.for_staff(c, bot.clock()))) == 1


@pytest.mark.parametrize(
    "data",
    [
        "role-invite:participant",
        "role-invite:",
        "role-ask:x",
        "role-take:",
        "role-take:1:2:3",
        "role-take:１:0",
    ],
)
async def test_forged_buttons_of_admins_change_nothing(
    bot: Bot, server: PreviewServer, daniel: User, data: str
) -> None:
    await say(bot, server, daniel, "/admins")
    assert "Admins" in await press(bot, server, daniel, "", data)
    assert not await bot.database.read(roles.given)
    assert not await bot.database.read(lambda c: invitations.for_staff(c, bot.clock()))


async def test_a_name_that_turns_the_text_is_tamed(bot: Bot, server: PreviewServer, daniel: User) -> None:
    odd = server.add_user("\u202eAdmin\n<b>أمل</b>", language_code="en", started=True)
    await say(bot, server, odd, "Where is the library?")
    await give(bot.database, bot.clock, odd, Role.ORGANIZER)
    screen = (await say(bot, server, daniel, "/admins"))["text"]
    assert "\u2068Admin <b>أمل</b>\u2069" in screen and "\u202e" not in screen


async def test_nobody_is_staff_in_a_group_by_being_its_anonymous_admin(
    bot: Bot, server: PreviewServer, daniel: User
) -> None:
    group = server.add_group("Everybody", [daniel], privacy=False)
    await server.say(daniel, f"/admins@{server.world.bot.username}", group)
    anonymous = {"id": daniel.id, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    message = {"message_id": 900, "date": 1, "chat": group.as_json(), "text": "/admins", "from": anonymous}
    server.inject({"message": {**message, "sender_chat": group.as_json()}})
    await bot.settle()
    assert all("Admins" not in sent.get("text", "") for sent in server.sent(group))
