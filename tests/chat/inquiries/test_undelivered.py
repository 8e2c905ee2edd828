"""When something about a question does not arrive, somebody hears of it."""

from bot.preview.faults import Kind
from bot.preview.params import Params
from bot.preview.server import PreviewServer
from bot.preview.world import Chat as Place
from bot.preview.world import User
from bot.store import desks
from tests.chat.inquiries.conftest import Desk


async def test_a_chat_that_the_bot_is_not_in_loses_no_question(desk: Desk, ana: User, olivia: User) -> None:
    await desk.bot.database.write(lambda c: desks.settle(c, -1_009_999))
    await desk.say(ana, "/human My bag is lost")
    assert "My bag is lost" in desk.card(olivia)["text"]
    await desk.say(olivia, "It is at the desk.", to=desk.card(olivia))
    assert desk.last(ana) == "It is at the desk."
    assert "Answered" in desk.card(olivia)["text"]


async def test_an_answer_that_may_not_have_arrived_is_told_to_organizers(
    desk: Desk, server: PreviewServer, ana: User, olivia: User, group: Place
) -> None:
    def to_ana(params: Params) -> bool:
        return params.integer("chat_id") == ana.id

    await desk.say(ana, "/human My bag is lost")
    server.faults.add("copyMessage", Kind.JUNK, when=to_ana)
    await desk.say(olivia, "It is at the desk.", group, desk.card(group))
    assert any("I do not know whether \u2068Ana\u2069 got my message" in text for text in desk.texts(group))


async def test_an_answer_to_somebody_who_has_just_left_is_told_to_organizers(
    desk: Desk, server: PreviewServer, ana: User, olivia: User, group: Place
) -> None:
    await desk.say(ana, "/human My bag is lost")
    ana.deactivated = True
    await desk.say(olivia, "It is at the desk.", group, desk.card(group))
    assert any("\u2068Ana\u2069 did not get my message" in text for text in desk.texts(group))


async def test_a_question_that_may_not_have_arrived_is_told_to_organizers(
    desk: Desk, server: PreviewServer, ana: User, group: Place
) -> None:
    def to_group(params: Params) -> bool:
        return params.integer("chat_id") == group.id

    server.faults.add("sendMessage", Kind.JUNK, when=to_group)
    await desk.say(ana, "/human My bag is lost")
    assert "may not have arrived here" in desk.last(group)


async def test_a_card_that_was_deleted_is_no_reason_to_tell_anybody(
    desk: Desk, server: PreviewServer, ana: User, olivia: User, group: Place
) -> None:
    await desk.say(ana, "/human My bag is lost")
    card = desk.card(group)
    server.world.remove(group, card["message_id"])
    await desk.say(olivia, "It is at the desk.", group, card)
    assert desk.last(group).startswith("Passed on")
