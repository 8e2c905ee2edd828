"""Markdown without its marks."""

import pytest

from bot.calendars.plain import plain


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("plain", "plain"),
        ("**bold** and _soft_", "bold and soft"),
        ("[the site](https://x.example)", "the site (https://x.example)"),
        ("one\n\n- two\n- three", "one\ntwo\nthree"),
        ("a\\\nb", "a\nb"),
        ("`code` & <b>", "code & <b>"),
        ("", ""),
    ],
)
def test_marks_go_and_words_stay(markdown: str, text: str) -> None:
    assert plain(markdown) == text
