"""A question as it is searched for time: small letters, plain digits, and the way back to the text."""

import functools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

LIMIT = 4096
"""Characters read of a question: Telegram sends no longer messages."""

# A letter with the marks that follow it; a Hangul syllable that was typed as its parts (macOS sends these).
_CLUSTER = re.compile(r"[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|.[\u0300-\u036f]*", re.DOTALL)
_PLAIN = str.maketrans({"đ": "d", "ө": "о", "ү": "у", "’": "'", "‘": "'", "`": "'"})
_WORD = re.compile(r"\b[^\W\d_]{5,16}\b")


@dataclass(frozen=True, slots=True)
class Line:
    """A text to search, and for each of its characters the span of the original that it stands for."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The original span of the non-empty `text[start:end]`."""
        return self.spans[start][0], self.spans[end - 1][1]


def read(text: str) -> Line:
    """The first LIMIT characters: small composed letters, ASCII digits, single spaces, nothing invisible."""
    letters: list[str] = []
    spans: list[tuple[int, int]] = []
    for cluster in _CLUSTER.finditer(text, 0, LIMIT):
        small = _small(cluster.group()[:8])
        for letter in "" if small == " " and letters[-1:] == [" "] else small:
            letters.append(letter)
            spans.append(cluster.span())
    return Line("".join(letters), tuple(spans))


@functools.lru_cache(maxsize=4096)
def _small(cluster: str) -> str:
    if unicodedata.category(cluster[0]) == "Cf":  # zero-width spaces part Khmer words, or not
        return ""
    if cluster.isspace():
        return " "
    if cluster[0].isdecimal():
        return str(unicodedata.decimal(cluster[0]))
    small = cluster.lower()
    return unicodedata.normalize("NFC", small if len(small) == len(cluster) else cluster)


def plain(line: Line) -> Line:
    """The same line without marks on Latin and Cyrillic letters: `mañana` → `manana`."""
    return Line("".join(map(without_marks, line.text)), line.spans)


@functools.lru_cache(maxsize=4096)
def without_marks(letters: str) -> str:
    """Letters without their marks; as many as before when they are composed."""
    bare = (
        unicodedata.normalize("NFD", letter)[0] if _is_marked(letter) else letter
        for letter in letters.translate(_PLAIN)
    )
    return "".join(bare).translate(_PLAIN)


def _is_marked(letter: str) -> bool:
    parts = unicodedata.normalize("NFD", letter)
    return len(parts) > 1 and "\u0300" <= parts[1] <= "\u036f"


def corrected(line: Line, correct: Callable[[str], str | None]) -> Line:
    """The line with the words of five and more letters for which `correct` knows a better spelling."""
    text: list[str] = []
    spans: list[tuple[int, int]] = []
    done = 0
    for word in _WORD.finditer(line.text):
        better = correct(word.group())
        if better is None:
            continue
        start, end = word.span()
        text += [line.text[done:start], better]
        spans += [*line.spans[done:start], *[line.origin(start, end)] * len(better)]
        done = end
    if not done:
        return line
    return Line("".join([*text, line.text[done:]]), (*spans, *line.spans[done:]))
