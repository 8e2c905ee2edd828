"""Rows of buttons, broken where a phone would cut a label."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from bot.assistant.reply import Button

ROW = 320.0
"""About how wide a row is, in points, on a phone that is 360 wide."""
_GAP, _EDGES = 5.0, 12.0
"""Points between two buttons, and left and right of a label."""
_NARROW = frozenset(" .,:;!|'’·()[]ijlt1")
_WIDTHS = {"narrow": 5.0, "usual": 9.2, "capital": 11.0, "Khmer": 12.5, "wide": 15.0, "picture": 19.0}
"""Points of a character in bold letters 15 high, rather too many than too few."""


def keyboard(rows: Sequence[Sequence[Button]]) -> dict[str, Any]:
    """The params of a message with buttons; nothing when there are none."""
    shown = [[_button(button) for button in part] for row in rows for part in fitting(row)]
    return {"reply_markup": {"inline_keyboard": shown}} if shown else {}


def fitting(row: Sequence[Button]) -> Iterator[Sequence[Button]]:
    """A row, or as many shorter ones as it takes to show every label whole, as far as one to a row does."""
    columns = next((n for n in range(len(row), 1, -1) if _fit(row, n)), 1)
    rows = -(-len(row) // columns)
    for at in range(rows):
        yield row[at * len(row) // rows : (at + 1) * len(row) // rows]


def _fit(row: Sequence[Button], columns: int) -> bool:
    room = (ROW - _GAP * (columns - 1)) / columns - _EDGES
    return all(width(button.label) <= room for button in row)


def width(label: str) -> float:
    """About how wide a phone writes a label, in points. Fonts differ."""
    return sum(_WIDTHS[kind] for character in label if (kind := _kind(character)))


def _kind(character: str) -> str:
    """Which of the widths a character has; nothing for marks above, below and between others."""
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf"}:
        return ""
    if category == "So":
        return "picture"
    if character in _NARROW:
        return "narrow"
    if unicodedata.east_asian_width(character) in "WF":
        return "wide"
    if "\u1780" <= character <= "\u17ff":
        return "Khmer"
    return "capital" if category == "Lu" else "usual"


def _button(button: Button) -> dict[str, Any]:
    does = {"url": button.url} if button.url else {"callback_data": button.action}
    return {"text": button.label, **does}
