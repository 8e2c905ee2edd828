"""The bytes of a file as text, and what is wrong with its characters."""

import pytest

from bot.knowledge.yaml_text import decode


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        ("a: é".encode("utf-16"), 1, "perhaps UTF-16"),
        ("a: é".encode("utf-16-le"), 1, "perhaps UTF-16"),
        (b"a: 1\nb: x\0y", 2, "perhaps UTF-16"),
        ("a: 1\nb: caf\xe9".encode("latin-1"), 2, "byte 0xE9 is not UTF-8"),
        (b"a: 1\n\xff\xff", 2, "byte 0xFF is not UTF-8"),
    ],
)
def test_a_file_that_is_not_utf_8_says_how_to_save_it(data: bytes, line: int, words: str) -> None:
    text, [problem] = decode(data, "a.yaml")
    assert text == ""
    assert problem.line == line
    assert words in problem.message
    assert "save the file as UTF-8" in problem.message


@pytest.mark.parametrize(
    ("letter", "name"),
    [
        ("\x07", "U+0007, control character"),
        ("\x85", "U+0085"),
        ("\u2028", "U+2028, line separator"),
        ("\ufeff", "U+FEFF, zero width no-break space"),
        ("\u202e", "U+202E, right-to-left override"),
        ("\x7f", "U+007F"),
        ("\ufffe", "U+FFFE"),
    ],
)
def test_an_invisible_character_is_named_and_does_not_move_the_lines(letter: str, name: str) -> None:
    text, [problem] = decode(f"a: 1\nb: x{letter}y\nc: 2".encode(), "a.yaml")
    assert text == "a: 1\nb: x y\nc: 2"
    assert problem.line == 2
    assert name in problem.message


@pytest.mark.parametrize(
    "letter", ["\xa0", "\u200b", "\u200d", "\u200e", "\u202f", "\u2066", "\ufe0f", "🇰🇷", "ទ្"]
)
def test_characters_that_languages_and_emoji_need_stay(letter: str) -> None:
    assert decode(f"a: x{letter}y".encode(), "a.yaml") == (f"a: x{letter}y", [])


def test_of_many_invisible_characters_ten_are_named() -> None:
    assert len(decode(b"\x07" * 1000, "a.yaml")[1]) == 10
