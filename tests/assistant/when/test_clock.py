from datetime import time

import pytest

from bot.assistant.when.clock import read_clock
from bot.assistant.when.model import Part


@pytest.mark.parametrize(
    ("text", "part", "meant"),
    [
        ("15:00", None, time(15)),
        ("3 pm", None, time(15)),
        ("3 p.m.", Part.MORNING, time(15)),
        ("12 am", None, time(0)),
        ("12 pm", None, time(12)),
        ("15h", None, time(15)),
        ("15h30", None, time(15, 30)),
        ("9:30", None, time(9, 30)),
        ("9:30", Part.EVENING, time(21, 30)),
        ("3:30", None, time(15, 30)),
        ("03:30", None, time(3, 30)),
        ("3:30", Part.MORNING, time(3, 30)),
        ("6", None, time(6)),
        ("0:15", Part.NIGHT, time(0, 15)),
    ],
)
def test_a_time_is_read_with_the_part_of_the_day_beside_it(text: str, part: Part | None, meant: time) -> None:
    clock = read_clock({"time": text})
    assert clock is not None
    assert clock.time(part) == meant


def test_an_hour_and_minutes_make_a_time() -> None:
    clock = read_clock({"hour": 8, "minute": 45}, before=False)
    assert clock is not None
    assert (clock.time(None), clock.after, clock.before) == (time(8, 45), True, False)


@pytest.mark.parametrize("text", ["24:00", "25", "13 pm", "0 am"])
def test_what_no_clock_shows_is_no_time(text: str) -> None:
    assert read_clock({"time": text}) is None
