"""Which font draws which characters: the files in the folder `fonts`, whatever script they are of."""

import functools
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import uharfbuzz as hb

FOLDER = Path(__file__).parent / "fonts"
_UNKNOWN = "\u25a1"  # a box: something stands here that no font has
_MARKS = {"Mn", "Mc", "Cf"}  # categories of what has no place of its own: accents, vowel signs, joiners


class FontStack:
    """The fonts of one weight, in the order in which they are asked for a character."""

    def __init__(self, fonts: Sequence[hb.Font]) -> None:
        self._fonts = fonts

    def drawable(self, text: str) -> str:
        """The text with a box for each letter that no font has, and without symbols that no font has."""
        return "".join(self._or_box(character) for character in unicodedata.normalize("NFC", text))

    def runs(self, text: str) -> Iterator[tuple[hb.Font, str]]:
        """A drawable text in pieces that one font draws.

        A blank or a mark stays with what stands before it, as far as that font has it.
        """
        font, piece = self._fonts[0], ""
        for character in text:
            leans = character == " " or unicodedata.category(character) in _MARKS
            wanted = font if leans and _has(font, character) else self._font_of(character) or font
            if wanted is not font and piece:
                yield font, piece
                piece = ""
            font, piece = wanted, piece + character
        if piece:
            yield font, piece

    def _or_box(self, character: str) -> str:
        if self._font_of(character):
            return character
        return _UNKNOWN if unicodedata.category(character)[0] in "LN" else ""

    @functools.lru_cache(maxsize=4096)  # noqa: B019 - the two stacks live as long as the program
    def _font_of(self, character: str) -> hb.Font | None:
        return next((font for font in self._fonts if _has(font, character)), None)


@functools.cache
def font_stack(*, bold: bool) -> FontStack:
    """The fonts of the folder. A script without a bold file is drawn with its regular one."""
    files = sorted(FOLDER.glob("*-Regular.[ot]tf"))
    if bold:
        heavier = [file.with_name(file.name.replace("-Regular.", "-Bold.")) for file in files]
        files = [
            bold_file if bold_file.is_file() else file for file, bold_file in zip(files, heavier, strict=True)
        ]
    return FontStack([hb.Font(hb.Face(hb.Blob.from_file_path(file))) for file in files])


def _has(font: hb.Font, character: str) -> bool:
    return font.get_nominal_glyph(ord(character)) is not None
