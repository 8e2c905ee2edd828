"""The summary that a revision is kept with, for readers of any language."""

from collections.abc import Iterator
from itertools import product

from bot.locales import Words
from bot.revisions.difference import Change, Kind, counted

SIGNS = {Change.ADDED: "➕", Change.CHANGED: "✏️", Change.REMOVED: "➖"}


def summary_text(summary: str, words: Words) -> str:
    """Its counts by signs and names: `✏️ 2 × Entry`; a dash when nothing changed that shows."""
    counts = [
        f"{SIGNS[change]} {number} × {kind_name(kind, words)}" for number, kind, change in _counts(summary)
    ]
    return ", ".join(counts) or "–"


def kind_name(kind: Kind, words: Words) -> str:
    """What a kind of thing is called."""
    return {
        Kind.ENTRY: words("Entry"),
        Kind.SITE: words("Place"),
        Kind.SESSION: words("Session"),
        Kind.SHUTTLE: words("Shuttle bus"),
        Kind.PHOTO: words("Picture"),
        Kind.CATEGORY: words("Category"),
        Kind.PROGRAMME: words("Programme"),
        Kind.SYNONYMS: words("Synonyms"),
    }[kind]


def _counts(summary: str) -> Iterator[tuple[int, Kind, Change]]:
    for part in summary.split(", "):
        first = part.partition(" ")[0]
        number = int(first) if first.isdecimal() else 1
        yield from (
            (number, kind, change)
            for kind, change in product(Kind, Change)
            if counted(number, kind, change) == part
        )
