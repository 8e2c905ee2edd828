"""Rows of a table become sessions; what is wrong is said by row, and odd readings are told."""

import re
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars.importing.clock_times import Cell
from bot.knowledge.model import Programme
from tests.calendars.importing.reading import drafted, read_rows

HEAD = ("Title", "Date", "Start", "End", "Place")
MONDAY, TUESDAY = date(2031, 5, 5), date(2031, 5, 6)
GOOD = ("Housing", "2031-05-05", "9:00", "10:30", "Town hall")


def test_a_row_is_a_session(programme: Programme) -> None:
    source = read_rows(programme, HEAD, GOOD)
    assert drafted(source) == [("Housing", MONDAY, "09:00", "10:30")]
    assert (source.drafts[0].location, source.drafts[0].place) == ("Town hall", "row 2")
    assert (source.errors, source.notes) == ([], [])


def test_headings_may_stand_lower_and_empty_rows_between(programme: Programme) -> None:
    source = read_rows(programme, ("Schedule 2031",), (), HEAD, (), GOOD, ("", None))
    assert [draft.place for draft in source.drafts] == ["row 5"]


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (("Housing", "2031-05-05", "10:00", "9:00"), "end 09:00 is before start 10:00"),
        (("Housing", "2031-05-05", "10:00", "10:00"), "end 10:00 is the same as start 10:00"),
        (
            ("Housing", "2031-05-32", "9:00", "10:00"),
            "'2031-05-32' is not a date (write year-month-day, such as 2016-10-13)",
        ),
        (("Housing", "", "9:00", "10:00"), "no date"),
        (
            ("Housing", "2031-05-05", "25:00", "10:00"),
            "start: '25:00' is not a time (write hours:minutes, such as 14:00)",
        ),
        (("Housing", "2031-05-05", "9:00", ""), "end: no time"),
        (("", "2031-05-05", "9:00", "10:00"), "no title"),
        (("#REF!", "2031-05-05", "9:00", "10:00"), "title is '#REF!', an error of the spreadsheet"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(programme: Programme, row: tuple[str, ...], error: str) -> None:
    source = read_rows(programme, HEAD, row)
    assert source.errors == [f"plan.csv: row 2: {error}"]
    assert source.drafts == []


def test_everything_wrong_is_said_at_once(programme: Programme) -> None:
    source = read_rows(programme, HEAD, ("", "x", "9:00", "y"), GOOD, ("A", "2031-05-05", "9:00", "8:00"))
    assert [error.split(": ")[1] for error in source.errors] == ["row 2", "row 2", "row 2", "row 4"]


@pytest.mark.parametrize("head", [("Title", "Date", "Start"), ("Title", "When"), ("One", "Two"), ()])
def test_a_table_without_the_needed_headings_is_an_error(programme: Programme, head: tuple[str, ...]) -> None:
    source = read_rows(programme, head, ("Housing", "2031-05-05", "9:00"))
    assert source.errors == ["plan.csv: the columns must have headings: title, date, start and end"]


def test_start_and_end_may_share_a_column(programme: Programme) -> None:
    source = read_rows(programme, ("Date", "Time", "Title"), ("5 May", "2:00–4:00 pm", "Visit"))
    assert drafted(source) == [("Visit", MONDAY, "14:00", "16:00")]


def test_the_date_may_stand_with_the_time(programme: Programme) -> None:
    head = ("Title", "Start", "End")
    texts = ("Visit", "2031-05-05 14:00", "2031-05-05 16:00")
    cells = ("Visit", datetime(2031, 5, 5, 14), datetime(2031, 5, 5, 16))
    for row in (texts, cells):
        assert drafted(read_rows(programme, head, row)) == [("Visit", MONDAY, "14:00", "16:00")]


def test_a_date_counts_for_the_rows_below_and_that_is_said(programme: Programme) -> None:
    source = read_rows(
        programme, HEAD, GOOD, ("Water", None, "11:00", "12:00"), ("Rail", "2031-05-06", "9:00", "10:00")
    )
    assert [draft.date for draft in source.drafts] == [MONDAY, MONDAY, TUESDAY]
    assert source.notes == ["plan.csv: rows without a date are on the date above them: 3"]


def test_the_columns_of_outlooks_export_are_understood(programme: Programme) -> None:
    head = (
        "Subject",
        "Start Date",
        "Start Time",
        "End Date",
        "End Time",
        "All day event",
        "Location",
        "Categories",
    )
    source = read_rows(
        programme,
        head,
        ("Housing", "5/5/2031", "9:00:00 AM", "5/5/2031", "10:30:00 AM", "False", "Town hall", "Lecture"),
        ("Concert", "5/6/2031", "10:00:00 PM", "5/7/2031", "1:00:00 AM", "False", "", ""),
        ("Excursion", "5/7/2031", "12:00:00 AM", "5/8/2031", "12:00:00 AM", "True", "", ""),
    )
    assert drafted(source) == [
        ("Housing", MONDAY, "09:00", "10:30"),
        ("Concert", TUESDAY, "22:00", "23:59"),
        ("Concert", date(2031, 5, 7), "00:00", "01:00"),
        ("Excursion", date(2031, 5, 7), "00:00", "23:59"),
    ]
    assert source.notes == [
        "plan.csv: row 3: 'Concert' goes past midnight: read as two sessions, until 23:59 and from 00:00",
        "plan.csv: row 4: 'Excursion' takes the whole day: read as 00:00 to 23:59 on each",
    ]


def test_a_session_of_several_days_is_an_error(programme: Programme) -> None:
    head = ("Title", "Start date", "Start", "End date", "End")
    source = read_rows(programme, head, ("Fair", "2031-05-05", "9:00", "2031-05-07", "17:00"))
    assert source.errors == [
        "plan.csv: row 2: lasts until 2031-05-07 17:00: "
        "a session lies within one day (write one for each day)"
    ]


def test_a_line_over_the_whole_table_is_no_session(programme: Programme) -> None:
    source = read_rows(programme, HEAD, ("Day 1",) * 5, GOOD)
    assert len(source.drafts) == 1
    assert source.notes == ["plan.csv: row 2: 'Day 1' is a line over the whole table, and is not read"]


def test_a_column_that_is_not_known_is_named(programme: Programme) -> None:
    source = read_rows(programme, (*HEAD, "Speaker"), (*GOOD, "Dr Kim"))
    assert source.notes == ["plan.csv: the column 'Speaker' is not read"]


def test_cells_of_a_spreadsheet_are_read_as_what_they_are(programme: Programme) -> None:
    head = (*HEAD, "Room", "Optional", "ID")
    row = ("Housing", datetime(2031, 5, 5), time(9), 0.4375, None, 301.0, True, "housing")
    draft = read_rows(programme, head, row).drafts[0]
    assert (draft.room, draft.optional, draft.id) == ("301", True, "housing")
    assert f"{draft.end:%H:%M}" == "10:30"


CELLS = st.one_of(st.none(), st.text(max_size=12), st.floats(), st.datetimes(), st.times())


@given(st.lists(st.lists(CELLS, max_size=5), max_size=4))
def test_every_row_becomes_a_session_or_is_named(programme: Programme, rows: list[list[Cell]]) -> None:
    source = read_rows(programme, HEAD, *rows)
    said = "\n".join([*source.errors, *source.notes, *(draft.place for draft in source.drafts)])
    assert {f"row {number}" for number, row in enumerate(rows, 2) if any(row)} <= set(
        re.findall(r"row \d+", said)
    )
