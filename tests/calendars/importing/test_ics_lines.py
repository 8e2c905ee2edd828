"""The lines of a calendar file: unfolded, numbered, the broken ones told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars.importing.draft import RefusedError, Source
from bot.calendars.importing.ics_lines import content_lines, text_of


def read(text: str) -> tuple[list[tuple[int, str, str]], list[str]]:
    source = Source("a.ics")
    return [(line.number, line.name, line.value) for line in content_lines(text, source)], source.errors


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_folded_lines_are_one_line_with_the_number_of_their_first(end: str) -> None:
    lines, errors = read(end.join(["SUMMARY:Hou", " sing", "", "location;LANGUAGE=en:Hall", "\t 2", ""]))
    assert lines == [(1, "SUMMARY", "Housing"), (4, "LOCATION", "Hall 2")]
    assert errors == []


def test_a_broken_line_is_told_with_its_number() -> None:
    _, errors = read("BEGIN:VEVENT\nSUMMARY:A\nthis is no property\nEND:VEVENT\n")
    assert errors == ["a.ics: line 3: 'this is no property' is not a line of a calendar (NAME:value)"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n",
            "a.ics: line 3: END:VCALENDAR ends what was not begun",
        ),
        ("END:VEVENT\n", "a.ics: line 1: END:VEVENT ends what was not begun"),
        ("BEGIN:VCALENDAR\nX:1\n", "a.ics: line 1: BEGIN:VCALENDAR has no END"),
    ],
)
def test_what_does_not_begin_or_end_is_told(text: str, error: str) -> None:
    assert read(text)[1] == [error]


def test_a_file_that_is_not_utf_8_is_refused_with_the_line() -> None:
    with pytest.raises(RefusedError, match=r"a\.ics: line 2: is not UTF-8"):
        text_of("BEGIN:VCALENDAR\nSUMMARY:Séance".encode("cp1252"), Source("a.ics"))


@given(st.text(max_size=200))
def test_any_text_is_lines_or_errors(text: str) -> None:
    lines, errors = read(text)
    assert text.split() == [] or lines or errors
