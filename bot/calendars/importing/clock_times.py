"""Times of day as people type them: `9:30`, `9.30 AM`, `14h`, `오후 2:00`, `09:00–10:30`."""

import re
from datetime import datetime, time, timedelta

from bot.knowledge.problems import quoted

Cell = str | bool | int | float | datetime | time | timedelta | None
"""What a cell of a spreadsheet holds. (A `date` without a time arrives as a datetime at midnight.)"""

_AFTERNOON = ("pm", "오후")
_TIME = re.compile(
    r"(?P<before>오전|오후)?\s*(?P<hour>\d{1,2})"
    r"(?:\s*(?:[:.](?=\d)|[h시])\s*(?P<minute>\d{2})?분?(?::\d{2})?)?\s*(?P<after>[ap]\.?\s?m\.?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_RANGE = re.compile(r"\s*(?:[-–—~〜]|\bto\b|\buntil\b|까지)\s*", re.IGNORECASE)
_DAY = timedelta(days=1)


def time_of(cell: Cell) -> time:
    """The time in a cell. Raises ValueError, in words for the organizer, when it holds none."""
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    if isinstance(cell, timedelta) and timedelta() <= cell < _DAY:
        return (datetime.min + cell).time().replace(second=0, microsecond=0)
    if isinstance(cell, float) and 0 <= cell < 1:  # a spreadsheet's time is a part of a day
        return (datetime.min + timedelta(minutes=round(cell * 24 * 60))).time()
    text = "" if cell is None else str(cell).strip()
    found = _read(text)
    if not text:
        raise ValueError("no time")
    if found is None:
        raise ValueError(f"{quoted(text)} is not a time (write hours:minutes, such as 14:00)")
    return found


def times_of(cell: Cell) -> tuple[time, time]:
    """The two times in a cell such as `9:00–10:30`. `2:00–4:00 pm` is both in the afternoon.

    Raises ValueError, in words for the organizer.
    """
    text = "" if cell is None else str(cell).strip()
    parts = _RANGE.split(text)
    if len(parts) != 2 or not all(parts):
        raise ValueError(f"{quoted(text)} is not a start and an end (write them such as 09:00–10:30)")
    first, last = parts
    end = time_of(last)
    marked = re.search(r"[ap]\.?\s?m\.?$", last, re.IGNORECASE)
    if marked and not re.search(r"[ap]\.?\s?m\.?$", first, re.IGNORECASE):
        start = time_of(f"{first} {marked[0]}")
        return (start if start < end else time_of(first)), end
    return time_of(first), end


def _read(text: str) -> time | None:
    if compact := _COMPACT.fullmatch(text):
        return time(int(compact[1]), int(compact[2]))
    found = _TIME.fullmatch(text)
    if not found:
        return None
    half = (found["before"] or found["after"] or "").lower().replace(".", "").replace(" ", "")
    if not half and not re.search(r"[:.h시]", text, re.IGNORECASE):
        return None  # a bare number may be anything
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in _AFTERNOON else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
