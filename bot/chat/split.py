"""A long text becomes several messages, cut where it hurts least."""

import unicodedata
from collections.abc import Iterator

from bot.chat.formatted import FormattedText, utf16_units

MESSAGE_UNITS = 4096
"""The longest text of a message in UTF-16 units (Bot API, sendMessage)."""
CAPTION_UNITS = 1024
"""The longest caption of a photo in UTF-16 units (Bot API, sendPhoto)."""

_JOINER = "\u200d"
_MODIFIERS = range(0x1F3FB, 0x1F400)  # skin tones
_TAGS = range(0xE0020, 0xE0080)  # the ends of the flags of regions
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)


def split(text: FormattedText, limit: int = MESSAGE_UNITS) -> tuple[FormattedText, ...]:
    """Parts of at most `limit` UTF-16 units that together are `text`.

    Cuts after a paragraph, else a line, else a word, as long as that leaves a part half full; else between
    two characters as people see them; and inside one only if it alone is longer than `limit`.
    """
    return tuple(_parts(text, limit))


def _parts(text: FormattedText, limit: int) -> Iterator[FormattedText]:
    start = 0
    while utf16_units(text.text[start:]) > limit:
        end = start + _place(text.text[start : start + limit + 1], limit)
        yield text.slice(start, end)
        start = end
    yield text.slice(start, len(text.text))


def _place(text: str, limit: int) -> int:
    """Where to cut the first part off, in characters. `text` is longer than `limit`."""
    longest = _characters(text, limit)
    for mark in ("\n\n", "\n", " "):
        place = text.rfind(mark, 0, longest) + len(mark)
        if place >= max(longest // 2, len(mark)):
            return place
    return next((place for place in range(longest, 0, -1) if _may_cut(text, place)), longest)


def _characters(text: str, limit: int) -> int:
    """How many characters fit into `limit` UTF-16 units."""
    units = 0
    for place, character in enumerate(text):
        units += utf16_units(character)
        if units > limit:
            return place
    return len(text)


def _may_cut(text: str, place: int) -> bool:
    """Whether a character as people see it may end before `place`: the common cases of Unicode's UAX 29."""
    before, after = text[place - 1], text[place]
    if unicodedata.category(after) in {"Mn", "Me", "Mc"} or _JOINER in {before, after}:
        return False
    if ord(after) in _MODIFIERS or ord(after) in _TAGS or (before, after) == ("\r", "\n"):
        return False
    letters = 0
    while letters < place and ord(text[place - 1 - letters]) in _FLAG_LETTERS:
        letters += 1
    return not (ord(after) in _FLAG_LETTERS and letters % 2 == 1)
