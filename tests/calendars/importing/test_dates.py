"""Dates, as people type them; the course of these tests runs from 10 to 20 October 2016."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars.importing.clock_times import Cell
from bot.calendars.importing.dates import NotADateError, dates_of
from bot.knowledge.loader import load
from bot.knowledge.model import Programme
from tests.knowledge_folder import PROGRAMME, write_folder

THURSDAY = date(2016, 10, 13)


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    place: Path = tmp_path_factory.mktemp("dates")
    text = PROGRAMME.replace("2031-05-05", "2016-10-10").replace("2031-05-07", "2016-10-20")
    text = text.replace("[en, es]", "[en, es, ko, km, mn, fil, vi, fr]")
    return load(write_folder(place, programme=text, schedule="sessions: []")).programme


def words(found: list[date | NotADateError]) -> list[str]:
    return [str(each) for each in found]


@pytest.mark.parametrize(
    "cell",
    [
        "2016-10-13",
        "2016/10/13",
        "2016.10.13.",
        "20161013",
        "13/10/2016",
        "13.10.16",
        "10/13/2016",
        "13-10",
        "13 Oct 2016",
        "Thu 13 Oct",
        "Thursday, October 13th, 2016",
        "13 de octubre de 2016",
        "jeudi 13 oct. 2016",
        "Okt 13",
        "13 តុលា 2016",
        "2016년 10월 13일 (목)",
        "10월 13일",
        "2016-10-13 00:00:00",
        datetime(2016, 10, 13),
        42656,
        42656.0,
    ],
)
def test_a_date_is_read(programme: Programme, cell: Cell) -> None:
    assert dates_of([cell], programme) == [THURSDAY]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("31 Feb", "'31 Feb' is not a date"),
        ("2016-13-01", "'2016-13-01' is not a date"),
        ("tomorrow", "'tomorrow' is not a date"),
        ("Thursday", "'Thursday' is not a date"),
        ("13", "'13' is not a date"),
        ("13/10/6", "'13/10/6' is not a date"),
        ("Fri 13 Oct", "'Fri 13 Oct': 2016-10-13 is a Thursday"),
        ("", "no date"),
        (None, "no date"),
        (True, "'True' is not a date"),
    ],
)
def test_what_is_no_date_is_an_error(programme: Programme, cell: Cell, expected: str) -> None:
    (found,) = dates_of([cell], programme)
    assert isinstance(found, NotADateError)
    assert str(found).startswith(expected)


def test_one_clear_date_tells_how_the_others_are_written(programme: Programme) -> None:
    assert words(dates_of(["13/10/2016", "09/11/2016"], programme)) == ["2016-10-13", "2016-11-09"]
    assert words(dates_of(["10/13/2016", "11/09/2016"], programme)) == ["2016-10-13", "2016-11-09"]


def test_the_programmes_days_tell_how_dates_are_written(programme: Programme) -> None:
    assert words(dates_of(["10/11/2016", "10/12/2016"], programme)) == ["2016-10-11", "2016-10-12"]
    assert words(dates_of(["11/10/2016", "12/10/2016"], programme)) == ["2016-10-11", "2016-10-12"]


def test_a_date_that_may_be_two_is_an_error_and_no_guess(programme: Programme) -> None:
    first, second = dates_of(["10/11/2016", "11/10/2016"], programme)
    assert str(first).startswith("'10/11/2016' may be 2016-11-10 or 2016-10-11")
    assert isinstance(second, NotADateError)


def test_one_wrong_cell_does_not_spoil_the_others(programme: Programme) -> None:
    assert words(dates_of(["13/10/2016", "lunch", "14/10/2016"], programme))[::2] == [
        "2016-10-13",
        "2016-10-14",
    ]


@given(st.dates(date(1983, 1, 1), date(2060, 12, 31)))
def test_any_full_date_is_read_as_it_is_written(programme: Programme, day: date) -> None:
    clear: list[Cell] = [
        day.isoformat(),
        f"{day:%d %B %Y}",
        f"{day:%B %d, %Y}",
        f"{day:%a %d %b %Y}",
        (day - date(1899, 12, 30)).days,
    ]
    assert dates_of(clear, programme) == [day] * len(clear)


@given(st.dates(date(2016, 10, 10), date(2016, 10, 20)), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_a_column_in_either_order_is_read_right_or_not_at_all(
    programme: Programme, day: date, form: str
) -> None:
    days = [day, min(day + timedelta(1), date(2016, 10, 20))]
    for wanted, found in zip(days, dates_of([each.strftime(form) for each in days], programme), strict=True):
        assert found == wanted or isinstance(found, NotADateError)


@given(st.lists(st.text(max_size=30), max_size=5))
def test_any_text_is_a_date_or_an_error(programme: Programme, cells: list[str]) -> None:
    assert len(dates_of(cells, programme)) == len(cells)
