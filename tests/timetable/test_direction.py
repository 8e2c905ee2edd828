import pytest

from bot.timetable.direction import from_right, in_order
from bot.timetable.rows import rows_of


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Harbour", False),
        ("שלום Harbour", True),
        ("14:00 שלום", True),
        ("Harbour שלום", False),
        ("12", False),
    ],
)
def test_a_paragraph_begins_at_the_right_if_its_first_letter_is_read_from_there(
    text: str, right: bool
) -> None:
    assert from_right(text) is right


def parts(text: str) -> list[str]:
    return [part for part, _ in in_order(text, right=from_right(text))]


def test_what_is_read_from_the_left_is_one_part() -> None:
    assert parts("Visit to the port, 14:00–16:00") == ["Visit to the port, 14:00–16:00"]


def test_names_and_times_stay_readable_among_words_that_are_read_from_the_right() -> None:
    assert parts("ביקור ב Old port (Lisbon)") == ["Old port (Lisbon) ", "ב", " ", "ביקור"]
    assert parts("שלום 14:00") == ["14:00 ", "שלום"]


def test_brackets_enclose_what_they_enclose() -> None:
    assert parts("ביקור (Old port)")[0] == "(Old port) "
    assert "".join(parts("(הנמל) ביקור")) == "ביקור (הנמל)"
    assert parts("Visit (Old port)") == ["Visit (Old port)"]


def test_a_word_that_is_read_from_the_right_is_shaped_as_it_is_spoken() -> None:
    assert ("הנמל", True) in list(in_order("to הנמל", right=False))


def test_marks_stay_with_their_letter() -> None:
    assert parts("قُلْ")[0] == "قُلْ"


def test_lines_that_are_read_from_the_right_end_at_the_right() -> None:
    [row] = rows_of("שלום", 200, 12, "#000000")
    assert row.indent + row.line.width == pytest.approx(200)
    [left] = rows_of("Harbour", 200, 12, "#000000")
    assert left.indent == 0
