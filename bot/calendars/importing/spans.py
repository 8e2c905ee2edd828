"""From one moment to another, as parts that each lie within one day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

FIRST, LAST = time(0), time(23, 59)
"""The first and the last minute of a day: how a session that takes the whole day is written."""
_DAY = timedelta(days=1)
_MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Part:
    """What lies within one day."""

    date: date
    start: time
    end: time


def parts_of(start: datetime, end: datetime) -> list[Part]:
    """The one or two days that a session touches; what ends at midnight ends at 23:59.

    Raises ValueError, in words for the organizer, when it ends before it starts or takes more than a day.
    """
    if end <= start:
        how = "the same as" if end == start else "before"
        raise ValueError(f"end {_shown(end, start)} is {how} start {start:%H:%M}")
    if end - start > _DAY:
        raise ValueError(
            f"lasts until {end:%Y-%m-%d %H:%M}: a session lies within one day (write one for each day)"
        )
    if end.date() == start.date():
        return [Part(start.date(), start.time(), end.time())]
    first = Part(start.date(), start.time(), LAST)
    return [first] if end.time() == FIRST else [first, Part(end.date(), FIRST, end.time())]


def whole_days(first: date, last: date) -> list[Part]:
    """Each of the days from the first to the last, both included, from 00:00 to 23:59.

    Raises ValueError, in words for the organizer, when they are too many or in the wrong order.
    """
    length = (last - first).days + 1
    if not 1 <= length <= _MOST_DAYS:
        raise ValueError(f"lasts from {first} to {last} (1 to {_MOST_DAYS} days can be read)")
    return [Part(first + timedelta(n), FIRST, LAST) for n in range(length)]


def _shown(end: datetime, start: datetime) -> str:
    return f"{end:%H:%M}" if end.date() == start.date() else f"{end:%Y-%m-%d %H:%M}"


def odd_reading(parts: Sequence[Part]) -> str | None:
    """How something was read that is not plainly from one time to another of a day; None when it is."""
    if all((part.start, part.end) == (FIRST, LAST) for part in parts):
        days = "the whole day" if len(parts) == 1 else f"{len(parts)} whole days"
        return f"takes {days}: read as {FIRST:%H:%M} to {LAST:%H:%M} on each"
    if len(parts) > 1:
        return f"goes past midnight: read as two sessions, until {LAST:%H:%M} and from {FIRST:%H:%M}"
    return None
