"""Ordinary words are known in the languages that a library knows."""

from bot.matching.dictionary import ordinary_words
from bot.matching.reading import Reader
from bot.matching.spell import Written
from bot.matching.synonyms import Synonyms


def test_ordinary_words_are_normalised_and_slips_are_not_among_them() -> None:
    assert {"deactivate", "steak", "send"} <= ordinary_words("en")
    assert {"teh", "recieve", "Send"}.isdisjoint(ordinary_words("en"))
    assert "jardin" in ordinary_words("es")


def test_a_language_that_nobody_counted_has_none() -> None:
    assert ordinary_words("km") == frozenset()


def test_an_ordinary_word_is_not_corrected_to_one_of_the_phrasings() -> None:
    reader = Reader({"en": Written.of([("spend", "money"), ("reactivate", "card")])}, Synonyms())
    reading = reader.read("deactivate card and send mony")
    assert reading.corrections == (("mony", "money"),)
