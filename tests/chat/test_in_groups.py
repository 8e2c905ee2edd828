"""In groups answers are short, and said once."""

from datetime import timedelta

import pytest

from bot.assistant.reply import Button, Conversation, Kind, Place, Reply
from bot.chat.in_groups import LONGEST, brief
from bot.locales import words_in
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import Chat as Group
from bot.preview.world import User
from tests.chat.conftest import Bot

WORDS = words_in("en")


@pytest.fixture
def bo(server: PreviewServer) -> User:
    return server.add_user("Bo", language_code="en", started=True)


@pytest.fixture
def group(server: PreviewServer, ana: User, bo: User) -> Group:
    return server.add_group("Team", [ana, bo], privacy=False)


async def ask(bot: Bot, server: PreviewServer, user: User, group: Group, text: str) -> None:
    await server.say(user, f"@preview_bot {text}", group)
    await bot.settle()


def reply_of(text: str, *, topic: str = "library", kind: Kind = Kind.ANSWER) -> Reply:
    conversation = Conversation(topics=(f"{topic}/answer",))
    buttons = ((Button("Other", "show:other"),),)
    return Reply(kind, topic, text, buttons=buttons, conversation=conversation)


def test_a_long_answer_is_cut_after_a_paragraph_and_leads_to_the_private_chat() -> None:
    first, second = "A" * (LONGEST - 50), "B" * 100
    short = brief(reply_of(f"{first}\n\n{second}"), "demo_bot", WORDS)
    assert short.text == first
    [[button]] = short.buttons
    assert button.url == "https://t.me/demo_bot?start=show-library"


def test_a_first_paragraph_stays_whole() -> None:
    text = "A" * (2 * LONGEST)
    assert brief(reply_of(text), "demo_bot", WORDS).text == text


def test_a_plan_leads_to_its_day() -> None:
    conversation = Conversation(topics=("schedule/plan/2031-05-05",))
    place = Place("Port", "Quay 1", 1.0, 2.0)
    plan = Reply(Kind.ANSWER, "schedule", "Opening", place=place, conversation=conversation)
    short = brief(plan, "demo_bot", WORDS)
    assert short.place is None
    assert short.buttons[0][0].url == "https://t.me/demo_bot?start=day-2031-05-05"


def test_an_answer_that_is_short_anyway_has_no_button() -> None:
    assert brief(Reply(Kind.ANSWER, "library", "Room 210."), "demo_bot", WORDS).buttons == ()


def test_what_the_bot_does_not_know_leads_to_the_private_chat_itself() -> None:
    short = brief(reply_of("Sorry.", kind=Kind.UNKNOWN), "demo_bot", WORDS)
    assert short.buttons[0][0].url == "https://t.me/demo_bot"


@pytest.mark.parametrize("kind", [Kind.SUGGESTIONS, Kind.ANSWER])
def test_menus_and_choices_keep_their_buttons(kind: Kind) -> None:
    menu = reply_of("Which one?", topic="smalltalk", kind=kind)
    assert brief(menu, "demo_bot", WORDS) == menu


async def test_the_same_question_soon_after_points_at_the_first_answer(
    bot: Bot, server: PreviewServer, ana: User, bo: User, group: Group
) -> None:
    await ask(bot, server, ana, group, "where is the library?")
    await ask(bot, server, bo, group, "which floor is the library on?")
    answer, hint = server.sent(group)
    assert hint["text"] == "Bo, this was answered a moment ago: see above."
    assert hint["reply_to_message"]["message_id"] == answer["message_id"]


async def test_after_a_while_it_is_answered_again(
    bot: Bot, server: PreviewServer, ana: User, group: Group, clock: SettableClock
) -> None:
    await ask(bot, server, ana, group, "where is the library?")
    clock.advance(timedelta(minutes=11))
    await ask(bot, server, ana, group, "where is the library?")
    assert ["210" in message["text"] for message in server.sent(group)] == [True, True]


async def test_another_question_is_answered_and_so_is_the_same_in_private(
    bot: Bot, server: PreviewServer, ana: User, group: Group
) -> None:
    await ask(bot, server, ana, group, "where is the library?")
    await ask(bot, server, ana, group, "when does the library open?")
    assert "nine" in server.sent(group)[-1]["text"]
    for _ in range(2):
        await server.say(ana, "Where is the library?")
        await bot.settle()
        assert "210" in server.sent(ana)[-1]["text"]
