"""Text becomes lines of glyphs in any script: shaped, measured, wrapped, cut where there is no room.

Sizes and positions are in points; a line's origin is the left end of its base line.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import uharfbuzz as hb

from bot.timetable.direction import from_right, in_order
from bot.timetable.fonts import font_stack

_LONGEST = 400  # characters of a text that are looked at; no block has room for more
_ELLIPSIS = "…"
_BREAKS = re.compile("(?<=[ \u200b-])")  # a line may end after a blank, a hyphen or a zero-width space
_COENG = "\u17d2"  # joins the next Khmer consonant below this one


@dataclass(frozen=True, slots=True)
class Glyph:
    """One shape of a font and where it stands in its line."""

    font: hb.Font
    number: int
    x: float
    y: float  # above the base line


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, ready to be drawn."""

    text: str
    size: float
    glyphs: tuple[Glyph, ...]
    width: float
    rise: float  # of the highest glyph above the base line
    depth: float  # of the lowest glyph below it
    right: bool  # whether its paragraph begins at the right


def wrapped(text: str, width: float, size: float, *, bold: bool = False, at_most: int = 3) -> list[Line]:
    """The text in at most that many lines of at most that width; the last one ends in … when it is cut."""
    right = from_right(text)
    text = " ".join(font_stack(bold=bold).drawable(text[:_LONGEST]).split())
    lines: list[str] = [""]
    for piece in _pieces(text, width, size, bold):
        if lines[-1] and _shaped((lines[-1] + piece).rstrip(), size, bold).width > width:
            lines.append("")
        lines[-1] += piece
    kept = [line.strip() for line in lines[:at_most]]
    if len(lines) > at_most:
        kept[-1] = _cut(kept[-1] + _ELLIPSIS, width, size, bold)
    return [_shaped(line, size, bold, right) for line in kept if line]


def _pieces(text: str, width: float, size: float, bold: bool) -> Iterator[str]:
    """What must not be broken: words, or single syllables of a word that is too wide for a line."""
    for word in _BREAKS.split(text):
        if _shaped(word.rstrip(), size, bold).width <= width:
            yield word
        else:
            yield from _syllables(word)


def _syllables(text: str) -> list[str]:
    """Each letter with the marks, and in Khmer the consonants below, that belong to it."""
    syllables: list[str] = []
    for character in text:
        joined = unicodedata.category(character) in {"Mn", "Mc", "Cf", "Zs"}
        if syllables and (joined or syllables[-1].endswith(_COENG)):
            syllables[-1] += character
        else:
            syllables.append(character)
    return syllables


def _cut(text: str, width: float, size: float, bold: bool) -> str:
    """The text without as many of the syllables before its last character as it takes to fit."""
    syllables = _syllables(text.removesuffix(_ELLIPSIS))
    while syllables and _shaped("".join(syllables).rstrip() + _ELLIPSIS, size, bold).width > width:
        syllables.pop()
    return "".join(syllables).rstrip(" -–:,") + _ELLIPSIS


@functools.lru_cache(maxsize=1024)
def _shaped(text: str, size: float, bold: bool, right: bool = False) -> Line:
    glyphs: list[Glyph] = []
    x = rise = depth = 0.0
    for font, run in _runs(text, bold, right):
        buffer = hb.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        hb.shape(font, buffer)
        scale = size / font.face.upem
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            glyph = Glyph(font, info.codepoint, x + at.x_offset * scale, at.y_offset * scale)
            ink = font.get_glyph_extents(info.codepoint)
            rise = max(rise, glyph.y + ink.y_bearing * scale)
            depth = max(depth, -(glyph.y + (ink.y_bearing + ink.height) * scale))
            glyphs.append(glyph)
            x += at.x_advance * scale
    return Line(text, size, tuple(glyphs), x, rise, depth, right)


def _runs(text: str, bold: bool, right: bool) -> Iterator[tuple[hb.Font, str]]:
    """From left to right, pieces of one direction that one font draws."""
    for part, reverse in in_order(text, right=right):
        runs = list(font_stack(bold=bold).runs(part))
        yield from reversed(runs) if reverse else runs
