"""Plans of days, and which days are free."""

from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.assistant.assistant import Assistant
from bot.assistant.days import day_reply, days_left, free_days_reply, schedule_reply
from bot.assistant.reader import Reader
from bot.assistant.reply import Conversation
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from tests.assistant.conftest import SEOUL, TUESDAY
from tests.knowledge_folder import SCHEDULE, write_folder

LISBON = ZoneInfo("Europe/Lisbon")


def of_two_groups(place: Path) -> Knowledge:
    """The opening is for A, the visit for B; the bus of the first day brings A only."""
    schedule = SCHEDULE.replace("    kind: ceremony\n", "    kind: ceremony\n    groups: [A]\n")
    return load(
        write_folder(
            place, schedule=schedule.replace("    kind: visit\n", "    kind: visit\n    groups: [B]\n")
        )
    )


def test_the_free_days_to_come_are_listed_with_suggestions(assistant: Assistant) -> None:
    reply = free_days_reply(Reader.of(assistant.knowledge, "en", TUESDAY))
    assert "**Sunday, October 16**" in reply.text
    assert [button.action for row in reply.buttons for button in row] == ["show:free-time", "day:2016-10-16"]


def test_after_the_last_free_day_the_past_ones_are_listed(assistant: Assistant) -> None:
    reply = free_days_reply(Reader.of(assistant.knowledge, "en", datetime(2016, 10, 18, 9, tzinfo=SEOUL)))
    assert "October 16" in reply.text


def test_a_programme_without_a_free_day_says_so(tmp_path: Path) -> None:
    third = SCHEDULE[SCHEDULE.index("  - id: opening") : SCHEDULE.index("  - id: port-visit")]
    third = third.replace("id: opening", "id: goodbye").replace("2031-05-05", "2031-05-07")
    schedule = SCHEDULE.replace("shuttles:", f"{third}shuttles:")
    knowledge = load(write_folder(tmp_path, schedule=schedule))
    assert (
        "no free day" in free_days_reply(Reader.of(knowledge, "en", datetime(2031, 5, 5, tzinfo=LISBON))).text
    )


def test_a_day_with_sessions_of_other_groups_only_is_free(tmp_path: Path) -> None:
    knowledge, moment = of_two_groups(tmp_path), datetime(2031, 5, 5, 8, tzinfo=LISBON)
    first, second = date(2031, 5, 5), date(2031, 5, 6)
    a, b = (Reader.of(knowledge, "en", moment, [group]) for group in "AB")
    assert "Opening" in day_reply(first, a).text
    assert "free day" in day_reply(second, a).text
    assert "free day" in day_reply(first, b).text
    assert "Visit to the port" in day_reply(second, b).text


def test_the_whole_schedule_shows_what_concerns_the_reader(tmp_path: Path) -> None:
    knowledge, moment = of_two_groups(tmp_path), datetime(2031, 5, 5, 8, tzinfo=LISBON)
    shown = {
        group: schedule_reply(Reader.of(knowledge, "en", moment, [group] if group else [])).text
        for group in ("A", "B", "")
    }
    assert ("Opening" in shown["A"], "port" in shown["A"]) == (True, False)
    assert ("Opening" in shown["B"], "port" in shown["B"]) == (False, True)
    assert ("Opening" in shown[""], "port" in shown[""]) == (True, True)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2016, 10, 5), "The programme begins in 5 days."),
        (date(2016, 10, 12), "8 days are left after today."),
        (date(2016, 10, 19), "One day is left after today."),
        (date(2016, 10, 20), "Today is the last day."),
        (date(2016, 10, 21), None),
    ],
)
def test_the_days_until_the_programme_begins_or_ends_are_counted(
    assistant: Assistant, day: date, expected: str | None
) -> None:
    noon = datetime.combine(day, time(12), SEOUL)
    assert days_left(Reader.of(assistant.knowledge, "en", noon)) == expected


def test_the_dates_of_the_programme_come_with_its_entry_if_there_is_one(
    assistant: Assistant, tmp_path: Path
) -> None:
    reply = assistant.ask("when does the course end?", Conversation(), TUESDAY)
    assert reply.id == "program-dates"
    assert "9 days are left" in reply.text
    harbour = Assistant(load(write_folder(tmp_path)))
    reply = harbour.ask("when does the course end?", Conversation(), datetime(2031, 5, 5, 8, tzinfo=LISBON))
    assert reply.id == "schedule"
    assert "Wednesday, May 7" in reply.text
    assert "2 days are left" in reply.text


@pytest.mark.parametrize(
    ("hour", "left"),
    [(17, False), (18, True)],  # the last bus leaves at 17:15
)
def test_who_asks_for_a_bus_after_the_last_one_hears_so_and_what_to_do(
    assistant: Assistant, hour: int, left: bool
) -> None:
    evening = datetime(2016, 10, 12, hour, tzinfo=SEOUL)
    reply = assistant.ask("what time is the bus today?", Conversation(), evening)
    assert ("All buses of this day have left." in reply.text) is left
    assert ("show:missed-bus" in [button.action for row in reply.buttons for button in row]) is left
    tomorrow = assistant.ask("what time is the bus tomorrow?", Conversation(), evening)
    assert "have left" not in tomorrow.text


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("what do we have on thursday and friday?", ["October 13", "October 14"]),
        ("what should I wear tomorrow and on Monday?", ["October 13", "October 17"]),
        ("¿qué hay el jueves y el viernes?", ["13 de octubre", "14 de octubre"]),
    ],
)
def test_each_of_several_days_is_told(assistant: Assistant, question: str, days: list[str]) -> None:
    reply = assistant.ask(question, Conversation(), datetime(2016, 10, 12, 9, tzinfo=SEOUL))
    assert [day in reply.text for day in days] == [True] * len(days)
