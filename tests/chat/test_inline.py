"""Inline mode: a list of answers for what somebody types after the bot's name, in any chat."""

from typing import Any

import pytest

from bot.preview.server import PreviewServer
from bot.preview.world import User
from tests.chat.conftest import Bot


async def listed(bot: Bot, server: PreviewServer, user: User, typed: str) -> list[dict[str, Any]]:
    query = await server.ask_inline(user, typed)
    await bot.settle()
    await bot.chat.stop()  # waits for the calls that nobody waits for
    results = server.world.inline_answers[query]
    assert results is not None
    return list(results)


@pytest.mark.parametrize("typed", ["lib", "Where is the library?"])
async def test_what_fits_comes_first(bot: Bot, server: PreviewServer, ana: User, typed: str) -> None:
    [first, *_] = await listed(bot, server, ana, typed)
    assert (first["type"], first["id"], first["title"]) == ("article", "library", "Library")
    assert first["description"] == "Second floor, room 210."
    assert first["input_message_content"]["message_text"] == "Second floor, room 210."
    assert first["input_message_content"]["entities"] == [{"type": "bold", "offset": 0, "length": 12}]


async def test_each_leads_to_the_private_chat(bot: Bot, server: PreviewServer, ana: User) -> None:
    [first, *_] = await listed(bot, server, ana, "library")
    [[button]] = first["reply_markup"]["inline_keyboard"]
    assert button["url"] == f"https://t.me/{server.world.bot.username}?start=show-library"


async def test_a_picture_that_telegram_knows_is_shown(bot: Bot, server: PreviewServer, ana: User) -> None:
    await server.say(ana, "What is the wifi password?")
    await bot.settle()
    [first, *_] = await listed(bot, server, ana, "wifi")
    assert (first["type"], first["caption"]) == ("photo", "The password is sea-shell.")
    assert first["photo_file_id"] == server.sent(ana)[-1]["photo"][-1]["file_id"]


async def test_with_nothing_typed_there_is_help(bot: Bot, server: PreviewServer, ana: User) -> None:
    assert {each["id"] for each in await listed(bot, server, ana, "")} == {"desk", "emergency"}


async def test_a_long_answer_is_cut_to_one_message(bot: Bot, server: PreviewServer, ana: User) -> None:
    [first, *_] = await listed(bot, server, ana, "house rules")
    assert 0 < len(first["input_message_content"]["message_text"]) <= 4096


async def test_nonsense_finds_nothing(bot: Bot, server: PreviewServer, ana: User) -> None:
    assert await listed(bot, server, ana, "qqqq zzzz xxxx") == []
