"""A participant asks a person."""

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.inquiries.asking import asking
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import inquiries
from bot.store.inquiries import InquiryState
from tests.chat.conftest import Bot
from tests.chat.inquiries.conftest import Desk


async def test_what_the_bot_did_not_know_is_passed_on_with_two_presses(
    desk: Desk, ana: User, olivia: User
) -> None:
    await desk.say(ana, "Where is the library?")
    await desk.say(ana, "Who feeds the zebra?")
    await desk.press(ana, "Ask a person")
    assert "Who feeds the zebra?" in desk.last(ana)
    await desk.press(ana, "Pass it on")
    assert "passed your question on" in desk.last(ana)
    card = desk.card(olivia)["text"]
    assert "Ana\u2069" in card and str(ana.id) in card and "reads English" in card
    assert "Who feeds the zebra?" in card.split("Asked me before:")[0]
    assert "Where is the library?" in card.split("Asked me before:")[1]
    assert "Open" in card


async def test_the_next_message_is_the_question(desk: Desk, ana: User, olivia: User) -> None:
    assert "one message" in await desk.say(ana, "/human")
    await desk.say(ana, "Where is the library?")
    assert "Where is the library?" in desk.card(olivia)["text"]
    assert "room 210" in await desk.say(ana, "Where is the library?")  # and the one after it is not


async def test_the_question_may_come_with_the_command(desk: Desk, ana: User, olivia: User) -> None:
    await desk.say(ana, "/human My bag is lost")
    assert "My bag is lost" in desk.card(olivia)["text"]


async def test_a_picture_goes_along(desk: Desk, server: PreviewServer, ana: User, olivia: User) -> None:
    await desk.say(ana, "/human")
    await server.send_photo(ana, caption="Is this mine?")
    await desk.bot.settle()
    card, picture = server.sent(olivia)[-2:]
    assert "Is this mine?" in card["text"]
    assert picture["photo"] and picture["reply_markup"] == card["reply_markup"]


async def test_somebody_may_think_better_of_it(desk: Desk, ana: User, olivia: User) -> None:
    await desk.say(ana, "/human")
    await desk.press(ana, "Never mind")
    assert "room 210" in await desk.say(ana, "Where is the library?")
    assert desk.texts(olivia) == []


async def test_who_asks_again_while_waiting_has_still_one_question(
    desk: Desk, ana: User, olivia: User
) -> None:
    await desk.say(ana, "/human My bag is lost")
    await desk.say(ana, "/human It is red")
    [found] = await desk.bot.database.read(lambda c: inquiries.waiting(c, 9))
    assert found.question == "It is red"
    assert "Question 1\n" in desk.card(olivia)["text"] and "It is red" in desk.card(olivia)["text"]


async def test_a_forged_number_opens_nobody_elses_question(
    desk: Desk, server: PreviewServer, ana: User
) -> None:
    bo = server.add_user("Bo", language_code="en", started=True)
    await desk.say(ana, "/human My bag is lost")
    await desk.say(bo, "Where is the library?")
    await server.press(server.sent(bo)[-1], data="human-more:1", user=bo)
    await desk.bot.settle()
    await desk.say(bo, "Is it mine?")
    first, second = await desk.bot.database.read(lambda c: inquiries.waiting(c, 9))
    assert (first.chat_id, first.question) == (ana.id, "My bag is lost")
    assert (second.chat_id, second.question) == (bo.id, "Is it mine?")


async def test_nothing_is_lost_when_the_bot_stops_in_between(desk: Desk, ana: User, olivia: User) -> None:
    await desk.server.say(ana, "/human My bag is lost")
    for raw in await desk.bot.receive():
        await desk.bot.handle(raw)  # and stops before anything is sent
    assert desk.texts(olivia) == []
    await desk.bot.send()
    assert "My bag is lost" in desk.card(olivia)["text"]


async def test_where_there_is_nobody_to_ask_the_contact_is_shown(
    bot: Bot, assistant: Assistant, server: PreviewServer, ana: User
) -> None:
    chat = Chat(bot.api, lambda: assistant, bot.database, bot.clock, features=asking(bot.database, {}))
    await chat.start()
    alone = Desk(Bot(chat, bot.api, bot.database, bot.clock), server)
    assert "08:00–20:00" in await alone.say(ana, "/human My bag is lost")
    assert await bot.database.read(lambda c: inquiries.waiting(c, 9)) == []


async def test_a_very_long_question_goes_along_whole(
    desk: Desk, server: PreviewServer, ana: User, olivia: User
) -> None:
    await desk.say(ana, "/human")
    question = "bag " * 1000
    await desk.say(ana, question.strip())
    card, whole = server.sent(olivia)[-2:]
    assert len(card["text"]) < 4096 and whole["text"] == question.strip()


async def test_the_state_is_open_at_first(desk: Desk, ana: User) -> None:
    await desk.say(ana, "/human My bag is lost")
    found = await desk.bot.database.read(lambda c: inquiries.waiting_of(c, ana.id))
    assert found and found.state is InquiryState.OPEN
