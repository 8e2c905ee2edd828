"""What a mention says, put into the calendar: the days and hours that are meant."""

from datetime import time, timedelta

from bot.assistant.when.clock import Clock
from bot.assistant.when.days import Calendar, Days
from bot.assistant.when.model import Kind, Part, When
from bot.assistant.when.pieces import Piece

Hours = tuple[time | None, time | None]


def dated(piece: Piece, start: int, end: int, calendar: Calendar) -> When:
    """The mention at `text[start:end]` that says what `piece` says."""
    today, now = calendar.today, calendar.now
    if piece.kind is not None and piece.said().keys() <= {"kind", "day"} and piece.day in (None, today):
        before = now if piece.kind is Kind.NOW else None
        return When(start, end, today, today, now, before, piece.kind)
    after, before = _hours(piece.part, piece.clock)
    said = days_of(piece, calendar)
    first, last = said or _supplied(after, before, calendar)
    kind = Kind.CLOCK if piece.clock else Kind.DAY if first == last else Kind.DAYS
    return When(start, end, first, last, after, before, kind, piece.part or Part.WHOLE_DAY, said is not None)


def _hours(part: Part | None, clock: Clock | None) -> Hours:
    if clock is not None:
        at = clock.time(part)
        return at if clock.after else None, at if clock.before else None
    return (part.after, part.before) if part is not None else (None, None)


def days_of(piece: Piece, calendar: Calendar) -> Days | None:
    """The days that are said, the most exact way first: a date, a weekday of a week, a weekday, a week."""
    if piece.day is not None:
        return piece.day, piece.day
    if piece.weekday is None:
        return piece.days
    day = calendar.bare_weekday(piece.weekday)
    if piece.days is not None:
        first, last = piece.days
        within = first + timedelta(days=(piece.weekday - first.weekday()) % 7)
        day = within if within <= last else day
    return day, day


def _supplied(after: time | None, before: time | None, calendar: Calendar) -> Days:
    """No day is said: today, but tomorrow when that time is over, or yesterday when it is still to come."""
    begins, ends = after or time.min, before or time.max
    if calendar.looks_back:
        offset = -1 if begins > calendar.now else 0
    else:
        offset = 1 if ends < calendar.now or begins < ends == calendar.now else 0
    return calendar.day(offset), calendar.day(offset)
