"""The place that an organizer typed: a site of the knowledge folder, and what is left is the room."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.knowledge.model import Site
from bot.matching.names import NameFinder
from bot.matching.normalise import normalise

_BETWEEN = re.compile(r"\s*(?:[,;/|()\n]|\s[-–—]\s)\s*")
_SURE = 0.85  # score of a mention from which a name counts as the site's


@dataclass(frozen=True, slots=True)
class Where:
    """A site, a room in it, or a room only."""

    site: str | None  # id
    room: str


class PlaceFinder:
    """Knows the sites by their names and aliases, in any spelling."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self._sites = {site.id: site for site in sites}
        self._names = NameFinder({name: list(_names(site)) for name, site in self._sites.items()})

    def find(self, location: str) -> Where:
        """The site that a part of the text names in full, and the rest as the room.

        `Grand Hotel` is not the site 'hotel': a name must fill its part, or somebody goes to a wrong place.
        """
        parts = [part for part in _BETWEEN.split(location) if part]
        for length in range(len(parts), 0, -1):
            for start in range(len(parts) - length + 1):
                if site := self._named(", ".join(parts[start : start + length])):
                    rest = [*parts[:start], *parts[start + length :]]
                    return Where(site, ", ".join(self._without_address(rest, site)))
        return Where(None, location)

    def _named(self, text: str) -> str | None:
        found = {
            mention.id
            for mention in self._names.find(text)
            if mention.score >= _SURE and normalise(text) == normalise(text[mention.start : mention.end])
        }
        return found.pop() if len(found) == 1 else None

    def _without_address(self, parts: Iterable[str], site: str) -> list[str]:
        """The parts that say more than what the site's entry says anyway."""
        known = self._sites[site]
        said = normalise(" ".join([*known.place.values(), *(known.address or {}).values()]))
        return [part for part in parts if f" {normalise(part)} " not in f" {said} "]


def _names(site: Site) -> Iterator[str]:
    yield from site.name.values()
    for aliases in site.aliases.values():
        yield from aliases
