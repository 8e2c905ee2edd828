import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant.when.text import LIMIT, corrected, plain, read, without_marks


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("Día", "día"),
        (unicodedata.normalize("NFD", "Día"), "día"),
        (unicodedata.normalize("NFD", "내일"), "내일"),
        ("ថ្ងៃ\u200bទី១៤", "ថ្ងៃទី14"),
        ("１４　日", "14 日"),
        ("a \n\t b", "a b"),
    ],
)
def test_a_text_is_searched_small_and_composed_with_plain_digits(typed: str, searched: str) -> None:
    assert plain(read(typed)).text == without_marks(searched)


@pytest.mark.parametrize(
    ("word", "bare"),
    [("mañana", "manana"), ("đêm", "dem"), ("Өнөө".lower(), "оноо"), ("ថ្ងៃ", "ថ្ងៃ"), ("내일", "내일")],
)
def test_marks_are_dropped_from_latin_and_cyrillic_letters_only(word: str, bare: str) -> None:
    assert without_marks(word) == bare


@given(st.text(max_size=100))
def test_every_letter_knows_where_it_stands_in_the_text(text: str) -> None:
    line = read(text)
    assert len(line.text) == len(line.spans) == len(plain(line).text)
    assert all(0 <= start < end <= len(text) for start, end in line.spans)
    assert list(line.spans) == sorted(line.spans)


def test_only_as_much_is_read_as_a_message_can_hold() -> None:
    assert len(read("a" * (LIMIT + 1)).text) == LIMIT


def test_a_corrected_word_still_points_at_the_typed_one() -> None:
    line = corrected(read("on fryday 14"), {"fryday": "friday!"}.get)
    assert line.text == "on friday! 14"
    assert line.origin(3, 10) == (3, 9)
    assert line.origin(11, 13) == (10, 12)
