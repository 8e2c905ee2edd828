"""What to expect of a question that is passed on to people."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from bot.assistant.office import office_line
from bot.knowledge.loader import load
from bot.knowledge.model import Office, Programme
from bot.locales import words_in
from tests.knowledge_folder import PROGRAMME, write_folder

MONDAY = date(2031, 5, 5)
LISBON = ZoneInfo("Europe/Lisbon")
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    text = f"""{PROGRAMME}
office:
  hours:
    - {{days: [{", ".join(WEEKDAYS)}], from: 9:00, until: 12:00}}
    - {{days: [{", ".join(WEEKDAYS)}], from: 13:00, until: 18:00}}
  answers_within: 45
"""
    return load(write_folder(tmp_path_factory.mktemp("office"), programme=text)).programme


@pytest.mark.parametrize(
    ("day", "time", "line"),
    [
        (5, "09:00", "They usually answer within 45 minutes."),
        (5, "17:59", "They usually answer within 45 minutes."),
        (5, "08:59", "Nobody is there now: they answer from 09:00 today."),
        (5, "12:00", "Nobody is there now: they answer from 13:00 today."),
        (5, "18:00", "Nobody is there now: they answer from 09:00 on Tuesday, May 6."),
        (9, "18:00", "Nobody is there now: they answer from 09:00 on Monday, May 12."),
        (10, "10:00", "Nobody is there now: they answer from 09:00 on Monday, May 12."),
    ],
)
def test_it_says_how_long_it_takes_or_when_somebody_is_there(
    programme: Programme, day: int, time: str, line: str
) -> None:
    moment = datetime.fromisoformat(f"2031-05-{day:02}T{time}").replace(tzinfo=LISBON)
    assert office_line(programme, moment, words_in("en")) == line


def test_the_hours_are_those_of_the_programmes_time_zone(programme: Programme) -> None:
    moment = datetime.combine(MONDAY, datetime.min.time(), ZoneInfo("America/Lima"))  # 06:00 in Lisbon
    assert "09:00 today" in office_line(programme, moment, words_in("en"))


def test_a_programme_that_says_nothing_promises_nothing(programme: Programme) -> None:
    silent = programme.model_copy(update={"office": None})
    assert office_line(silent, datetime.now(LISBON), words_in("en")) == ""


def test_one_day_a_week_is_found_again_a_week_later(programme: Programme) -> None:
    office = Office.model_validate({"hours": [{"days": ["mon"], "from": "9:00", "until": "10:00"}]})
    moment = datetime.fromisoformat("2031-05-05T10:00").replace(tzinfo=LISBON)
    line = office_line(programme.model_copy(update={"office": office}), moment, words_in("en"))
    assert "Monday, May 12" in line


def test_hours_that_end_before_they_start_are_refused() -> None:
    with pytest.raises(ValidationError, match="not after the start"):
        Office.model_validate({"hours": [{"from": "9:00", "until": "8:00"}]})
