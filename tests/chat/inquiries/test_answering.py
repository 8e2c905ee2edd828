"""Organizers take, answer and open questions again, in their group or in private."""

from bot.preview.contents import photo
from bot.preview.server import PreviewServer
from bot.preview.world import Chat as Place
from bot.preview.world import User
from bot.store import inquiries, roles
from bot.store.inquiries import Inquiry
from bot.store.roles import Role
from tests.chat.inquiries.conftest import Desk


async def kept(desk: Desk, number: int = 1) -> Inquiry:
    found = await desk.bot.database.read(lambda c: inquiries.read(c, number))
    assert found
    return found


async def test_a_reply_in_the_group_reaches_who_asked(
    desk: Desk, ana: User, olivia: User, group: Place
) -> None:
    await desk.say(ana, "/human My bag is lost")
    assert "My bag is lost" in desk.card(group)["text"]
    assert "Passed on to \u2068Ana\u2069" in await desk.say(
        olivia, "It is at the desk.", group, desk.card(group)
    )
    header, answer = desk.texts(ana)[-2:]
    assert "The organizers answer “My bag is lost”:" in header
    assert answer == "It is at the desk."
    assert "Answered by \u2068Olivia\u2069" in desk.card(group)["text"]


async def test_a_reply_in_private_reaches_who_asked(desk: Desk, ana: User, olivia: User) -> None:
    await desk.say(ana, "/human My bag is lost")
    await desk.say(olivia, "It is at the desk.", to=desk.card(olivia))
    assert desk.last(ana) == "It is at the desk."


async def test_pictures_reach_who_asked_too(
    desk: Desk, server: PreviewServer, ana: User, olivia: User, group: Place
) -> None:
    await desk.say(ana, "/human My bag is lost")
    await server.send_photo(olivia, group, reply_to=desk.card(group))
    await desk.bot.settle()
    assert server.sent(ana)[-1]["photo"]
    await desk.say(olivia, f"/desk@{server.bot.username} off", group)
    await desk.say(ana, "/human My coat is lost")
    await server.send_photo(olivia, caption="This one?", reply_to=desk.card(olivia))
    await desk.bot.settle()
    assert server.sent(ana)[-1]["caption"] == "This one?"


async def test_taking_a_question_tells_both_sides(desk: Desk, ana: User, olivia: User, group: Place) -> None:
    await desk.say(ana, "/human My bag is lost")
    await desk.press(olivia, "I am on it", group)
    assert "\u2068Olivia\u2069 is on it" in desk.card(group)["text"]
    assert "An organizer is looking into your question." in desk.last(ana)
    await desk.press(olivia, "Leave it to others", group)
    assert "Open" in desk.card(group)["text"]


async def test_only_the_first_of_two_organizers_takes_a_question(
    desk: Desk, server: PreviewServer, ana: User, olivia: User, group: Place
) -> None:
    omar = server.add_user("Omar", language_code="en", started=True)
    await desk.bot.database.write(lambda c: roles.give(c, omar.id, Role.ORGANIZER, desk.bot.clock(), by=None))
    await desk.say(ana, "/human My bag is lost")
    card = desk.card(group)
    await server.press(card, "I am on it", user=olivia)
    await server.press(card, "I am on it", user=omar)
    await desk.bot.settle()
    assert (await kept(desk)).person_id == olivia.id
    assert desk.texts(ana).count("An organizer is looking into your question.") == 1


async def test_an_answered_question_can_be_opened_by_both_sides(
    desk: Desk, ana: User, olivia: User, group: Place
) -> None:
    await desk.say(ana, "/human My bag is lost")
    await desk.say(olivia, "It is at the desk.", group, desk.card(group))
    await desk.press(olivia, "Open it again", group)
    assert "Open" in desk.card(group)["text"] and "again" in desk.last(ana)
    await desk.say(olivia, "At the other desk.", group, desk.card(group))
    await desk.press(ana, "Ask further")
    await desk.say(ana, "Which floor?")
    assert "Question 1\n" in desk.card(group)["text"] and "Which floor?" in desk.card(group)["text"]
    assert "Open" in desk.card(group)["text"]


async def test_who_asked_may_just_reply_to_the_answer(
    desk: Desk, server: PreviewServer, ana: User, olivia: User, group: Place
) -> None:
    await desk.say(ana, "/human My bag is lost")
    await desk.say(olivia, "It is at the desk.", group, desk.card(group))
    await desk.say(ana, "Which desk?", to=server.sent(ana)[-1])
    assert "Which desk?" in desk.card(group)["text"]


async def test_only_organizers_answer(
    desk: Desk, server: PreviewServer, ana: User, olivia: User, group: Place
) -> None:
    bo = server.add_user("Bo", language_code="en", started=True)
    group.members.append(bo)
    await desk.say(ana, "/human My bag is lost")
    before = desk.texts(ana)
    assert "only what organizers reply" in await desk.say(bo, "I have it!", group, desk.card(group))
    assert "may not do this" in await desk.press(bo, "I am on it", group)
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    message = {"message_id": 900, "date": 1, "chat": group.as_json(), "text": "Hi", "from": anonymous}
    server.inject(
        {"message": {**message, "sender_chat": group.as_json(), "reply_to_message": desk.card(group)}}
    )
    await desk.bot.settle()
    assert desk.texts(ana) == before
    assert "Open" in desk.card(group)["text"]


async def test_other_talk_in_the_group_stays_there(desk: Desk, ana: User, olivia: User, group: Place) -> None:
    await desk.say(ana, "/human My bag is lost")
    before, said = desk.texts(ana), len(desk.texts(group))
    await desk.say(olivia, "Who has seen a bag?", group)
    assert desk.texts(ana) == before and len(desk.texts(group)) == said


