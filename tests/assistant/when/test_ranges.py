"""A first and a last day made one, from any two pieces that name days."""

from datetime import date, time

import pytest

from bot.assistant.when.clock import Clock
from bot.assistant.when.days import Calendar, Days
from bot.assistant.when.model import Kind, Part
from bot.assistant.when.phrases import MENTION, Writing, compile_ranges
from bot.assistant.when.pieces import Piece
from bot.assistant.when.ranges import days_between, find_range, names_days
from bot.assistant.when.text import read

CALENDAR = Calendar(date(2016, 10, 12), time(10, 40), date(2016, 10, 10), date(2016, 10, 20))
MONDAY, WEDNESDAY, SATURDAY = Piece(weekday=0), Piece(weekday=2), Piece(weekday=5)
WRITING = Writing(spaced=True, marked=False, endings="", followers=())


def october(first: int, last: int) -> Days:
    return date(2016, 10, first), date(2016, 10, last)


def day(number: int) -> Piece:
    return Piece(day=date(2016, 10, number))


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (day(13), day(15), october(13, 15)),
        (day(15), day(13), october(13, 15)),
        (MONDAY, WEDNESDAY, october(17, 19)),  # on a Wednesday: from the coming Monday on
        (day(14), WEDNESDAY, october(14, 19)),
        (MONDAY, day(14), october(10, 14)),
        (MONDAY, Piece(weekday=2, days=october(17, 23)), october(17, 19)),
        (day(13), Piece(days=october(15, 16)), october(13, 16)),
        (SATURDAY, SATURDAY, october(15, 15)),
    ],
)
def test_a_bare_weekday_is_the_one_next_to_the_other_end(first: Piece, last: Piece, days: Days) -> None:
    assert days_between(first, last, CALENDAR) == days


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        (MONDAY, True),
        (Piece(weekday=0, part=Part.MORNING), True),
        (Piece(part=Part.MORNING), False),
        (Piece(weekday=0, clock=Clock(9, 0, open=False, after=True, before=True)), False),
        (Piece(day=date(2016, 10, 12), kind=Kind.NOW), False),
    ],
)
def test_only_days_begin_and_end_a_range(piece: Piece, expected: bool) -> None:
    assert names_days(piece) is expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what is from AA to BB on", (0, "from AA to BB")),
        ("AA and BB to CC", (1, "BB to CC")),
        ("AA and BB", None),
        ("tomato AA", None),
    ],
)
def test_the_words_around_two_mentions_make_them_a_range(text: str, found: tuple[int, str] | None) -> None:
    pattern = compile_ranges(["(from )?{} to {}"], WRITING)
    assert pattern is not None
    spans = [(at, at + 2) for at in range(len(text)) if text[at : at + 2] in {"AA", "BB", "CC"}]
    result = find_range(pattern, read(text), spans)
    assert (result and (result[0], text[slice(*result[1])])) == found


def test_without_words_there_are_no_ranges() -> None:
    assert compile_ranges([], WRITING) is None
    assert MENTION not in read("from Monday to Wednesday").text
