"""The days of the programme as strips: the date at the left, a line for each session at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from babel.dates import format_date, format_interval

from bot.assistant import plan
from bot.assistant.plan import Phase
from bot.assistant.reader import Reader
from bot.assistant.sessions import times
from bot.knowledge.model import Session
from bot.timetable.canvas import Canvas
from bot.timetable.palette import CARD, FAINT, NOW, QUIET, TEXT, TONES, Tone, blended, faded
from bot.timetable.rows import Row, draw_rows, height_of, rows_of

_PADDING = 8.0
_DATE = 50.0  # points for the date
_BESIDE = 6.0  # points between the date and what is beside it
_BAR = 10.0  # a bar of colour and the blank behind it
_TIMES = 74.0  # points for `09:30–12:00`
_APART = 5.0  # points between two sessions
_MANY = 3  # free days in a row that make one strip


@dataclass(frozen=True, slots=True)
class Item:
    """One session, set in type."""

    session: Session
    times: tuple[Row, ...]
    title: tuple[Row, ...]
    tone: Tone

    @property
    def height(self) -> float:
        """In points."""
        return max(height_of(self.times), height_of(self.title))


@dataclass(frozen=True, slots=True)
class Strip:
    """One day, or several free days in a row."""

    first: date
    last: date
    date: tuple[Row, ...]
    items: tuple[Item, ...]
    words: tuple[Row, ...]  # instead of sessions

    @property
    def height(self) -> float:
        """In points."""
        inner = sum(item.height for item in self.items) + _APART * (len(self.items) - 1)
        return max(height_of(self.date), inner, height_of(self.words)) + 2 * _PADDING


def strips_of(sessions: Sequence[Session], reader: Reader, width: float) -> list[Strip]:
    """A strip for each day of the programme, and for days outside it on which there is something."""
    programme = reader.knowledge.programme
    length = (programme.ends - programme.starts).days + 1
    days = {programme.starts + timedelta(n) for n in range(length)} | {s.date for s in sessions}
    busy = {s.date for s in sessions}
    strips: list[Strip] = []
    for is_busy, run in groupby(sorted(days), lambda day: day in busy):
        together = list(run)
        if is_busy or len(together) < _MANY:
            strips += [_strip(day, day, sessions, reader, width) for day in together]
        else:
            strips.append(_strip(together[0], together[-1], sessions, reader, width))
    return strips


def draw_strip(strip: Strip, canvas: Canvas, x: float, y: float, *, width: float, moment: datetime) -> None:
    """The strip with its top left corner at (x, y); today's has a frame and a line where the moment is."""
    is_today = strip.first <= moment.date() <= strip.last
    if is_today:
        canvas.box(x - 1.5, y - 1.5, width + 3, strip.height + 3, NOW, radius=9.5)
    canvas.box(x, y, width, strip.height, CARD, radius=8)
    draw_rows(strip.date, canvas, x + _PADDING, y + _PADDING)
    left, top = x + _DATE, y + _PADDING
    draw_rows(strip.words, canvas, left, y + (strip.height - height_of(strip.words)) / 2)
    if is_today and strip.items:
        now = y + _now(strip, moment)
        canvas.box(left - _BESIDE, now - 0.6, width - _DATE, 1.2, blended(NOW, CARD, 0.5))
        canvas.dot(left - _BESIDE, now, 3, NOW)
    for item in strip.items:
        canvas.box(left, top + 1, 4, item.height - 2, item.tone.strong, radius=2)
        draw_rows(item.times, canvas, left + _BAR, top + item.title[0].base - item.times[0].base)
        draw_rows(item.title, canvas, left + _BAR + _TIMES, top)
        top += item.height + _APART


def _now(strip: Strip, moment: datetime) -> float:
    """How far below the strip's top the moment lies, in points: inside a session, or between two."""
    zone, top = moment.tzinfo, _PADDING
    for item in strip.items:
        start = datetime.combine(item.session.date, item.session.start, zone)
        end = datetime.combine(item.session.date, item.session.end, zone)
        if moment < start:
            return top - _APART / 2
        if moment < end:
            return top + item.height * ((moment - start) / (end - start))
        top += item.height + _APART
    return top - _APART / 2


def _strip(first: date, last: date, sessions: Sequence[Session], reader: Reader, width: float) -> Strip:
    today = plan.sessions_on(sessions, first)
    items = tuple(_item(session, reader, width) for session in today)
    words = (
        [] if items else rows_of(_free(first, last, reader), width - _DATE - _PADDING - _BESIDE, 13, QUIET)
    )
    return Strip(first, last, tuple(_date_rows(first, reader)), items, tuple(words))


def _free(first: date, last: date, reader: Reader) -> str:
    free = reader.words("Free day")
    if first == last:
        return free
    return f"{format_interval(first, last, 'MMMEd', locale=reader.words.locale)} · {free}"


def _date_rows(day: date, reader: Reader) -> list[Row]:
    """The weekday and the day; in a programme of several months also the month."""
    locale, programme = reader.words.locale, reader.knowledge.programme
    colour = FAINT if _is_behind(day, reader) else TEXT
    rows = rows_of(format_date(day, "ccc", locale=locale), _DATE - _PADDING - _BESIDE, 11.5, QUIET, at_most=1)
    rows += rows_of(str(day.day), _DATE - _PADDING - _BESIDE, 19, colour, bold=True, at_most=1)
    if programme.starts.replace(day=1) != programme.ends.replace(day=1):
        rows += rows_of(
            format_date(day, "LLL", locale=locale), _DATE - _PADDING - _BESIDE, 11.5, QUIET, at_most=1
        )
    return rows


def _item(session: Session, reader: Reader, width: float) -> Item:
    room = width - _DATE - _BAR - _TIMES - _PADDING
    tone, colour = TONES[session.kind], TEXT
    if _is_behind(session.date, reader) or _is_over(session, reader.moment):
        tone, colour = faded(tone), FAINT
    hours = rows_of(times(session, reader), _TIMES, 12, colour, at_most=2)
    title = rows_of(reader.text(session.title), room, 13, colour, bold=colour is TEXT, at_most=2)
    return Item(session, tuple(hours), tuple(title), tone)


def _is_behind(day: date, reader: Reader) -> bool:
    """Whether it is one of the programme's earlier days. Afterwards, none is behind."""
    return (
        plan.phase(reader.knowledge.programme, reader.moment) is Phase.DURING and day < reader.moment.date()
    )


def _is_over(session: Session, moment: datetime) -> bool:
    return session.date == moment.date() and session.end <= moment.time()
