"""Ordinary words of a language, so that a word which is spelled right is not taken for a misspelled one."""

from functools import lru_cache

from spellchecker import SpellChecker

from bot.matching.normalise import normalise

_LEAST_SHARE = 6e-7
"""Share of all words that an ordinary one has, in subtitles of films; a rarer one may well be a slip."""


@lru_cache(maxsize=32)
def ordinary_words(language: str) -> frozenset[str]:
    """The ordinary words of a language, normalised; none for a language that pyspellchecker does not know."""
    if language not in SpellChecker.languages():
        return frozenset()
    counted = SpellChecker(language=language).word_frequency
    least = _LEAST_SHARE * counted.total_words
    return frozenset(normalise(word) for word, count in counted.items() if count >= least)
