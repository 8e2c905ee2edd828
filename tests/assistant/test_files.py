"""Pictures and calendar files are offered where a plan is shown, and named, not made."""

from datetime import date

import pytest

from bot.assistant.assistant import Assistant
from bot.assistant.reply import Conversation, Made, MadeKind, Reply
from tests.assistant.conftest import TUESDAY

NEW = Conversation()
WEDNESDAY = date(2016, 10, 12)


def actions(reply: Reply) -> list[str]:
    return [button.action for row in reply.buttons for button in row]


def press(assistant: Assistant, action: str, conversation: Conversation = NEW) -> Reply:
    reply = assistant.press(action, conversation, TUESDAY)
    assert reply is not None
    return reply


def made(assistant: Assistant, kind: MadeKind, *about: date | str | None) -> Made:
    return Made(kind, "en", assistant.knowledge.revision, *about)  # type: ignore[arg-type]  # a day, then an id


def test_a_days_plan_offers_its_picture_and_its_calendar_file(assistant: Assistant) -> None:
    offered = actions(assistant.command("tomorrow", NEW, TUESDAY))
    assert {"picture:2016-10-12", "calendar:2016-10-12"} <= set(offered)


def test_the_whole_schedule_offers_both_of_everything(assistant: Assistant) -> None:
    assert {"picture:all", "calendar:all"} <= set(actions(assistant.command("schedule", NEW, TUESDAY)))


def test_a_session_offers_its_calendar_file(assistant: Assistant) -> None:
    assert "calendar:lecture-railways" in actions(press(assistant, "show:lecture-railways"))


def test_a_free_day_offers_no_files(assistant: Assistant) -> None:
    offered = actions(press(assistant, "day:2016-10-16"))
    assert not [action for action in offered if action.startswith(("picture", "calendar"))]


@pytest.mark.parametrize(
    ("action", "kind", "about"),
    [
        ("picture:2016-10-12", MadeKind.TIMETABLE, (WEDNESDAY,)),
        ("picture:all", MadeKind.TIMETABLE, ()),
        ("calendar:2016-10-12", MadeKind.CALENDAR, (WEDNESDAY,)),
        ("calendar:all", MadeKind.CALENDAR, ()),
        ("calendar:lecture-railways", MadeKind.CALENDAR, (None, "lecture-railways")),
    ],
)
def test_a_press_names_what_is_to_be_made(
    assistant: Assistant, action: str, kind: MadeKind, about: tuple[date | str | None, ...]
) -> None:
    reply = press(assistant, action)
    assert reply.made == made(assistant, kind, *about)
    assert reply.text


def test_it_is_made_in_the_language_of_the_conversation(assistant: Assistant) -> None:
    reply = press(assistant, "picture:2016-10-12", Conversation(language="ko"))
    assert reply.made is not None
    assert reply.made.language == "ko"
    assert "10월 12일" in reply.text


@pytest.mark.parametrize("verb", ["picture", "calendar"])
def test_of_a_day_that_has_become_free_the_plan_says_so(assistant: Assistant, verb: str) -> None:
    reply = press(assistant, f"{verb}:2016-10-16")
    assert reply.made is None
    assert "free day" in reply.text


@pytest.mark.parametrize(
    "action", ["picture:", "picture:lecture-railways", "calendar:gone", "calendar:2016-13-40"]
)
def test_a_file_of_nothing_is_told_apart(assistant: Assistant, action: str) -> None:
    assert assistant.press(action, NEW, TUESDAY) is None
