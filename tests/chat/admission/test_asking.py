"""A stranger asks to be let in, and organizers decide once, wherever they press."""

import re
from typing import Any

import pytest

from bot.assistant.assistant import Assistant
from bot.chat.admission.asking import asking_to_come_in
from bot.chat.chat import Chat
from bot.chat.raw_bot import RawBot
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import admissions, desks, invitations, roles
from bot.store.admissions import Standing
from bot.store.invitations import Invitation
from bot.store.roles import Role
from tests.chat.conftest import MORNING, Bot
from tests.chat.talking import labels, press, say
from tests.store.test_personal import dump

ASK = "Ask an organizer to let me in"
QUESTION = "Where is the front desk?"


async def asks(bot: Bot, server: PreviewServer, user: User) -> str:
    """What somebody hears who presses the button."""
    await say(bot, server, user, "hello")
    return str((await press(bot, server, user, ASK))["text"])


async def standing(bot: Bot, user: User) -> Standing | None:
    found = await bot.database.read(lambda connection: admissions.read(connection, user.id))
    return found.standing if found else None


def card(server: PreviewServer, chat: User | Any) -> dict[str, Any]:
    """The last card about somebody at the door."""
    return next(m for m in reversed(server.sent(chat)) if re.match("🚪|✅|⛔", m.get("text", "")))


async def decide(bot: Bot, server: PreviewServer, label: str, user: User, chat: Any = None) -> None:
    await server.press(card(server, chat or user), label, user=user)
    await bot.settle()


async def test_an_organizer_lets_somebody_in(
    bot: Bot, server: PreviewServer, ana: User, olivia: User
) -> None:
    assert "I have asked the organizers" in await asks(bot, server, ana)
    shown = card(server, olivia)
    assert "Ana" in shown["text"] and str(ana.id) in shown["text"]
    assert labels(shown) == ["Let in", "Do not let in"]
    await decide(bot, server, "Let in", olivia)
    told = [message["text"] for message in server.sent(ana)][-2:]
    assert told[0] == "An organizer has let you in." and "Harbour course" in told[1]
    assert "town hall" in (await say(bot, server, ana, QUESTION))["text"]
    assert "✅" in card(server, olivia)["text"] and labels(card(server, olivia)) == ["Do not let in"]


async def test_an_organizer_refuses_and_may_think_again(
    bot: Bot, server: PreviewServer, ana: User, olivia: User
) -> None:
    await asks(bot, server, ana)
    await decide(bot, server, "Do not let in", olivia)
    assert "have not let you in" in server.sent(ana)[-1]["text"]
    again = await say(bot, server, ana, QUESTION)
    assert "have not let you in" in again["text"] and labels(again) == []
    await decide(bot, server, "Let in", olivia)
    assert "town hall" in (await say(bot, server, ana, QUESTION))["text"]
    await decide(bot, server, "Do not let in", olivia)
    assert "have not let you in" in (await say(bot, server, ana, QUESTION))["text"]


async def test_the_card_comes_to_the_organizers_chat(
    bot: Bot, server: PreviewServer, ana: User, olivia: User
) -> None:
    group = server.add_group("Team", [olivia])
    await say(bot, server, olivia, "/start")
    await bot.database.write(lambda connection: desks.choose(connection, group.id))
    await asks(bot, server, ana)
    await decide(bot, server, "Let in", olivia, group)
    assert await standing(bot, ana) is Standing.ADMITTED
    assert "was let in by \u2068Olivia" in card(server, group)["text"]


async def test_only_organizers_decide(bot: Bot, server: PreviewServer, ana: User, olivia: User) -> None:
    group = server.add_group("Team", [olivia, ana])
    await bot.settle()
    await bot.database.write(lambda connection: desks.choose(connection, group.id))
    await asks(bot, server, ana)
    await decide(bot, server, "Let in", ana, group)
    assert await standing(bot, ana) is Standing.WAITING


async def test_asking_twice_shows_one_card(bot: Bot, server: PreviewServer, ana: User, olivia: User) -> None:
    """Both presses come before the first has been answered."""
    said = await say(bot, server, ana, "hello")
    for _ in range(2):
        await server.press(said, ASK)
    await bot.settle()
    assert "I have asked" in (await say(bot, server, ana, QUESTION))["text"]
    assert sum("asks to be let in" in message["text"] for message in server.sent(olivia)) == 1


async def test_of_two_who_decide_at_once_the_first_counts(
    bot: Bot, server: PreviewServer, ana: User, olivia: User, boris: User
) -> None:
    """Both have been handled before either is written down, as in two processes."""
    await bot.database.write(lambda c: roles.give(c, boris.id, Role.ORGANIZER, MORNING, by=None))
    await asks(bot, server, ana)
    await server.press(card(server, olivia), "Let in", user=olivia)
    await server.press(card(server, boris), "Do not let in", user=boris)
    for write in [await bot.chat.handle(raw) for raw in await bot.receive()]:
        await bot.database.write(write)
    await bot.send()
    assert await standing(bot, ana) is Standing.ADMITTED
    assert "This has changed meanwhile." in [message.get("text") for message in server.sent(boris)]
    assert "have not let you in" not in server.sent(ana)[-1]["text"]
    assert all("✅" in card(server, user)["text"] for user in (olivia, boris))


async def test_a_link_used_while_waiting_makes_the_card_a_thing_of_the_past(
    bot: Bot, server: PreviewServer, ana: User, olivia: User
) -> None:
    await asks(bot, server, ana)
    token = await bot.database.write(lambda c: invitations.make(c, Invitation(), MORNING))
    await say(bot, server, ana, f"/start g-{token}")
    await decide(bot, server, "Do not let in", olivia)
    assert "changed meanwhile" in server.sent(olivia)[-1]["text"]
    assert await standing(bot, ana) is Standing.ADMITTED


async def test_with_nobody_to_ask_that_is_said(
    bot: Bot, server: PreviewServer, ana: User, raw_bot: RawBot, assistant: Assistant
) -> None:
    features = asking_to_come_in({})
    alone = Chat(raw_bot, lambda: assistant, bot.database, bot.clock, features=features)
    await alone.start()
    deserted = Bot(alone, raw_bot, bot.database, bot.clock)
    assert "speak to the organizers" in await asks(deserted, server, ana)
    assert await standing(bot, ana) is Standing.OUTSIDE
    await alone.stop()


async def test_the_button_of_who_is_in_already_starts_afresh(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    await say(bot, server, ana, "hello")
    await bot.database.write(lambda c: admissions.admit(c, ana.id, MORNING, by=None))
    assert "Harbour course" in (await press(bot, server, ana, ASK))["text"]


@pytest.mark.parametrize(
    "data",
    ["door:", "door:x:waiting:admitted", "door:1:waiting:waiting", "door:1:outside:admitted", "door:1:a:b"],
)
async def test_forged_buttons_do_nothing(bot: Bot, server: PreviewServer, olivia: User, data: str) -> None:
    said = await say(bot, server, olivia, "/start")
    await server.press(said, data=data, user=olivia)
    await bot.settle()
    assert await bot.database.read(lambda c: admissions.read(c, 1)) is None


async def test_who_is_forgotten_leaves_nothing_in_the_organizers_chat_to_be_sent(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    await asks(bot, server, ana)
    await say(bot, server, ana, "/forget")
    await press(bot, server, ana, "Yes, delete it")
    kept = await bot.database.read(dump)
    assert str(ana.id) not in kept and "asks to be let in" not in kept
