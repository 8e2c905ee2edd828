"""Finds the country that a person typed: by its ISO 3166 code, or by its name in some language."""

from collections.abc import Sequence
from functools import lru_cache

from babel.core import get_global
from rapidfuzz import fuzz, process

from bot.knowledge.fields import is_country
from bot.locales import words_in
from bot.matching.normalise import normalise

MOST_GUESSES = 4
_LIKE = 75.0  # of 100 (rapidfuzz's ratio): `Camboia` and `Cambodia` are 93, `Niger` and `Nigeria` 83
_LEAST_PART = 4  # letters of a part of a name, as in `Korea`


def country_named(text: str, languages: Sequence[str]) -> str | None:
    """The code of the country that a text names and nothing else; None when it names none.

    Names are those of Unicode's CLDR in `languages` and in English.
    """
    return _names(tuple(languages)).get(_folded(text))


def countries_like(text: str, languages: Sequence[str]) -> tuple[str, ...]:
    """The codes of the few countries whose names are most like a text, or hold it, best first."""
    typed, names = _folded(text), _names(tuple(languages))
    like = process.extract(typed, list(names), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=None)
    parts = [name for name in names if typed in name] if len(typed) >= _LEAST_PART else []
    return tuple(dict.fromkeys(names[name] for name in (*(n for n, *_ in like), *parts)))[:MOST_GUESSES]


@lru_cache(maxsize=8)
def _names(languages: tuple[str, ...]) -> dict[str, str]:
    """Every folded code and name → the code. Other codes, such as `USA` and `UK`, are Babel's aliases."""
    codes = [code for code in get_global("territory_languages") if is_country(code)]
    names = {_folded(code): code for code in codes}
    for words in map(words_in, ("en", *languages)):
        for code in codes:
            names.setdefault(_folded(words.country(code)), code)
    for alias, [*meant] in get_global("territory_aliases").items():
        if len(meant) == 1 and is_country(meant[0]) and alias.isalpha():
            names.setdefault(_folded(alias), meant[0])
    return names


def _folded(name: str) -> str:
    return normalise(name).replace(" ", "")
