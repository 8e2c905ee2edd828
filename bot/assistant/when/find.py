"""Text in, mentions of time out: phrases are found in each language, joined where they touch, and dated."""

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from bot.assistant.when.dating import dated
from bot.assistant.when.days import Calendar
from bot.assistant.when.model import Kind, Part, When
from bot.assistant.when.phrases import Section
from bot.assistant.when.pieces import Piece, read_phrase
from bot.assistant.when.ranges import days_between, find_range, names_days
from bot.assistant.when.spelling import correct
from bot.assistant.when.text import Line, corrected, plain, read, without_marks
from bot.assistant.when.words import Words, words_of_time

_MOST_PHRASES = 64  # a language; no question has more, and a hostile text must not take long
_MOST_RANGES = 4
_MOMENTS = {Kind.NOW, Kind.NEXT, Kind.REST_OF_DAY}
_CLEAR_PARTS = {Part.NOON, Part.AFTER_LUNCH}  # 'morning' alone is a greeting; these are not
_LONGEST_GLUE = 30  # characters between two pieces
_BETWEEN_WORDS = re.compile(r"[\s,()'-]+")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A piece, or several joined, and where it stands in the text."""

    start: int
    end: int
    piece: Piece
    lone: bool  # too little to be a mention by itself
    short: bool  # a short weekday, which may be a common word


def find_when(
    text: str, moment: datetime, *, zone: ZoneInfo, starts: date, ends: date, languages: Sequence[str]
) -> tuple[When, ...]:
    """The mentions of time in a question, in the order of the text; none of them overlaps another.

    `moment`, when it was asked, is aware; `zone`, `starts` and `ends` are the programme's; `languages` are
    those in which the question may be written. Languages without words of time are passed over. Read are
    the first 4,096 characters.
    """
    known = tuple(dict.fromkeys(("any", *languages)))
    texts = _texts(text, known)
    here = moment.astimezone(zone)
    now = here.time().replace(second=0, microsecond=0)
    looks_back = any(words.looks_back(line.text) for words, line in texts)
    calendar = Calendar(here.date(), now, starts, ends, looks_back)
    phrases = _without_overlap(_phrases(texts, calendar, whole=len(text.strip(" ?!.,…"))))
    mentions = _with_ranges(_join(phrases, text, _glue(known)), texts, calendar)
    counting = [m for m in mentions if m.piece.said() and not m.lone]
    return _settle([dated(m.piece, m.start, m.end, calendar) for m in counting], calendar.today)


def _texts(text: str, languages: tuple[str, ...]) -> list[tuple[Words, Line]]:
    """Each language's words, and the text as it is searched with them."""
    marked = read(text)
    unmarked = corrected(plain(marked), lambda word: correct(word, languages))
    known = [words for words in map(words_of_time, languages) if words is not None]
    return [(words, marked if words.marked else unmarked) for words in known]


def _phrases(texts: Iterable[tuple[Words, Line]], calendar: Calendar, *, whole: int) -> Iterable[_Mention]:
    """Every phrase found in any of the languages. `whole` is the length of the text."""
    for words, line in texts:
        for found in islice(words.find(line.text), _MOST_PHRASES):
            start, end = line.origin(found.start, found.end)
            piece = read_phrase(found, calendar)
            short = found.section is Section.LONE_SHORT
            lone = (short or found.section is Section.LONE_PART) and piece.part not in _CLEAR_PARTS
            yield _Mention(start, end, piece, lone and end - start < whole, short)


def _without_overlap(mentions: Iterable[_Mention]) -> list[_Mention]:
    """In the order of the text. Of those that overlap the longest stays: it explains more of the question."""
    kept: list[_Mention] = []
    taken: set[int] = set()
    for mention in sorted(mentions, key=lambda m: m.start - m.end):
        span = range(mention.start, mention.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


@functools.lru_cache(maxsize=64)
def _glue(languages: tuple[str, ...]) -> frozenset[str]:
    """The small words that may stand between two pieces."""
    return frozenset[str]().union(*(words.glue for words in map(words_of_time, languages) if words))


def _join(mentions: Iterable[_Mention], text: str, glue: frozenset[str]) -> list[_Mention]:
    """Neighbours that say different things of one time become one: `Friday` + `at` + `3 pm`."""
    joined: list[_Mention] = []
    for mention in mentions:
        both = _joined(joined[-1], mention, text, glue) if joined else None
        if both is None:
            joined.append(mention)
        else:
            joined[-1] = both
    return joined


def _with_ranges(
    mentions: list[_Mention], texts: Iterable[tuple[Words, Line]], calendar: Calendar
) -> list[_Mention]:
    """`Monday` and `Wednesday` become one mention where the words around them make a range of them."""
    for words, line in texts:
        done = 0  # mentions before which no range is looked for any more
        for _ in range(_MOST_RANGES):
            days = [m for m in mentions[done:] if names_days(m.piece)]
            spans = [(m.start, m.end) for m in days]
            found = find_range(words.ranges, line, spans) if words.ranges and spans[1:] else None
            if found is None:
                break
            place, span = found
            left, right = days[place : place + 2]
            between = days_between(left.piece, right.piece, calendar)
            done = mentions.index(left) + 1
            if between:
                both = _Mention(*span, Piece(days=between), lone=False, short=False)
                mentions = [m for m in mentions if m.end <= both.start or m.start >= both.end]
                mentions = sorted([*mentions, both], key=lambda m: m.start)
                done = mentions.index(both) + 1
    return mentions


def _joined(left: _Mention, right: _Mention, text: str, glue: frozenset[str]) -> _Mention | None:
    """Both as one mention; None when they do not belong together."""
    gap, loosely = text[left.end : right.start], not (left.short or right.short)
    piece = left.piece.joined(right.piece) if left.piece.said() and right.piece.said() else None
    if piece is None or not _glued(gap, glue, loosely=loosely):
        return None
    if left.short and right.piece.clock and not text[right.start].isdigit():
        return None  # 'we sat at nine' is not Saturday, 'Sat 9 am' is
    lone = left.lone and right.lone and piece.weekday is None
    return _Mention(left.start, right.end, piece, lone, short=False)


def _glued(gap: str, glue: frozenset[str], *, loosely: bool) -> bool:
    """Whether what stands between two pieces joins them: spaces, commas and, `loosely`, small words."""
    if len(gap) > _LONGEST_GLUE:
        return False
    words = [word for word in _BETWEEN_WORDS.split(without_marks(gap.lower())) if word]
    return not words or (loosely and glue.issuperset(words))


def _settle(mentions: Iterable[When], today: date) -> tuple[When, ...]:
    """The same said twice counts once; 'now' and 'next' yield to a day that is said elsewhere in the text."""
    once = {replace(when, start=0, end=0): when for when in reversed(list(mentions))}
    found = sorted(once.values(), key=lambda when: when.start)
    moments = [when for when in found if when.kind in _MOMENTS]
    days = [when for when in found if when.kind not in _MOMENTS]
    just_today = all(
        w.first == w.last == today and w.part is Part.WHOLE_DAY and w.kind is Kind.DAY for w in days
    )
    return tuple(moments if moments and just_today else days)
