"""What people do in a chat, and what the bot does then. The server plays Telegram."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from bot.assistant.assistant import Assistant
from bot.assistant.understanding import phrasings_of
from bot.chat.chat import Chat
from bot.chat.raw_bot import RawBot, make_bot
from bot.knowledge.model import Knowledge
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.settings import Settings
from bot.store.database import Database
from tests.chat.conftest import Bot


def labels(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


async def ask(bot: Bot, server: PreviewServer, user: User, text: str) -> dict[str, Any]:
    """Says something in private and returns the bot's last message."""
    await server.say(user, text)
    await bot.settle()
    return server.sent(user)[-1]


async def test_a_question_is_answered_with_its_formatting(bot: Bot, server: PreviewServer, ana: User) -> None:
    answer = await ask(bot, server, ana, "Where is the library?")
    assert answer["text"] == "Second floor, room 210."
    assert answer["entities"] == [{"type": "bold", "offset": 0, "length": 12}]


async def test_an_answer_with_a_photo_is_one_message(bot: Bot, server: PreviewServer, ana: User) -> None:
    answer = await ask(bot, server, ana, "What is the wifi password?")
    assert answer["caption"] == "The password is sea-shell.\n\nThe key card"
    assert answer["photo"]
    assert len(server.sent(ana)) == 1


