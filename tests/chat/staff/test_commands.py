"""Staff see their commands behind the menu button and under /help; nobody else does."""

import ast
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.raw_bot import RawBot
from bot.chat.staff.commands import descriptions, for_role
from bot.chat.staff.joining import joining
from bot.chat.staff.roles import role_keeping
from bot.locales import words_in
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import invitations
from bot.store.database import Database
from bot.store.invitations import Invitation
from bot.store.roles import Role
from tests.chat.conftest import Bot

STAFF = Path(__file__).parents[3] / "bot" / "chat" / "staff"


def commands_in_code() -> Iterator[tuple[str, str]]:
    """The commands of every Feature for staff, with the name of the role."""
    for path in STAFF.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Feature":
                role = node.args[0].attr if node.args and isinstance(node.args[0], ast.Attribute) else ""
                for keyword in node.keywords:
                    if keyword.arg == "commands" and isinstance(keyword.value, ast.Dict):
                        keys = keyword.value.keys
                        yield from ((str(key.value), role) for key in keys if isinstance(key, ast.Constant))


@pytest_asyncio.fixture
async def chat(
    raw_bot: RawBot, assistant: Assistant, database: Database, clock: SettableClock, ana: User
) -> AsyncIterator[Chat]:
    settled = {ana.id: Role.ADMIN}
    features = (joining(settled), *role_keeping(raw_bot, database, settled))
    chat = Chat(raw_bot, lambda: assistant, database, clock, roles=settled, features=features)
    await chat.start()
    yield chat
    await chat.stop()


def listed_for(server: PreviewServer, user: User) -> dict[str, str]:
    for (scope, _language), commands in server.world.profile.commands.items():
        if json.loads(scope).get("chat_id") == user.id:
            return {command["command"]: command["description"] for command in commands}
    return {}


async def say(bot: Bot, server: PreviewServer, user: User, text: str) -> list[dict[str, Any]]:
    await server.say(user, text)
    await bot.settle()
    return server.sent(user)


async def test_the_settings_staff_have_their_list_from_the_start(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    await bot.send()
    assert {"admins", "audit", "today"} <= listed_for(server, ana).keys()


async def test_who_becomes_staff_gets_the_list_of_the_role_and_loses_it_with_the_role(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    bo = server.add_user("Bo", language_code="es", started=True)
    invitation = Invitation(Role.ADMIN, made_by=ana.id, uses_left=1)
    token = await bot.database.write(lambda c: invitations.make(c, invitation, bot.clock()))
    await say(bot, server, bo, f"/start admin-{token}")
    assert listed_for(server, bo)["today"] == words_in("es")("Today's plan")
    assert "admins" in listed_for(server, bo)
    await say(bot, server, ana, "/admins")
    await server.press(server.sent(ana)[-1], "Take the role from \u2068Bo\u2069")
    await bot.settle()
    await server.press(server.sent(ana)[-1], "Yes, take it")
    await bot.settle()
    assert listed_for(server, bo) == {}


async def test_the_list_follows_the_language(bot: Bot, server: PreviewServer, ana: User) -> None:
    await say(bot, server, ana, "Español")
    assert listed_for(server, ana)["today"] == words_in("es")("Today's plan")


async def test_help_shows_staff_their_commands_too(bot: Bot, server: PreviewServer, ana: User) -> None:
    bo = server.add_user("Bo", language_code="en", started=True)
    assert len(await say(bot, server, bo, "/help")) == 1
    *_, help_card, commands = await say(bot, server, ana, "/help")
    assert help_card["text"] == server.sent(bo)[-1]["text"]
    assert "/admins – " in commands["text"]


def test_an_organizer_sees_no_commands_of_admins() -> None:
    words = words_in("en")
    assert for_role(Role.ORGANIZER, words).keys() < for_role(Role.ADMIN, words).keys()
    assert for_role(Role.PARTICIPANT, words) == {}


def test_every_command_of_staff_is_listed_for_its_role() -> None:
    listed = {(name, role.name) for name, (role, _) in descriptions(words_in("en")).items()}
    in_code = set(commands_in_code())
    assert ("admins", "ADMIN") in in_code
    of_staff = {(name, role) for name, role in in_code if role != Role.PARTICIPANT.name and name != "help"}
    assert of_staff <= listed
