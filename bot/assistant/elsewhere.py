"""Notices countries and cities that the knowledge never speaks of, as in 'a visa for Japan'."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from bot.knowledge.model import Knowledge
from bot.matching.normalise import normalise

LEAST = {"ko": 2, "km": 4}
OTHERWISE = 5
"""Characters of the shortest name that is looked for, by language: many short ones are common words too."""
MOST_WORDS = 3
_BEGINNINGS = frozenset(["ko", "mn"])
"""Languages that put endings on names."""
_UNSPACED = frozenset(["km"])
"""Languages without blanks between words."""
_APOSTROPHES = re.compile("['’]")
"""What stands between an article and a name: l'Australie."""


class Elsewhere:
    """Knows which places of the world one revision of the knowledge speaks of."""

    def __init__(self, knowledge: Knowledge) -> None:
        home = get_global("zone_territories").get(knowledge.programme.time_zone, "")
        self._home = frozenset([home, knowledge.programme.time_zone])
        named = {topic: _named(texts) - self._home for topic, texts in _texts(knowledge)}
        self._open = {topic for topic, places in named.items() if places}
        self._known = self._home.union(*named.values())

    def is_meant(self, question: str, language: str, topic: str | None) -> bool:
        """Whether a question names a place that the knowledge does not, and that `topic` is not about."""
        if topic in self._open:
            return False
        return not places_in(question, language) <= self._known


def places_in(text: str, language: str) -> frozenset[str]:
    """The countries (ISO 3166 codes) and large cities (names of time zones) that a text names."""
    names, normalised = _names(language), normalise(_APOSTROPHES.sub(" ", text))
    if language in _UNSPACED:
        return frozenset(place for name, place in names.items() if name in normalised)
    tokens = normalised.split()
    return frozenset(names[part] for part in _parts(tokens, language) if part in names)


def _parts(tokens: list[str], language: str) -> Iterator[str]:
    for start, first in enumerate(tokens):
        for end in range(start + 1, min(start + MOST_WORDS, len(tokens)) + 1):
            yield " ".join(tokens[start:end])
        if language in _BEGINNINGS:
            yield from (first[:length] for length in range(LEAST.get(language, OTHERWISE), len(first)))


@lru_cache(maxsize=32)
def _names(language: str) -> dict[str, str]:
    """Name → place, by Unicode's CLDR; empty for a language that it does not know."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}
    names = {normalise(name): code for code, name in locale.territories.items() if len(code) == 2}
    for zone in get_global("zone_territories"):
        if zone.startswith("Etc/"):
            continue
        city = locale.time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        names.setdefault(normalise(city), zone)
    least = LEAST.get(language, OTHERWISE)
    return {name: place for name, place in names.items() if len(name) >= least}


def _named(texts: Iterable[Mapping[str, str | tuple[str, ...]]]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for localized in texts:
        for language, own in localized.items():
            found = found.union(
                *(places_in(text, language) for text in ((own,) if isinstance(own, str) else own))
            )
    return found


def _texts(knowledge: Knowledge) -> Iterator[tuple[str, list[Mapping[str, str | tuple[str, ...]]]]]:
    """Topic → all that is written about it, but for what it is not about."""
    for entry in knowledge.entries.values():
        yield entry.id, [entry.title, entry.questions, entry.answer]
    for site in knowledge.sites.values():
        yield site.id, [site.name, site.aliases, site.questions, site.place, site.about]
    for session in knowledge.sessions.values():
        yield session.id, [session.title, session.aliases, session.questions]
