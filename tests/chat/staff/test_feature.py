"""Features of the chat: who may use them, and how commands, buttons, links and open steps find them."""

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.assistant.reply import Button
from bot.chat.chat import Chat
from bot.chat.raw_bot import RawBot
from bot.chat.staff.feature import Feature
from bot.chat.turn import Turn
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import roles
from bot.store.database import Database
from bot.store.roles import Role
from bot.store.steps import Step
from tests.chat.conftest import Bot


async def start(turn: Turn) -> None:
    turn.step = Step("note.text", {"title": turn.argument})
    turn.say("Write the note.", ((Button("Stop", "note-stop:now"),),))


async def take(turn: Turn) -> None:
    message = turn.update.message
    assert turn.step and message
    turn.say(f"{turn.step.state['title']}: {message.text or 'no words'}")
    turn.step = None


async def stop(turn: Turn) -> None:
    turn.step, turn.pop_up = None, f"Stopped {turn.argument}"


async def open_link(turn: Turn) -> None:
    turn.say(f"Opened {turn.argument}")


async def look(turn: Turn) -> bool:
    message = turn.update.effective_message
    seen = (message.text or "").removeprefix("look: ") if message else ""
    if message is None or seen == message.text:
        return False
    turn.say(f"Seen: {seen}")
    return True


FEATURES = (
    Feature(
        Role.ORGANIZER,
        commands={"note": start},
        presses={"note-stop": stop},
        steps={"note.text": take},
        look=look,
    ),
    Feature(Role.PARTICIPANT, links={"door": open_link}),
)


@pytest_asyncio.fixture
async def chat(
    raw_bot: RawBot, assistant: Assistant, database: Database, clock: SettableClock, olivia: User
) -> AsyncIterator[Chat]:
    chat = Chat(
        raw_bot, lambda: assistant, database, clock, roles={olivia.id: Role.ORGANIZER}, features=FEATURES
    )
    await chat.start()
    yield chat
    await chat.stop()


async def say(bot: Bot, server: PreviewServer, user: User, text: str) -> str:
    await server.say(user, text)
    await bot.settle()
    return str(server.sent(user)[-1]["text"])


async def test_a_command_opens_a_step_that_takes_the_next_message(
    bot: Bot, server: PreviewServer, olivia: User
) -> None:
    assert await say(bot, server, olivia, "/note Bus 2") == "Write the note."
    assert await say(bot, server, olivia, "It is late.") == "Bus 2: It is late."
    assert "room 210" in await say(bot, server, olivia, "Where is the library?")


async def test_a_step_takes_what_has_no_words(bot: Bot, server: PreviewServer, olivia: User) -> None:
    await say(bot, server, olivia, "/note Bus")
    await server.send_sticker(olivia)
    await bot.settle()
    assert server.sent(olivia)[-1]["text"] == "Bus: no words"


async def test_another_command_ends_an_open_step(bot: Bot, server: PreviewServer, olivia: User) -> None:
    await say(bot, server, olivia, "/note Bus")
    await say(bot, server, olivia, "/today")
    assert "room 210" in await say(bot, server, olivia, "Where is the library?")


async def test_an_edit_is_not_taken_by_an_open_step(bot: Bot, server: PreviewServer, olivia: User) -> None:
    question = await server.say(olivia, "Where is the library?")
    await bot.settle()
    await say(bot, server, olivia, "/note Bus")
    await server.edit(question, "What is the wifi password?")
    await bot.settle()
    assert server.sent(olivia)[-1]["text"] == "Write the note."
    assert await say(bot, server, olivia, "Late") == "Bus: Late"


async def test_who_has_no_role_is_answered_as_any_participant(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    assert "Write the note" not in await say(bot, server, ana, "/note Bus")


async def test_a_role_that_was_taken_away_ends_at_once(
    bot: Bot, server: PreviewServer, ana: User, database: Database, clock: SettableClock
) -> None:
    await database.write(lambda c: roles.give(c, ana.id, Role.ORGANIZER, clock(), by=None))
    await say(bot, server, ana, "/note Bus")
    offer = server.sent(ana)[-1]
    await database.write(lambda c: roles.take(c, ana.id))
    assert "Bus:" not in await say(bot, server, ana, "It is late.")
    press = await server.press(offer, "Stop")
    await bot.settle()
    assert press.answer and press.answer["text"] == "You may not do this (any more)."


async def test_a_button_ends_with_its_pop_up(bot: Bot, server: PreviewServer, olivia: User) -> None:
    await say(bot, server, olivia, "/note Bus")
    press = await server.press(server.sent(olivia)[-1], "Stop")
    await bot.settle()
    assert press.answer and press.answer["text"] == "Stopped now"
    assert "room 210" in await say(bot, server, olivia, "Where is the library?")


async def test_staff_features_stay_out_of_groups(bot: Bot, server: PreviewServer, olivia: User) -> None:
    group = server.add_group("Everybody", [olivia], privacy=False)
    await server.say(olivia, f"/note@{server.world.bot.username} Bus", group)
    await bot.settle()
    assert all("Write the note" not in message.get("text", "") for message in server.sent(group))


async def test_a_link_is_found_by_its_prefix_and_any_other_just_starts(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    assert await say(bot, server, ana, "/start door-A7") == "Opened A7"
    assert "Opened" not in await say(bot, server, ana, "/start gate-A7")


async def test_a_feature_may_look_at_what_belongs_to_nothing_else(
    bot: Bot, server: PreviewServer, olivia: User, ana: User
) -> None:
    assert await say(bot, server, olivia, "look: it rains") == "Seen: it rains"
    assert "Seen" not in await say(bot, server, ana, "look: it rains")
    await say(bot, server, olivia, "/note Bus")
    assert await say(bot, server, olivia, "look: it rains") == "Bus: look: it rains"


async def test_a_feature_may_look_at_an_edited_message(bot: Bot, server: PreviewServer, olivia: User) -> None:
    question = await server.say(olivia, "Where is the library?")
    await bot.settle()
    await server.edit(question, "look: it snows")
    await bot.settle()
    assert server.sent(olivia)[-1]["text"] == "Seen: it snows"
