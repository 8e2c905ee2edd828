"""In groups the bot speaks only when it is meant."""

import pytest

from bot.assistant.reply import Conversation
from bot.chat.turn import remembered_in
from bot.preview.server import PreviewServer
from bot.preview.world import Chat as Group
from bot.preview.world import User
from tests.chat.conftest import Bot


@pytest.fixture
def group(server: PreviewServer, ana: User) -> Group:
    return server.add_group("Team", [ana], privacy=False)


@pytest.mark.parametrize(
    "text",
    [
        "@preview_bot where is the library?",
        "Where is the library, @Preview_Bot?",
        "😀😀 @preview_bot where is the library?",
        "/library@preview_bot",
    ],
)
async def test_a_mention_is_answered_as_a_reply(
    bot: Bot, server: PreviewServer, ana: User, group: Group, text: str
) -> None:
    question = await server.say(ana, text, group)
    await bot.settle()
    [answer] = server.sent(group)
    assert "210" in answer["text"]
    assert answer["reply_to_message"]["message_id"] == question["message_id"]


@pytest.mark.parametrize(
    "text",
    [
        "Where is the library?",
        "@other_bot where is the library?",
        "me@preview_bot.com where is the library?",
        "/library",
        "/today@other_bot",
    ],
)
async def test_talk_among_people_is_left_alone(
    bot: Bot, server: PreviewServer, ana: User, group: Group, text: str
) -> None:
    await server.say(ana, text, group)
    await server.send_sticker(ana, group)
    await bot.settle()
    assert server.sent(group) == []


async def test_a_reply_to_the_bot_is_meant_for_it(
    bot: Bot, server: PreviewServer, ana: User, group: Group
) -> None:
    await server.say(ana, "/today@preview_bot", group)
    await bot.settle()
    [plan] = server.sent(group)
    await server.say(ana, "Where is the library?", group, reply_to=plan)
    await bot.settle()
    assert "210" in server.sent(group)[-1]["text"]


@pytest.mark.parametrize("text", ["/today", "/today@preview_bot", "/today@PREVIEW_BOT now"])
async def test_its_commands_are_answered(
    bot: Bot, server: PreviewServer, ana: User, group: Group, text: str
) -> None:
    await server.say(ana, text, group)
    await bot.settle()
    assert "Opening" in server.sent(group)[-1]["text"]


async def test_the_name_alone_shows_what_the_bot_can_do(
    bot: Bot, server: PreviewServer, ana: User, group: Group
) -> None:
    await server.say(ana, "@preview_bot", group)
    await bot.settle()
    assert "front desk" in server.sent(group)[-1]["text"]


async def test_only_the_first_part_of_an_answer_is_a_reply(
    bot: Bot, server: PreviewServer, ana: User, group: Group
) -> None:
    await server.say(ana, "@preview_bot what are the house rules?", group)
    await bot.settle()
    assert ["reply_to_message" in message for message in server.sent(group)] == [True, False]


async def test_an_answer_goes_into_the_topic_of_its_question(
    bot: Bot, server: PreviewServer, ana: User, group: Group
) -> None:
    server.inject(
        {
            "message": {
                "message_id": 900,
                "date": 1,
                "chat": {"id": group.id, "type": "supergroup", "is_forum": True},
                "from": {"id": ana.id, "is_bot": False, "first_name": "Ana"},
                "is_topic_message": True,
                "message_thread_id": 17,
                "text": "/today",
            }
        }
    )
    await bot.settle()
    assert server.ledger[-1].params["message_thread_id"] in {17, "17"}


async def test_the_bot_answers_no_other_bot(bot: Bot, server: PreviewServer, group: Group) -> None:
    server.inject(
        {
            "message": {
                "message_id": 900,
                "date": 1,
                "chat": {"id": group.id, "type": "supergroup"},
                "from": {"id": 5, "is_bot": True, "first_name": "Robot"},
                "text": "/today@preview_bot",
            }
        }
    )
    await bot.settle()
    assert server.sent(group) == []


async def test_an_anonymous_admin_is_a_person(bot: Bot, server: PreviewServer, group: Group) -> None:
    chat = {"id": group.id, "type": "supergroup", "title": "Team"}
    sender = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    message = {
        "message_id": 900,
        "date": 1,
        "chat": chat,
        "from": sender,
        "sender_chat": chat,
        "text": "/today",
    }
    server.inject({"message": message})
    await bot.settle()
    assert len(server.sent(group)) == 1


async def test_a_group_that_moves_keeps_its_conversation(bot: Bot, server: PreviewServer, ana: User) -> None:
    group = server.add_group("Team", [ana], privacy=False, basic=True)
    await server.say(ana, "/language", group)
    await bot.settle()
    await server.press(server.sent(group)[-1], "Español", user=ana)
    await bot.settle()
    moved = server.migrate(group)
    await bot.settle()
    there = await bot.database.read(lambda connection: remembered_in(connection, moved.id))
    assert there.language == "es"
    here = await bot.database.read(lambda connection: remembered_in(connection, group.id))
    assert here == Conversation()


async def test_a_forwarded_command_is_somebody_elses(
    bot: Bot, server: PreviewServer, ana: User, group: Group
) -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Eve"}
    message = {
        "message_id": 900,
        "date": 1,
        "chat": {"id": group.id, "type": "supergroup"},
        "from": {"id": ana.id, "is_bot": False, "first_name": "Ana"},
        "text": "/today",
    }
    server.inject({"message": {**message, "forward_origin": origin}})
    await bot.settle()
    assert server.sent(group) == []
