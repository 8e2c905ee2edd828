"""From one moment to another: within one day, past midnight, or several days."""

from datetime import date, datetime, time

import pytest

from bot.calendars.importing.spans import Part, odd_reading, parts_of, whole_days

DAY, NEXT = date(2031, 5, 5), date(2031, 5, 6)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute))


def test_within_a_day_it_is_one_part() -> None:
    parts = parts_of(at(9), at(10, 30))
    assert parts == [Part(DAY, time(9), time(10, 30))]
    assert odd_reading(parts) is None


def test_past_midnight_it_is_two_parts_and_is_said() -> None:
    parts = parts_of(at(22), at(1, 30, NEXT))
    assert parts == [Part(DAY, time(22), time(23, 59)), Part(NEXT, time(0), time(1, 30))]
    assert odd_reading(parts) == "goes past midnight: read as two sessions, until 23:59 and from 00:00"


def test_what_ends_at_midnight_ends_a_minute_before() -> None:
    assert parts_of(at(22), at(0, 0, NEXT)) == [Part(DAY, time(22), time(23, 59))]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (at(10), at(9), "end 09:00 is before start 10:00"),
        (at(10), at(10), "end 10:00 is the same as start 10:00"),
        (at(10, 0, NEXT), at(9), "end 2031-05-05 09:00 is before start 10:00"),
        (at(10), at(11, 0, NEXT), "lasts until 2031-05-06 11:00: a session lies within one day"),
    ],
)
def test_what_cannot_be_is_an_error(start: datetime, end: datetime, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parts_of(start, end)


def test_whole_days_are_one_part_each() -> None:
    parts = whole_days(DAY, NEXT)
    assert parts == [Part(day, time(0), time(23, 59)) for day in (DAY, NEXT)]
    assert odd_reading(parts) == "takes 2 whole days: read as 00:00 to 23:59 on each"


@pytest.mark.parametrize(("first", "last"), [(NEXT, DAY), (DAY, date(2032, 5, 5))])
def test_too_many_days_or_none_are_an_error(first: date, last: date) -> None:
    with pytest.raises(ValueError, match="can be read"):
        whole_days(first, last)
