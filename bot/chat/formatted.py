"""A text with message entities, as Telegram takes it. Offsets and lengths are in UTF-16 units."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

_SEEN_AS_NOTHING = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and symbols by their category, but blank: the Hangul fillers and the empty Braille pattern."""


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text and its entities, ordered as they nest."""

    text: str
    entities: tuple[Mapping[str, Any], ...] = ()

    @property
    def units(self) -> int:
        """The length as Telegram counts it."""
        return utf16_units(self.text)

    @property
    def visible(self) -> bool:
        """Whether there is anything to see: Telegram refuses a text of white space and marks alone."""
        return any(
            unicodedata.category(character)[0] in "LNPS" and character not in _SEEN_AS_NOTHING
            for character in self.text
        )

    def slice(self, start: int, end: int) -> "FormattedText":
        """The part between two places, counted in characters; entities are cut to what lies inside."""
        before = utf16_units(self.text[:start])
        text = self.text[start:end]
        length = utf16_units(text)
        cut = []
        for entity in self.entities:
            left = max(entity["offset"] - before, 0)
            right = min(entity["offset"] + entity["length"] - before, length)
            if left < right:
                cut.append({**entity, "offset": left, "length": right - left})
        return FormattedText(text, tuple(cut))


class Style(NamedTuple):
    """How a run of text looks. Styles that differ only in `number` do not melt into one entity."""

    type: str  # as Telegram names it: bold, text_link, …
    value: str = ""  # the URL of a text_link, the language of a pre
    number: int = 0


class Run(NamedTuple):
    """A piece of text, and the styles it wears all over."""

    text: str
    styles: frozenset[Style]


def utf16_units(text: str) -> int:
    """The length in UTF-16 units: two for each character beyond the basic plane, such as an emoji."""
    return len(text) + sum(character > "\uffff" for character in text)


def join(runs: Iterable[Run]) -> FormattedText:
    """One text out of runs, without white space around. Neighbours in the same style share an entity."""
    parts: list[str] = []
    spans: dict[Style, list[tuple[int, int]]] = {}  # in UTF-16 units
    end = 0
    for run in runs:
        start, end = end, end + utf16_units(run.text)
        parts.append(run.text)
        for style in run.styles:
            pieces = spans.setdefault(style, [])
            goes_on = pieces and pieces[-1][1] == start
            pieces.append((pieces.pop()[0] if goes_on else start, end))
    entities = [_entity(style, *piece) for style, pieces in spans.items() for piece in pieces]
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"], entity["type"]))
    text = "".join(parts)
    return FormattedText(text, tuple(entities)).slice(len(text) - len(text.lstrip()), len(text.rstrip()))


def _entity(style: Style, start: int, end: int) -> dict[str, Any]:
    entity: dict[str, Any] = {"type": style.type, "offset": start, "length": end - start}
    if style.type == "text_link":
        entity["url"] = style.value
    elif style.type == "pre" and style.value:
        entity["language"] = style.value
    return entity
