"""Lines of text: they fit, they keep syllables whole, and Khmer is shaped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.timetable.lettering import wrapped


@given(st.text(max_size=120), st.integers(1, 4))
def test_any_text_fits_the_width_in_no_more_than_the_lines_allowed(text: str, at_most: int) -> None:
    lines = wrapped(text, 100, 12, at_most=at_most)
    assert len(lines) <= at_most
    assert all(line.width <= 100 for line in lines if len(line.text) > 8)  # one wide syllable cannot be cut


def test_a_short_text_is_one_line_and_a_blank_one_is_none() -> None:
    assert [line.text for line in wrapped("  Housing   policy ", 300, 12)] == ["Housing policy"]
    assert wrapped(" \n ", 300, 12) == []


def test_a_long_text_is_broken_between_words_and_cut_with_an_ellipsis() -> None:
    lines = [line.text for line in wrapped("water " * 40, 100, 12, at_most=2)]
    assert lines[0] == "water water"
    assert lines[1].endswith("water…")


def test_korean_is_broken_between_words_while_they_fit() -> None:
    lines = [line.text for line in wrapped("현장 방문 안양 교통관리센터", 90, 12)]
    assert " ".join(lines) == "현장 방문 안양 교통관리센터"
    assert len(lines) == 2


def test_a_word_without_an_end_is_broken_between_syllables() -> None:
    lines = [line.text for line in wrapped("ការគ្រប់គ្រងទឹកសម្រាប់ទីក្រុង", 60, 12, at_most=9)]
    assert "".join(lines) == "ការគ្រប់គ្រងទឹកសម្រាប់ទីក្រុង"
    assert len(lines) > 1
    assert not any(line[0] in "\u17d2\u17b6\u17b7\u17bb\u17b9\u17b8" for line in lines), (
        "a mark begins a line"
    )
    assert not any(line.endswith("\u17d2") for line in lines), "a consonant below was cut off"


@pytest.mark.parametrize("size", [12.0, 20.0])
def test_a_khmer_consonant_below_takes_no_room_beside(size: float) -> None:
    (one,), (stacked,) = wrapped("ក", 100, size), wrapped("ក្ក", 100, size)
    assert stacked.width == pytest.approx(one.width)
    assert stacked.depth > one.depth + size / 5


def test_a_hostile_text_takes_no_more_than_its_lines() -> None:
    assert len(wrapped("e" + "\u0301" * 10_000, 100, 12)) <= 3
    assert len(wrapped("x" * 1_000_000, 100, 12)) == 3
