"""Buses that leave for a session go along when it moves, on the same day."""

from datetime import date, time
from pathlib import Path

import pytest

from bot.chat.staff.session_buses import along, as_before, moved, question
from bot.chat.staff.session_naming import Times
from bot.knowledge.loader import load
from bot.knowledge.model import Session
from bot.locales import words_in
from tests.knowledge_folder import SCHEDULE, write_folder

TWO = SCHEDULE.replace(
    "buses: [{site: hall, at: 13:15}]", "buses: [{site: hall, at: 13:15}, {site: hall, at: 13:45}]"
)
DAY = date(2031, 5, 6)


@pytest.fixture
def visit(tmp_path: Path) -> Session:
    return load(write_folder(tmp_path, schedule=TWO)).sessions["port-visit"]


@pytest.mark.parametrize(
    ("start", "buses"),
    [
        (time(15, 30), (time(14, 45), time(15, 15))),
        (time(9, 0), (time(8, 15), time(8, 45))),
        (time(14, 0), (time(13, 15), time(13, 45))),
        (time(0, 30), (time(13, 15), time(13, 45))),  # the first would leave the day before
    ],
)
def test_buses_leave_as_much_earlier_or_later(visit: Session, start: time, buses: tuple[time, ...]) -> None:
    assert along(visit, Times(DAY, start, time(23, 0))) == buses


def test_only_what_changes_is_written(visit: Session) -> None:
    times = Times(date(2031, 5, 7), time(15), time(17))
    files = moved({"schedule.yaml": TWO.encode()}, visit, times, along(visit, times))
    assert files["schedule.yaml"].decode() == TWO.replace("2031-05-06", "2031-05-07").replace(
        "start: 14:00", "start: 15:00"
    ).replace("end: 16:00", "end: 17:00").replace("at: 13:15", "at: 14:15").replace("at: 13:45", "at: 14:45")


def test_buses_may_stay(visit: Session) -> None:
    files = moved({"schedule.yaml": TWO.encode()}, visit, Times(DAY, time(15), time(16)), as_before(visit))
    assert files["schedule.yaml"].decode() == TWO.replace("start: 14:00", "start: 15:00")


def test_the_question_names_all_buses_but_not_the_old_time(visit: Session) -> None:
    text, go_along, stay = question("Visit", visit, Times(DAY, time(15), time(17)), words_in("en"))
    assert text == (
        "“Visit” is to be on Tue 6 at 15:00. Its buses leave at 13:15 and 13:45. "
        "Should they leave at 14:15 and 14:45 then?"
    )
    assert (go_along, stay) == ("At 14:15 and 14:45", "At 13:15 and 13:45 as before")


def test_a_button_carries_the_times() -> None:
    times = Times(DAY, time(9, 5), time(23, 59))
    assert str(times) == "2031050609052359"
    assert Times.of(str(times)) == times
