from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant.when.days import Calendar

weekdays = st.integers(0, 6)
calendars = st.builds(
    lambda today, starts, length, back: Calendar(
        today, time(9), starts, starts + timedelta(days=length), back
    ),
    st.dates(date(2030, 1, 1), date(2031, 12, 31)),
    st.dates(date(2030, 6, 1), date(2031, 6, 1)),
    st.integers(0, 40),
    st.booleans(),
)


def on(day: int, *, looks_back: bool = False) -> Calendar:
    """A day of October 2016, at a programme from Monday 10 to Thursday 20."""
    return Calendar(date(2016, 10, day), time(9), date(2016, 10, 10), date(2016, 10, 20), looks_back)


@given(calendars, weekdays)
def test_a_weekday_is_found_inside_the_programme_whenever_it_has_one(
    calendar: Calendar, weekday: int
) -> None:
    day = calendar.bare_weekday(weekday)
    length = (calendar.ends - calendar.starts).days + 1
    has_one = any((calendar.starts + timedelta(days=n)).weekday() == weekday for n in range(length))
    assert day.weekday() == weekday
    assert (calendar.starts <= day <= calendar.ends) or not has_one


@given(calendars, weekdays)
def test_last_lies_before_today_and_coming_after_it_by_a_week_at_most(
    calendar: Calendar, weekday: int
) -> None:
    last, coming = calendar.last_weekday(weekday), calendar.coming_weekday(weekday)
    assert last < calendar.today < coming
    assert last.weekday() == coming.weekday() == weekday
    assert coming - last in (timedelta(days=7), timedelta(days=14))


@given(calendars, weekdays)
def test_next_weekday_is_never_past(calendar: Calendar, weekday: int) -> None:
    assert calendar.next_weekday(weekday) > calendar.today


@given(calendars)
def test_a_week_runs_from_monday_to_sunday_around_today(calendar: Calendar) -> None:
    monday, sunday = calendar.week(0)
    assert monday.weekday() == 0
    assert sunday - monday == timedelta(days=6)
    assert monday <= calendar.today <= sunday


@pytest.mark.parametrize(("today", "meant"), [(10, 10), (11, 17), (17, 17), (18, 17), (3, 10), (30, 17)])
def test_monday_is_the_next_one_of_the_programme_else_the_nearest(today: int, meant: int) -> None:
    assert on(today).bare_weekday(0) == date(2016, 10, meant)


@pytest.mark.parametrize(("today", "meant"), [(14, 10), (18, 17), (10, 10), (5, 10)])
def test_looking_back_monday_is_the_last_one_of_the_programme(today: int, meant: int) -> None:
    assert on(today, looks_back=True).bare_weekday(0) == date(2016, 10, meant)


@pytest.mark.parametrize(("today", "weekday", "meant"), [(11, 3, 20), (11, 4, 14), (14, 0, 17), (16, 0, 17)])
def test_next_means_next_week_unless_only_this_week_is_in_the_programme(
    today: int, weekday: int, meant: int
) -> None:
    assert on(today).next_weekday(weekday) == date(2016, 10, meant)


@pytest.mark.parametrize(
    ("one", "two", "year", "meant"),
    [
        (14, 10, None, date(2016, 10, 14)),
        (10, 14, None, date(2016, 10, 14)),
        (10, 11, None, date(2016, 10, 11)),
        (10, 12, None, date(2016, 10, 12)),
        (9, 10, None, date(2016, 10, 9)),
        (24, 7, None, None),
        (1, 2, None, None),
        (24, 7, 2016, date(2016, 7, 24)),
        (31, 2, 2016, None),
        (13, 13, None, None),
    ],
)
def test_two_numbers_are_a_date_near_the_programme(
    one: int, two: int, year: int | None, meant: date | None
) -> None:
    assert on(12).numeric(one, two, year) == meant


def test_a_day_of_the_month_is_looked_for_in_the_programmes_months() -> None:
    over_new_year = Calendar(date(2016, 12, 29), time(9), date(2016, 12, 28), date(2017, 1, 5))
    assert over_new_year.day_of_month(2) == date(2017, 1, 2)
    assert over_new_year.day_of_month(30) == date(2016, 12, 30)
    assert over_new_year.day_of_month(32) is None
    assert over_new_year.month_day(1, 3, None) == date(2017, 1, 3)
    assert over_new_year.month_day(12, 31, None) == date(2016, 12, 31)


def test_a_day_that_the_programme_does_not_have_is_none() -> None:
    assert on(12).programme_day(11) == date(2016, 10, 20)
    assert on(12).programme_day(12) is None
    assert on(12).programme_day(0) is None