async def test_an_answer_with_two_photos_is_an_album_and_a_text(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    await ask(bot, server, ana, "What is on the canteen menu?")
    soup, fish, text = server.sent(ana)
    assert soup["media_group_id"] == fish["media_group_id"]
    assert (soup["caption"], "caption" in fish) == ("Soup", False)
    assert text["text"] == "Soup and fish."


async def test_a_long_answer_comes_whole_in_several_messages(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    await ask(bot, server, ana, "What are the house rules?")
    texts = [message["text"] for message in server.sent(ana)]
    assert len(texts) == 2
    assert " ".join(texts).split() == ("Be kind to one another. " * 300).split()


async def test_the_way_to_a_place_comes_with_its_pin(bot: Bot, server: PreviewServer, ana: User) -> None:
    await ask(bot, server, ana, "Where is the Old port?")
    pin = server.sent(ana)[-1]
    assert pin["location"] == {"latitude": 38.7, "longitude": -9.13}


async def test_typing_is_shown_while_an_answer_is_on_its_way(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    with server.world.events.listen() as events:
        await ask(bot, server, ana, "Where is the library?")
        await server.wait_until(lambda: not events.empty())
        seen = []
        while not events.empty():
            seen.append(events.get_nowait())
    assert any("typing" in str(event) for event in seen)


async def test_no_typing_is_no_harm(bot: Bot, server: PreviewServer, ana: User) -> None:
    server.faults.add("sendChatAction", "5xx", times=None)
    assert (await ask(bot, server, ana, "Where is the library?"))["text"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/start", "Welcome to the Harbour course!"),
        ("/start wifi-12", "Welcome to the Harbour course!"),
        ("/help", "front desk"),
        ("/emergency", "112"),
        ("/today", "Opening"),
        ("/tomorrow", "Visit to the port"),
        ("/next", "Opening"),
        ("/schedule", "Visit to the port"),
        ("/sites", "places"),
        ("/language", "language"),
        ("/TODAY", "Opening"),
        ("/today@preview_bot", "Opening"),
    ],
)
async def test_commands_are_answered(
    bot: Bot, server: PreviewServer, ana: User, command: str, words: str
) -> None:
    await ask(bot, server, ana, command)
    assert words in server.sent(ana)[0]["text"]


async def test_an_unknown_command_is_a_question(bot: Bot, server: PreviewServer, ana: User) -> None:
    assert "210" in (await ask(bot, server, ana, "/library"))["text"]


async def test_a_command_for_another_bot_is_not_answered(bot: Bot, server: PreviewServer, ana: User) -> None:
    await server.say(ana, "/today@other_bot")
    await bot.settle()
    assert server.sent(ana) == []


async def test_buttons_answer(bot: Bot, server: PreviewServer, ana: User) -> None:
    menu = await ask(bot, server, ana, "/start")
    press = await server.press(menu, "Where is the library?")
    await bot.settle()
    await server.wait_until(lambda: press.answer is not None)
    assert press.answer == {"text": "", "show_alert": False}
    assert server.sent(ana)[-1]["text"] == "Second floor, room 210."


async def test_buttons_work_after_a_restart(
    bot: Bot, server: PreviewServer, ana: User, chat: Chat, assistant: Assistant
) -> None:
    menu = await ask(bot, server, ana, "/start")
    await chat.stop()
    settings = Settings(telegram_bot_token=server.token, telegram_api_url=server.url)
    api = make_bot(settings)
    restarted = Chat(api, lambda: assistant, bot.database, bot.clock)
    await restarted.start()
    await server.press(menu, "Where is the library?")
    await Bot(restarted, api, bot.database, bot.clock).settle()
    await restarted.stop()
    assert "210" in server.sent(ana)[-1]["text"]


@pytest.mark.parametrize(
    "data", ["show:gone", "send:1", "role:me:admin", "again:999", "again:1e5", "😀", "x" * 64]
)
async def test_an_old_or_forged_button_says_so_and_starts_afresh(
    bot: Bot, server: PreviewServer, ana: User, data: str
) -> None:
    menu = await ask(bot, server, ana, "/start")
    press = await server.press(menu, data=data)
    await bot.settle()
    await server.wait_until(lambda: press.answer is not None)
    assert press.answer is not None
    assert "older version" in press.answer["text"]
    assert "Welcome" in server.sent(ana)[-1]["text"]


async def test_a_press_that_telegram_has_forgotten_still_acts(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    menu = await ask(bot, server, ana, "/start")
    server.faults.add("answerCallbackQuery", "400", description="Bad Request: query is too old", times=None)
    await server.press(menu, "Where is the library?")
    await bot.settle()
    assert "210" in server.sent(ana)[-1]["text"]


async def test_a_new_question_while_buttons_are_shown_is_a_new_question(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    await ask(bot, server, ana, "/language")
    assert "210" in (await ask(bot, server, ana, "Where is the library?"))["text"]


async def test_a_chosen_language_is_kept(bot: Bot, server: PreviewServer, ana: User) -> None:
    menu = await ask(bot, server, ana, "/language")
    await server.press(menu, "Español")
    await bot.settle()
    assert "Llame" in (await ask(bot, server, ana, "/emergency"))["text"]


@pytest.mark.parametrize(
    ("code", "word"), [("es-MX", "Llame"), ("en", "Call"), ("xx", "Call"), (None, "Call")]
)
async def test_the_first_guess_is_the_language_of_the_persons_telegram(
    bot: Bot, server: PreviewServer, code: str | None, word: str
) -> None:
    person = server.add_user("Eva", language_code=code, started=True)
    assert word in (await ask(bot, server, person, "/emergency"))["text"]


async def test_what_was_talked_about_last_is_remembered(bot: Bot, server: PreviewServer, ana: User) -> None:
    await ask(bot, server, ana, "What is the Old port?")
    await ask(bot, server, ana, "and how do we get there?")
    assert any("venue" in message or "location" in message for message in server.sent(ana)[1:])


async def test_things_without_words_get_one_friendly_line(bot: Bot, server: PreviewServer, ana: User) -> None:
    await server.send_sticker(ana)
    await server.send_voice(ana)
    await server.send_photo(ana)
    await server.send_document(ana)
    await server.send_location(ana)
    await bot.settle()
    texts = [message["text"] for message in server.sent(ana)]
    assert len(texts) == len(set(texts)) == 5
    assert all("type" in text or "words" in text for text in texts)


async def test_a_photo_with_a_caption_asks_what_the_caption_says(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    await server.send_photo(ana, caption="Where is the library?")
    await bot.settle()
    assert "210" in server.sent(ana)[-1]["text"]


async def test_a_flood_is_slowed_down_with_one_notice_and_nobody_else_notices(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    other = server.add_user("Ben", started=True)
    for number in range(30):
        await server.say(ana, f"Where is the library? {number}")
    await server.say(other, "Where is the library?")
    await bot.settle()
    texts = [message["text"] for message in server.sent(ana)]
    assert len(texts) == 6
    assert "210" in texts[4]
    assert "faster than I can answer" in texts[5]
    assert len(server.sent(other)) == 1


async def test_a_flood_of_presses_ends_every_spinner(bot: Bot, server: PreviewServer, ana: User) -> None:
    menu = await ask(bot, server, ana, "/start")
    presses = [await server.press(menu, "All topics") for _ in range(12)]
    await bot.settle()
    await server.wait_until(lambda: all(press.answer is not None for press in presses))
    assert len(server.sent(ana)) < 8


async def test_a_flood_of_edits_leaves_the_last_answer_alone(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    question = await server.say(ana, "Where is the library?")
    await bot.settle()
    for number in range(12):
        await server.edit(question, f"Where is the library?{'?' * number}")
    await server.edit(question, "When does the library open?")
    await bot.settle()
    [answer] = server.sent(ana)
    assert "210" in answer["text"]


@pytest.mark.parametrize("kind", ["channel_post", "poll", "chat_boost", "something_new"])
async def test_other_kinds_of_updates_are_ignored_quietly(
    bot: Bot, server: PreviewServer, ana: User, kind: str
) -> None:
    server.inject({kind: {"chat": {"id": ana.id, "type": "channel"}, "text": "Where is the library?"}})
    server.block(ana)
    server.unblock(ana)
    await bot.settle()
    assert server.sent(ana) == []


@pytest.mark.parametrize(
    "text",
    [
        "e" + "\u0301" * 4000,
        "😀" * 2048,
        "\u202elibrary\u202c",
        "\x00\x07\x1b[2J",
        "a" * 4096,
        "?",
        "[[[[" * 999,
    ],
    ids=["marks", "emoji", "right-to-left", "control", "one-word", "mark", "brackets"],
)
async def test_any_text_gets_a_reply(bot: Bot, server: PreviewServer, ana: User, text: str) -> None:
    person = {"id": ana.id, "is_bot": False, "first_name": "Ana"}
    chat = {"id": ana.id, "type": "private"}
    server.inject({"message": {"message_id": 5, "date": 1, "chat": chat, "from": person, "text": text}})
    await bot.settle()
    assert server.sent(ana)[-1]["text"]


async def test_half_an_emoji_is_no_failure(bot: Bot, server: PreviewServer, ana: User) -> None:
    person = {"id": ana.id, "is_bot": False, "first_name": "Ana"}
    chat = {"id": ana.id, "type": "private"}
    message = {"message_id": 5, "date": 1, "chat": chat, "from": person, "text": "\ud83d library?"}
    await bot.handle({"update_id": 3, "message": message})
    await bot.send()
    assert server.sent(ana)[-1]["text"]


async def test_an_encoder_is_asked_for_the_vectors_of_a_question(
    raw_bot: RawBot, knowledge: Knowledge, database: Database, clock: SettableClock, server: PreviewServer
) -> None:
    texts = phrasings_of(knowledge)
    vectors = dict(zip(texts, np.eye(len(texts), dtype=np.float32), strict=True))
    assistant, asked = Assistant(knowledge, vectors), list[str]()

    async def encode(given: Sequence[str]) -> Mapping[str, npt.NDArray[np.float32]]:
        asked.extend(given)
        return {}

    chat = Chat(raw_bot, lambda: assistant, database, clock, encode=encode)
    await chat.start()
    answer = await ask(Bot(chat, raw_bot, database, clock), server, server.add_user("Bo"), "wifi passwrd?")
    await chat.stop()
    assert asked == ["wifi password?"]
    assert "sea-shell" in answer["caption"]
