"""Editing a question edits its answer."""

from bot.preview.server import PreviewServer
from bot.preview.world import User
from tests.chat.conftest import Bot


async def test_a_text_becomes_the_new_answer_in_place(bot: Bot, server: PreviewServer, ana: User) -> None:
    question = await server.say(ana, "Where is the library?")
    await bot.settle()
    await server.edit(question, "When does the library open?")
    await bot.settle()
    [answer] = server.sent(ana)
    assert answer["text"] == "It opens at nine."
    assert answer["edit_date"]


async def test_it_can_be_edited_again_and_back(bot: Bot, server: PreviewServer, ana: User) -> None:
    question = await server.say(ana, "Where is the library?")
    await bot.settle()
    for text in ("When does the library open?", "Where is the library?"):
        await server.edit(question, text)
        await bot.settle()
    [answer] = server.sent(ana)
    assert "210" in answer["text"]


async def test_a_text_becomes_a_photo_by_taking_its_place(bot: Bot, server: PreviewServer, ana: User) -> None:
    question = await server.say(ana, "Where is the library?")
    await bot.settle()
    await server.edit(question, "What is the wifi password?")
    await bot.settle()
    [answer] = server.sent(ana)
    assert answer["caption"] == "The password is sea-shell.\n\nThe key card"


async def test_an_album_and_its_text_go_when_a_text_takes_their_place(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    question = await server.say(ana, "What is on the canteen menu?")
    await bot.settle()
    await server.edit(question, "Where is the library?")
    await bot.settle()
    [answer] = server.sent(ana)
    assert "210" in answer["text"]


async def test_an_edit_that_changes_nothing_sends_nothing(bot: Bot, server: PreviewServer, ana: User) -> None:
    question = await server.say(ana, "Where is the library?")
    await bot.settle()
    await server.edit(question, "Where is the library??")
    await bot.settle()
    assert [entry.method for entry in server.ledger] == ["sendMessage"]


async def test_an_edited_command_counts_too(bot: Bot, server: PreviewServer, ana: User) -> None:
    question = await server.say(ana, "/today")
    await bot.settle()
    await server.edit(question, "/tomorrow")
    await bot.settle()
    assert "Visit to the port" in server.sent(ana)[0]["text"]


async def test_an_edit_of_what_was_never_answered_is_answered(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    sticker = {"message_id": 77, "date": 1, "chat": {"id": ana.id, "type": "private"}, "edit_date": 2}
    person = {"id": ana.id, "is_bot": False, "first_name": "Ana"}
    server.inject({"edited_message": {**sticker, "from": person, "text": "Where is the library?"}})
    await bot.settle()
    [answer] = server.sent(ana)
    assert "210" in answer["text"]


async def test_an_answer_that_was_still_waiting_is_not_sent_too(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    question = await server.say(ana, "Where is the library?")
    for raw in await bot.receive():
        await bot.handle(raw)
    await server.edit(question, "When does the library open?")
    await bot.settle()
    [answer] = server.sent(ana)
    assert answer["text"] == "It opens at nine."


async def test_a_moving_location_is_no_edited_question(bot: Bot, server: PreviewServer, ana: User) -> None:
    message = {"message_id": 77, "date": 1, "chat": {"id": ana.id, "type": "private"}, "edit_date": 2}
    place = {"location": {"latitude": 1.0, "longitude": 2.0, "live_period": 60}}
    server.inject({"edited_message": {**message, **place}})
    await bot.settle()
    assert server.sent(ana) == []
