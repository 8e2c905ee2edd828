"""Two days that are named as a first and a last: `from Monday to Wednesday`, `tomorrow until the 15th`."""

import re
from collections import deque
from collections.abc import Sequence
from datetime import timedelta

from bot.assistant.when.dating import days_of
from bot.assistant.when.days import Calendar, Days
from bot.assistant.when.phrases import MENTION
from bot.assistant.when.pieces import Piece
from bot.assistant.when.text import Line

Span = tuple[int, int]


def find_range(pattern: re.Pattern[str], line: Line, mentions: Sequence[Span]) -> tuple[int, Span] | None:
    """The first two neighbours among `mentions` (spans of the original text) that `pattern` makes a range.

    Returns the place of the first of them in `mentions`, and the span of the whole range.
    """
    text, spans = _covered(line, mentions)
    match = pattern.search(text)
    if match is None:
        return None
    before = text.count(MENTION, 0, match.start())
    return before, (spans[match.start()][0], spans[match.end() - 1][1])


def _covered(line: Line, mentions: Sequence[Span]) -> tuple[str, list[Span]]:
    """The line with each mention as one letter, and for each letter its span in the original text."""
    letters: list[str] = []
    spans: list[Span] = []
    ahead = deque(mentions)  # in the order of the text
    for letter, span in zip(line.text, line.spans, strict=True):
        while ahead and ahead[0][1] <= span[0]:
            ahead.popleft()
        if not ahead or span[0] < ahead[0][0]:
            letters.append(letter)
            spans.append(span)
        elif not spans or spans[-1] != ahead[0]:
            letters.append(MENTION)
            spans.append(ahead[0])
    return "".join(letters), spans


def names_days(piece: Piece) -> bool:
    """Whether a piece may begin or end a range: it names days, and no time of one."""
    said = piece.said().keys()
    return bool(said & {"day", "weekday", "days"}) and not said & {"clock", "kind"}


def days_between(first: Piece, last: Piece, calendar: Calendar) -> Days | None:
    """From the first day of the one to the last day of the other, or back; None when there is no such day.

    A bare weekday is the one next to the other end: `from Monday to the 14th`, `tomorrow to Friday`.
    """
    begins, ends = days_of(first, calendar), days_of(last, calendar)
    if begins is None or ends is None:
        return None
    start, end = begins[0], ends[1]
    if _is_bare(last):
        end = start + timedelta(days=(end - start).days % 7)
    elif _is_bare(first):
        start = end - timedelta(days=(end - start).days % 7)
    return min(start, end), max(start, end)


def _is_bare(piece: Piece) -> bool:
    return piece.weekday is not None and piece.days is None and piece.day is None
