"""How a name sounds, written so that all its usual spellings in Latin letters come out the same."""

import re
from functools import lru_cache

from bot.matching.normalise import normalise

_HANGUL = range(0xAC00, 0xD7A4)
_REVISED = """
g kk n d tt r m b pp s ss - j jj ch k t p h
a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i
- k k k n n n t l k m l l l p l m p p t t ng t t k t p t
"""
"""Initials, vowels and finals of Hangul in Unicode's order, in the Revised Romanisation of Korean (2000)."""

_FOLDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?<=[gk])v", "w"),  # Гвачон
        (r"tch|ch|zh|dj|j|z", "j"),
        (r"sh", "s"),
        (r"ph|[bfvp]", "p"),
        (r"th|[dt]", "t"),
        (r"c(?=[eiy])", "s"),
        (r"kh|gh|[gqck]", "k"),
        (r"x", "ks"),
        (r"[rl]", "l"),
        (r"eo|eu|oo|ou|[uow]", "o"),
        (r"ae|ai|ay|ei|e", "e"),
        (r"y(?![aeio])", "i"),
        (r"i+y?(?=[aeo])", "y"),
        (r"(.)\1+", r"\1"),
    )
)
"""Spellings that one ear does not tell apart, in the order in which they are replaced."""


def romanise(text: str) -> str:
    """Normalised text with Hangul in Latin letters, syllable by syllable; other scripts are left alone."""
    return "".join(
        _romanise_syllable(ord(character)) if ord(character) in _HANGUL else character for character in text
    )


def _romanise_syllable(code: int) -> str:
    """A syllable's number is (initial · 21 + vowel) · 28 + final (Unicode Standard, section 3.12)."""
    initial, rest = divmod(code - _HANGUL.start, 21 * 28)
    initials, vowels, finals = _REVISED.replace("-", "").strip("\n").split("\n")
    parts = zip((initials, vowels, finals), (initial, *divmod(rest, 28)), strict=True)
    return "".join(letters.split(" ")[number] for letters, number in parts)


@lru_cache(maxsize=20_000)
def sound(text: str) -> str:
    """What the spellings of a name have in common: `sound("Kwach'ŏn") == sound("gwacheon")`. No blanks."""
    latin = romanise(normalise(text)).replace(" ", "")
    for pattern, replacement in _FOLDS:
        latin = pattern.sub(replacement, latin)
    return latin