async def test_an_edit_of_an_answer_is_not_passed_on_and_the_organizer_hears_so(
    desk: Desk, server: PreviewServer, ana: User, olivia: User, group: Place
) -> None:
    await desk.say(ana, "/human My bag is lost")
    answer = await server.say(olivia, "It is at the desk.", group, desk.card(group))
    await desk.bot.settle()
    before = desk.texts(ana)
    await server.edit(answer, "It is gone.")
    await desk.bot.settle()
    assert desk.texts(ana) == before
    assert any("do not pass edits on" in text for text in desk.texts(group))


async def test_who_blocked_the_bot_cannot_be_reached_and_the_organizer_hears_so(
    desk: Desk, server: PreviewServer, ana: User, olivia: User, group: Place
) -> None:
    await desk.say(ana, "/human My bag is lost")
    server.block(ana)
    await desk.bot.settle()
    assert "cannot reach" in await desk.say(olivia, "It is at the desk.", group, desk.card(group))


async def test_what_waits_is_listed_and_can_be_shown_and_answered_there(
    desk: Desk, ana: User, olivia: User, group: Place
) -> None:
    assert "No question waits" in await desk.say(olivia, "/questions")
    await desk.say(ana, "/human My bag is lost")
    assert "“My bag is lost”" in await desk.say(olivia, "/questions")
    await desk.press(olivia, "1")
    await desk.say(olivia, "It is at the desk.", to=desk.card(olivia))
    assert desk.last(ana) == "It is at the desk."
    assert "No question waits" in await desk.say(olivia, "/questions")


async def test_the_group_may_become_a_supergroup(
    desk: Desk, server: PreviewServer, ana: User, olivia: User
) -> None:
    small = server.add_group("Organizers", [olivia], basic=True)
    await desk.say(olivia, f"/desk@{server.bot.username}", small)
    await desk.say(ana, "/human My bag is lost")
    large = server.migrate(small)
    await desk.bot.settle()
    bo = server.add_user("Bo", language_code="en", started=True)
    await desk.say(bo, "/human Where do I sleep?")
    assert "Where do I sleep?" in desk.card(large)["text"]
    await desk.say(olivia, f"/questions@{server.bot.username}", large)
    await desk.press(olivia, "1", large)
    await desk.say(olivia, "It is at the desk.", large, desk.card(large))
    assert desk.last(ana) == "It is at the desk."


async def test_without_the_group_questions_come_to_each_organizer(
    desk: Desk, server: PreviewServer, ana: User, olivia: User, group: Place
) -> None:
    server.remove_from(group, olivia)
    await desk.bot.settle()
    await desk.say(ana, "/human My bag is lost")
    assert "My bag is lost" in desk.card(olivia)["text"]


async def test_each_participant_has_a_topic_where_the_group_has_topics(
    desk: Desk, server: PreviewServer, ana: User, olivia: User, group: Place
) -> None:
    server.open_topics(group)
    bo = server.add_user("Bo", language_code="en", started=True)
    for user, text in ((ana, "My bag is lost"), (bo, "Where do I sleep?"), (ana, "It is red")):
        await desk.say(user, f"/human {text}")
    cards = [one for one in server.sent(group) if one.get("text", "").startswith("Question")]
    first, second, third = [card["message_thread_id"] for card in cards]
    assert first == third != second
    assert [name.strip("\u2068\u2069") for name in group.topics.values()] == ["Ana", "Bo"]
    await desk.say(olivia, "It is at the desk.", group, cards[0])
    assert desk.last(ana) == "It is at the desk."
    assert server.sent(group)[-1]["message_thread_id"] == first
    server.delete_topic(group, first)
    await desk.say(ana, "/human And my coat?")
    assert desk.card(group)["message_thread_id"] not in {first, second}


async def test_talk_in_a_topic_that_the_bot_made_is_not_asked_of_it(
    desk: Desk, server: PreviewServer, ana: User, olivia: User, group: Place
) -> None:
    server.open_topics(group)
    await desk.say(ana, "/human My bag is lost")
    opening = next(message for message in server.sent(group) if "forum_topic_created" in message)
    said = len(desk.texts(group))
    await desk.say(olivia, "Where is the library?", group, opening)
    assert len(desk.texts(group)) == said


async def test_the_pictures_of_an_album_come_under_one_line(
    desk: Desk, server: PreviewServer, ana: User, olivia: User, group: Place
) -> None:
    await desk.say(ana, "/human My bag is lost")
    album = {"media_group_id": "77", "reply_to_message": desk.card(group)}
    for _ in range(2):
        picture = photo(server.world.files, None, "")
        server.inject({"message": dict(server.world.post(group, olivia, {**picture, **album}))})
    await desk.bot.settle()
    header, *pictures = server.sent(ana)[-3:]
    assert "The organizers answer" in header["text"] and all(one["photo"] for one in pictures)
    assert len([text for text in desk.texts(group) if text.startswith("Passed on")]) == 1


async def test_an_answer_in_words_can_be_added_to_the_knowledge(
    desk: Desk, ana: User, olivia: User, group: Place
) -> None:
    await desk.say(ana, "/human My bag is lost")
    await desk.say(olivia, "It is at the desk.", group, desk.card(group))
    assert desk.with_button(group, "Add to the knowledge")["message_id"] == desk.card(group)["message_id"]
    assert (await kept(desk)).answer == "It is at the desk."
