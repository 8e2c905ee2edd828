"""One phrase of time, read: what it says of the day, the part of the day, the clock or the moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from bot.assistant.when.clock import Clock, read_clock
from bot.assistant.when.days import Calendar, Days
from bot.assistant.when.model import Kind, Part
from bot.assistant.when.phrases import Section
from bot.assistant.when.words import Found


@dataclass(frozen=True, slots=True)
class Piece:
    """What one phrase, or several joined, say; None where they say nothing."""

    day: date | None = None
    weekday: int | None = None  # 0 for Monday; the calendar tells which
    days: Days | None = None
    part: Part | None = None
    clock: Clock | None = None
    kind: Kind | None = None  # NOW, NEXT or REST_OF_DAY

    def said(self) -> dict[str, Any]:
        """The fields that are not None."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not None}

    def joined(self, other: "Piece") -> "Piece | None":
        """Both in one; None when both say something of one sort, and so are two mentions."""
        mine, theirs = self.said(), other.said()
        if mine.keys() & theirs.keys():
            return None
        return Piece(**mine, **theirs)


def read_phrase(found: Found, calendar: Calendar) -> Piece:
    """What the phrase says: nothing when it is no date after all, such as day 40 or 31 February."""
    piece = _READERS[found.section](calendar, found.values)
    day = piece.days[0] if piece.days else piece.day
    doubtful = not found.certain and day is not None and not calendar.is_near(day)
    return Piece() if doubtful else piece


_READERS: Mapping[Section, Callable[[Calendar, Mapping[str, Any]], Piece]] = {
    Section.IGNORE: lambda _, __: Piece(),
    Section.REST_OF_DAY: lambda _, __: Piece(kind=Kind.REST_OF_DAY),
    Section.LAST_NIGHT: lambda c, _: Piece(day=c.day(-1), part=Part.NIGHT),
    Section.DAY_AFTER_TOMORROW: lambda c, _: Piece(day=c.day(2)),
    Section.DAY_BEFORE_YESTERDAY: lambda c, _: Piece(day=c.day(-2)),
    Section.TONIGHT: lambda c, _: Piece(day=c.day(0), part=Part.EVENING),
    Section.TODAY_PART: lambda c, v: Piece(day=c.day(0), part=v["part"]),
    Section.IN_PART: lambda _, v: Piece(part=v["part"]),
    Section.YMD: lambda c, v: Piece(day=c.month_day(v["m"], v["b"], v["year"])),
    Section.DATE_RANGE: lambda c, v: Piece(days=_dates(c, v)),
    Section.DATE: lambda c, v: Piece(day=c.month_day(_either(v, "month", "m"), v["d"], v.get("year"))),
    Section.NUMERIC: lambda c, v: Piece(day=c.numeric(v["a"], _either(v, "b", "m"), v.get("year"))),
    Section.CLOCK_AFTER: lambda _, v: Piece(clock=read_clock(v, before=False)),
    Section.CLOCK_BEFORE: lambda _, v: Piece(clock=read_clock(v, after=False)),
    Section.CLOCK: lambda _, v: Piece(clock=read_clock(v)),
    Section.NEXT_WEEKEND: lambda c, _: Piece(days=c.next_weekend()),
    Section.NEXT_WEEK: lambda c, _: Piece(days=c.week(1)),
    Section.LAST_WEEK: lambda c, _: Piece(days=c.week(-1)),
    Section.THIS_WEEK: lambda c, _: Piece(days=c.week(0)),
    Section.NEXT_WEEKDAY: lambda c, v: Piece(day=c.next_weekday(_either(v, "weekday", "short"))),
    Section.COMING_WEEKDAY: lambda c, v: Piece(day=c.coming_weekday(_either(v, "weekday", "short"))),
    Section.LAST_WEEKDAY: lambda c, v: Piece(day=c.last_weekday(_either(v, "weekday", "short"))),
    Section.IN_DAYS: lambda c, v: Piece(day=c.day(v["n"])),
    Section.DAYS_AGO: lambda c, v: Piece(day=c.day(-v["n"])),
    Section.PROGRAMME_DAY: lambda c, v: Piece(day=c.programme_day(_either(v, "n", "nth", "d"))),
    Section.LAST_DAY: lambda c, _: Piece(day=c.ends),
    Section.TODAY: lambda c, _: Piece(day=c.day(0)),
    Section.TOMORROW: lambda c, _: Piece(day=c.day(1)),
    Section.YESTERDAY: lambda c, _: Piece(day=c.day(-1)),
    Section.WEEKDAY: lambda _, v: Piece(weekday=_either(v, "weekday", "short")),
    Section.WEEKEND: lambda c, _: Piece(days=c.weekend()),
    Section.DAY_OF_MONTH: lambda c, v: _day_of_month(c, v["d"], v.get("weekday")),
    Section.NEXT: lambda _, __: Piece(kind=Kind.NEXT),
    Section.NOW: lambda _, __: Piece(kind=Kind.NOW),
    Section.LONE_PART: lambda _, v: Piece(part=v["part"]),
    Section.LONE_SHORT: lambda _, v: Piece(weekday=v["short"]),
}


def _day_of_month(calendar: Calendar, number: int, weekday: int | None) -> Piece:
    """`The 14th`, or `Friday 14`; when the 14th is no Friday, the number may be anything."""
    day = calendar.day_of_month(number)
    if weekday is None or (day is not None and day.weekday() == weekday):
        return Piece(day=day)
    return Piece(weekday=weekday)


def _dates(calendar: Calendar, values: Mapping[str, Any]) -> Days | None:
    """`13 to 15 October`, or without the month, in either order; None when there are no such days."""
    if "month" in values or "m" in values:
        month, year = _either(values, "month", "m"), values.get("year")
        first, last = (calendar.month_day(month, values[slot], year) for slot in "ab")
    else:
        first, last = (calendar.day_of_month(values[slot]) for slot in "ab")
    return None if first is None or last is None else (min(first, last), max(first, last))


def _either(values: Mapping[str, Any], *slots: str) -> int:
    """The number in the one of several slots that the phrase has."""
    number: int = next(values[slot] for slot in slots if slot in values)
    return number
