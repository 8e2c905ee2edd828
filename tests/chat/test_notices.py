"""When something goes wrong, the person hears of it in one line, and can ask again."""

import json

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.raw_bot import make_bot
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.settings import Settings
from tests.chat.conftest import Bot


async def test_an_answer_in_doubt_is_not_repeated_but_can_be_asked_for(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    server.faults.add("sendMessage", "close_after_accept")
    question = await server.say(ana, "Where is\nthe library?")
    await bot.settle()
    answer, notice = server.sent(ana)
    assert "210" in answer["text"]
    assert "“Where is the library?”" in notice["text"]
    press = await server.press(notice, "Ask again")
    await bot.settle()
    await server.wait_until(lambda: press.answer is not None)
    assert [message["text"] for message in server.sent(ana)][2:] == [answer["text"]]
    await server.edit(question, "When does the library open?")
    await bot.settle()
    assert server.sent(ana)[-1]["text"] == "It opens at nine."


async def test_a_pressed_button_in_doubt_can_be_pressed_again(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    await server.say(ana, "/start")
    await bot.settle()
    server.faults.add("sendMessage", "truncate")
    await server.press(server.sent(ana)[-1], "Where is the library?")
    await bot.settle()
    notice = server.sent(ana)[-1]
    assert "interrupted while answering you" in notice["text"]
    await server.press(notice, "Ask again")
    await bot.settle()
    assert "210" in server.sent(ana)[-1]["text"]


async def test_nobody_can_ask_again_what_was_asked_in_another_chat(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    await server.say(ana, "What is the wifi password?")
    [raw] = await bot.receive()
    await bot.handle(raw)
    eve = server.add_user("Eve", started=True)
    await server.say(eve, "/start")
    await bot.settle()
    await server.press(server.sent(eve)[-1], data=f"again:{raw['update_id']}")
    await bot.settle()
    assert "sea-shell" not in json.dumps(server.sent(eve))


async def test_a_long_question_is_quoted_short(bot: Bot, server: PreviewServer, ana: User) -> None:
    server.faults.add("sendMessage", "junk")
    await server.say(ana, "Where is the library? " + "x" * 3000)
    await bot.settle()
    assert len(server.sent(ana)[-1]["text"]) < 250


async def test_a_part_that_telegram_refuses_is_said(bot: Bot, server: PreviewServer, ana: User) -> None:
    server.faults.add("sendMessage", "400", description="Bad Request: message is too long")
    await server.say(ana, "Where is the library?")
    await bot.settle()
    [notice] = server.sent(ana)
    assert "could not be sent" in notice["text"]


async def test_an_apology_has_a_reference_and_no_cause(bot: Bot, server: PreviewServer, ana: User) -> None:
    await server.say(ana, "Where is the library?")
    [raw] = await bot.receive()
    await bot.database.write(await bot.chat.handle_failure(raw, "ab12"))
    await bot.send()
    [apology] = server.sent(ana)
    assert "ab12" in apology["text"]
    assert "Error" not in apology["text"]


async def test_an_apology_reaches_the_sender_of_an_update_that_cannot_be_read(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    chat, sender = {"id": ana.id, "type": "private"}, {"language_code": "es"}
    raw = {"update_id": 5, "message": {"chat": chat, "from": sender, "date": "x"}}
    await bot.database.write(await bot.chat.handle_failure(raw, "ab12"))
    await bot.send()
    assert len(server.sent(ana)) == 1


async def test_nobody_hears_of_a_failure_without_a_private_chat(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    group = server.add_group("Team", [ana])
    for chat in (
        {"id": group.id, "type": "supergroup"},
        None,
        {"type": "private"},
        {"id": "x", "type": "private"},
    ):
        raw = {"update_id": 5, "message": {"chat": chat}}
        await bot.database.write(await bot.chat.handle_failure(raw, "ab12"))
    await bot.send()
    assert server.ledger == []


async def test_a_restarted_bot_sends_and_notices_before_telegram_has_said_who_it_is(
    bot: Bot, server: PreviewServer, ana: User, assistant: Assistant
) -> None:
    for question in ("@preview_bot where is the library?", "What is the wifi password?"):
        await server.say(ana, question)
    for raw in await bot.receive():
        await bot.handle(raw)
    settings = Settings(telegram_bot_token=server.token, telegram_api_url=server.url)
    unmet = make_bot(settings)
    server.faults.add("sendMessage", "close_after_accept")
    await Bot(Chat(unmet, lambda: assistant, bot.database, bot.clock), unmet, bot.database, bot.clock).send()
    await unmet.shutdown()
    texts = [message.get("text") or message["caption"] for message in server.sent(ana)]
    assert len(texts) == 3
    assert any("sea-shell" in text for text in texts)
    assert any("interrupted" in text for text in texts)
