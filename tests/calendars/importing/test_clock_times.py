"""Times of day, as people type them."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars.importing.clock_times import Cell, time_of, times_of


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("9:30", time(9, 30)),
        (" 09.30 ", time(9, 30)),
        ("9h30", time(9, 30)),
        ("14h", time(14)),
        ("0930", time(9, 30)),
        ("9:30 AM", time(9, 30)),
        ("9:30:00 AM", time(9, 30)),
        ("9:30 p. m.", time(21, 30)),
        ("2pm", time(14)),
        ("12:00 am", time(0)),
        ("12 pm", time(12)),
        ("오후 2:00", time(14)),
        ("오전 9:30:00", time(9, 30)),
        ("14시 30분", time(14, 30)),
        (time(9, 5, 59), time(9, 5)),
        (datetime(2016, 10, 13, 9, 5), time(9, 5)),
        (timedelta(hours=10), time(10)),
        (0.395833333333, time(9, 30)),
    ],
)
def test_a_time_is_read(cell: Cell, expected: time) -> None:
    assert time_of(cell) == expected


@pytest.mark.parametrize(
    "cell", ["9", 9, 9.3, "25:00", "9:75", "9:", "9:5", "13 pm", "noon", "10:00–11:00", "", None, True]
)
def test_what_is_no_time_or_may_be_several_is_an_error(cell: Cell) -> None:
    with pytest.raises(ValueError, match="time"):
        time_of(cell)


@given(st.times())
def test_any_time_is_read_as_it_is_written(moment: time) -> None:
    for pattern in ("%H:%M", "%H.%M", "%I:%M %p", "%H:%M:%S", "%H%M"):
        assert time_of(moment.strftime(pattern)) == moment.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("09:00–10:30", time(9), time(10, 30)),
        ("9:00 ~ 10:30", time(9), time(10, 30)),
        ("9.00 to 10.30", time(9), time(10, 30)),
        ("2:00-4:00 pm", time(14), time(16)),
        ("11:00–1:00 pm", time(11), time(13)),
        ("10 - 11 am", time(10), time(11)),
    ],
)
def test_a_start_and_an_end_in_one_cell(cell: str, start: time, end: time) -> None:
    assert times_of(cell) == (start, end)


@pytest.mark.parametrize("cell", ["9:00", "9-10", "9:00–10:00–11:00", "", None])
def test_a_cell_with_less_or_more_than_two_times_is_an_error(cell: Cell) -> None:
    with pytest.raises(ValueError, match=r"time|start and an end"):
        times_of(cell)
