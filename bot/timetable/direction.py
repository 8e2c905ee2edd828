"""Which parts of a line are drawn in which order, when it has letters that are read from the right."""

import itertools
import unicodedata
from collections.abc import Iterator

from bidi import get_base_level, get_display

_OPENING = "([{«‹"
_PARTNERS = dict(zip(f"{_OPENING})]}}»›", f")]}}»›{_OPENING}", strict=True))
_FROM_RIGHT = frozenset(["R", "AL"])  # bidirectional classes of Hebrew and of Arabic letters


def from_right(text: str) -> bool:
    """Whether a paragraph begins at the right: its first letter is Hebrew, Arabic or the like."""
    return any(_is_from_right(character) for character in text) and get_base_level(text) == 1


def in_order(text: str, *, right: bool) -> Iterator[tuple[str, bool]]:
    """The parts of a line from left to right, each as it is spoken, and whether it is read from the right.

    `right`: the paragraph begins there. By Unicode's bidirectional algorithm (UAX #9).
    """
    if not any(_is_from_right(character) for character in text):
        yield text, False
        return
    shown = _mirrored(get_display(text, base_dir="R" if right else "L"))
    for reverse, part in itertools.groupby(_with_marks(shown), lambda each: each[1]):
        characters = "".join(character for character, _ in part)
        yield (characters[::-1] if reverse else characters), reverse


def _mirrored(shown: str) -> str:
    """A line in the order in which it is seen, with brackets as they are drawn (UAX #9, rule L4).

    A pair whose closing bracket has come to stand first is read from the right.
    """
    characters = list(shown)
    waiting: list[int] = []
    for place, character in enumerate(shown):
        partner = _PARTNERS.get(character)
        if partner and waiting and shown[waiting[-1]] == partner:
            first = waiting.pop()
            if character in _OPENING:
                characters[first], characters[place] = character, partner
        elif partner:
            waiting.append(place)
    return "".join(characters)


def _with_marks(shown: str) -> Iterator[tuple[str, bool]]:
    """Each character of a line in the order in which it is seen, and whether it is read from the right.

    Marks were put before their letter, where that is read from the right.
    """
    for place, character in enumerate(shown):
        letter = next((each for each in shown[place:] if unicodedata.category(each) != "Mn"), character)
        yield character, _is_from_right(character) or (character != letter and _is_from_right(letter))


def _is_from_right(character: str) -> bool:
    return unicodedata.bidirectional(character) in _FROM_RIGHT
