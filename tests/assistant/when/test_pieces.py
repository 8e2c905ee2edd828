"""Every phrase of the data can be read, whatever stands in its slots."""

from datetime import date, time
from typing import Any

import pytest

from bot.assistant.when.days import Calendar
from bot.assistant.when.model import Kind, Part
from bot.assistant.when.phrases import Section
from bot.assistant.when.pieces import Piece, read_phrase
from bot.assistant.when.words import FOLDER, Found, words_of_time

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
CALENDAR = Calendar(date(2016, 10, 12), time(10, 40), date(2016, 10, 10), date(2016, 10, 20))
VALUES: dict[str, Any] = {"part": Part.MORNING, "time": "15:00", "exact": "15:00", "year": 2016, "weekday": 4}


def found(section: Section, *, certain: bool = True, **values: Any) -> Found:
    return Found(0, 1, section, values, certain)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_has_the_slots_that_its_sort_needs(language: str) -> None:
    words = words_of_time(language)
    assert words is not None
    for section, slots in words.pattern.groups.values():
        piece = read_phrase(found(section, **{slot: VALUES.get(slot, 10) for slot in slots}), CALENDAR)
        assert bool(piece.said()) is (section is not Section.IGNORE)


def test_what_is_no_date_says_nothing() -> None:
    assert read_phrase(found(Section.DATE, month=2, d=31), CALENDAR) == Piece()
    assert read_phrase(found(Section.PROGRAMME_DAY, n=40), CALENDAR) == Piece()


def test_a_month_that_is_another_word_counts_near_the_programme_only() -> None:
    assert read_phrase(found(Section.DATE, certain=False, month=5, d=2), CALENDAR) == Piece()
    near = read_phrase(found(Section.DATE, certain=False, month=10, d=2), CALENDAR)
    assert near == Piece(day=date(2016, 10, 2))


def test_pieces_join_when_they_say_different_things() -> None:
    friday, morning = Piece(weekday=4), Piece(part=Part.MORNING)
    assert friday.joined(morning) == Piece(weekday=4, part=Part.MORNING)
    assert friday.joined(Piece(weekday=0)) is None
    assert Piece(kind=Kind.NOW).joined(Piece(kind=Kind.NEXT)) is None
