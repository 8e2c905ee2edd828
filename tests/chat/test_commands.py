"""The commands that Telegram lists."""

import pytest

from bot.chat.chat import Chat
from bot.chat.commands import COMMANDS, command_lists
from bot.chat.raw_bot import RawBot
from bot.preview.server import PreviewServer
from bot.preview.world import User
from tests.chat.conftest import Bot


def test_everybody_gets_a_list_and_every_language_with_a_two_letter_code_its_own() -> None:
    lists = list(command_lists(["en", "fil", "es", "haw"]))
    assert [each.get("language_code") for each in lists] == [None, "en", "tl", "es"]


def test_all_commands_but_start_are_listed_with_words_that_telegram_takes() -> None:
    for each in command_lists(["en", "es"]):
        assert [item["command"] for item in each["commands"]] == list(COMMANDS[1:])
        assert all(3 <= len(item["description"]) <= 256 for item in each["commands"])


@pytest.mark.usefixtures("chat")
async def test_they_are_registered_at_the_start(raw_bot: RawBot) -> None:
    for code in ("", "es"):
        assert len(await raw_bot.raw("getMyCommands", {"language_code": code})) == len(COMMANDS) - 1


async def test_a_list_that_telegram_refuses_does_not_keep_the_bot_from_starting(
    bot: Bot, chat: Chat, server: PreviewServer, ana: User
) -> None:
    server.faults.add("setMyCommands", "5xx", times=None)
    await chat.start()
    await server.say(ana, "Where is the library?")
    await bot.settle()
    assert "210" in server.sent(ana)[-1]["text"]
