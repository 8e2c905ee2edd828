"""Misspelled words are read as known ones, and real words are left alone."""

import pytest

from bot.matching.normalise import slot
from bot.matching.spell import Speller, Written

WORDS = "wifi password breakfast airport bus hotel where is the laundry building certificate checkin"
SPELLER = Speller(Written.of([*([word] for word in WORDS.split()), ["breakfasts", slot("site")]]))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("pasword", "password"),
        ("brekfast", "breakfast"),
        ("airpotr", "airport"),
        ("hotle", "hotel"),
        ("ohtel", "hotel"),
        ("biulding", "building"),
        ("cirtificate", "certificate"),
        ("ertificate", "certificate"),
        ("wi fi", "wifi"),
        ("airportbus", "airport bus"),
        ("brkfst", "breakfast"),
        ("check in", "checkin"),
    ],
)
def test_a_misspelled_word_is_read_as_a_known_one(typed: str, read: str) -> None:
    assert " ".join(SPELLER.correct(typed.split())[0]) == read


@pytest.mark.parametrize(
    "word", ["pool", "it", "301", "bsu1", "판교", "ទឹក", slot("site"), slot("sit"), "x" * 40]
)
def test_what_is_no_misspelling_is_left_alone(word: str) -> None:
    assert SPELLER.correct([word]) == ([word], [])


def test_known_words_are_left_alone_and_corrections_are_told() -> None:
    read, corrections = SPELLER.correct(["where", "is", "the", "wi", "fi", "pasword"])
    assert read == ["where", "is", "the", "wifi", "password"]
    assert [(one.typed, one.read) for one in corrections] == [("wi fi", "wifi"), ("pasword", "password")]


def test_the_more_frequent_of_two_equal_words_is_read() -> None:
    speller = Speller(Written.of([["line"], *[["lane"]] * 9]))
    assert speller.correct(["lzne"])[0] == ["lane"]
