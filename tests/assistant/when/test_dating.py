from dataclasses import replace
from datetime import date, time

import pytest

from bot.assistant.when.clock import Clock
from bot.assistant.when.dating import dated
from bot.assistant.when.days import Calendar
from bot.assistant.when.model import Kind, Part
from bot.assistant.when.pieces import Piece

CALENDAR = Calendar(date(2016, 10, 12), time(14), date(2016, 10, 10), date(2016, 10, 20))


def day_and_hours(piece: Piece, calendar: Calendar = CALENDAR) -> tuple[int, int, time | None, time | None]:
    when = dated(piece, 0, 5, calendar)
    return when.first.day, when.last.day, when.after, when.before


@pytest.mark.parametrize(
    ("part", "day"), [(Part.MORNING, 13), (Part.NOON, 13), (Part.AFTERNOON, 12), (Part.EVENING, 12)]
)
def test_a_part_that_is_over_is_tomorrows(part: Part, day: int) -> None:
    assert day_and_hours(Piece(part=part)) == (day, day, part.after, part.before)


@pytest.mark.parametrize(("part", "day"), [(Part.MORNING, 12), (Part.AFTERNOON, 12), (Part.EVENING, 11)])
def test_looking_back_a_part_that_is_to_come_is_yesterdays(part: Part, day: int) -> None:
    assert day_and_hours(Piece(part=part), replace(CALENDAR, looks_back=True))[0] == day


@pytest.mark.parametrize(("hour", "day"), [(13, 13), (14, 12), (15, 12)])
def test_a_time_that_is_over_is_tomorrows(hour: int, day: int) -> None:
    clock = Clock(hour, 0, open=False, after=True, before=True)
    assert day_and_hours(Piece(clock=clock)) == (day, day, time(hour), time(hour))


def test_a_weekday_beside_a_week_is_the_one_in_that_week() -> None:
    assert day_and_hours(Piece(weekday=2, days=CALENDAR.week(1)))[0] == 19
    assert day_and_hours(Piece(weekday=2, days=CALENDAR.weekend()))[0] == 12


def test_a_date_counts_more_than_the_weekday_beside_it() -> None:
    assert day_and_hours(Piece(day=date(2016, 10, 14), weekday=5))[0] == 14


def test_a_moment_stays_one_only_on_the_day_of_asking() -> None:
    assert dated(Piece(kind=Kind.NEXT, day=date(2016, 10, 12)), 0, 5, CALENDAR).kind is Kind.NEXT
    assert dated(Piece(kind=Kind.NEXT, day=date(2016, 10, 13)), 0, 5, CALENDAR).kind is Kind.DAY
    assert dated(Piece(kind=Kind.NOW, part=Part.EVENING), 0, 5, CALENDAR).part is Part.EVENING


def test_several_days_are_told_from_one() -> None:
    assert dated(Piece(days=CALENDAR.week(0)), 0, 5, CALENDAR).kind is Kind.DAYS
    assert dated(Piece(day=CALENDAR.today), 0, 5, CALENDAR).kind is Kind.DAY
