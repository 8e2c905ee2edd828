"""Dates as people type them: `2016-10-13`, `13/10/2016`, `Thu 13 Oct`, `10월 13일`, a column at a time.

Whether `10/11/2016` is in October or November is decided by the other dates of the column and by the
programme's days. When these do not tell, it is an error: a guess would be wrong every second time.
"""

import functools
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import Enum

from babel import Locale
from babel.dates import get_day_names, get_month_names
from babel.localedata import locale_identifiers

from bot.calendars.importing.clock_times import Cell
from bot.knowledge.model import Programme
from bot.knowledge.problems import quoted
from bot.matching.normalise import normalise

_ADVICE = "write year-month-day, such as 2016-10-13"
_NUMBERS = re.compile(r"(\d{1,4})\s*[-/.]\s*(\d{1,2})(?:\s*[-/.]\s*(\d{1,4}))?\.?")
_MARKED = re.compile(r"(?:(\d{4})\s*년\s*)?(\d{1,2})\s*월\s*(\d{1,2})\s*일")  # 2016년 10월 13일
_EPOCH, _SERIALS = date(1899, 12, 30), (30_000, 60_000)
"""Spreadsheets count days; these are the numbers of the years 1982 to 2064 (ECMA-376, 18.17.4.1)."""
_AT_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")
_WORDS = re.compile(r"\d+|[^\s\d,.;:()/_-]+")
_ORDINALS = frozenset({"st", "nd", "rd", "th", "of", "de", "del", "ng", "er"})


class Order(Enum):
    """What comes first in `10/11/2016`."""

    DAY = "day"
    MONTH = "month"


class NotADateError(ValueError):
    """A cell without a date, in words for the organizer."""


def dates_of(cells: Sequence[Cell], programme: Programme) -> list[date | NotADateError]:
    """The date in each cell of one column, or what is wrong with it."""
    by_day, by_month = ([_read(cell, programme, order) for cell in cells] for order in Order)
    day_cost, month_cost = _cost(by_day, programme), _cost(by_month, programme)
    if day_cost != month_cost:
        return by_day if day_cost < month_cost else by_month
    return [_settled(*each) for each in zip(cells, by_day, by_month, strict=True)]


def _cost(column: Sequence[date | NotADateError], programme: Programme) -> tuple[int, int]:
    """How badly a reading of a column fits: cells that are no dates, and dates outside the programme."""
    found = [each for each in column if isinstance(each, date)]
    outside = sum(not programme.starts <= each <= programme.ends for each in found)
    return len(column) - len(found), outside


def _settled(
    cell: Cell, by_day: date | NotADateError, by_month: date | NotADateError
) -> date | NotADateError:
    """One cell of a column whose order is open: the reading that is left, if there is only one."""
    if isinstance(by_month, NotADateError) or by_day == by_month:
        return by_day
    if isinstance(by_day, NotADateError):
        return by_month
    return NotADateError(f"{quoted(str(cell))} may be {by_day} or {by_month} ({_ADVICE})")


def _read(cell: Cell, programme: Programme, order: Order) -> date | NotADateError:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, int | float) and _SERIALS[0] <= cell <= _SERIALS[1]:
        return _EPOCH + timedelta(int(cell))
    text = _AT_MIDNIGHT.sub("", "" if cell is None else str(cell).strip())
    try:
        return _in_numbers(text, programme, order) or _in_words(text, programme) or _not_a_date(text)
    except ValueError:  # the calendar has no such day
        return _not_a_date(text)


def _not_a_date(text: str) -> NotADateError:
    return NotADateError(f"{quoted(text)} is not a date ({_ADVICE})" if text else "no date")


def _in_numbers(text: str, programme: Programme, order: Order) -> date | None:
    """`2016-10-13`, `20161013`, `13/10/2016`, `10/13/16`, `13.10.`, `10월 13일`."""
    if compact := re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)", text):
        return date(*map(int, compact.groups()))
    if marked := _MARKED.match(text):
        return _dated(int(marked[2]), int(marked[3]), marked[1], programme)
    numbers = _NUMBERS.fullmatch(text)
    if numbers is None:
        return None
    first, second, third = numbers.groups()
    if len(first) == 4 and third:
        return date(int(first), int(second), int(third))
    if len(first) > 2 or len(third or "") in {1, 3}:
        return None
    day, month = (first, second) if order is Order.DAY else (second, first)
    return _dated(int(month), int(day), third, programme)


def _in_words(text: str, programme: Programme) -> date | NotADateError | None:
    """`Thu 13 Oct 2016`, `October 13th`: a month by name and a day, perhaps a year and a weekday."""
    months, weekdays = _names(programme.languages)
    words = [normalise(word) for word in _WORDS.findall(text)]
    named = [months[word] for word in words if word in months]
    numbers = [word for word in words if word.isdigit()]
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    known = months.keys() | weekdays.keys() | _ORDINALS
    if len(named) != 1 or len(days) != 1 or len(years) > 1 or len(years) + len(days) != len(numbers):
        return None
    if any(word not in known and not word.isdigit() for word in words):
        return None
    found = _dated(named[0], int(days[0]), years[0] if years else None, programme)
    said = {weekdays[word] for word in words if word in weekdays and word not in months}
    if said and found.weekday() not in said:
        return NotADateError(f"{quoted(text)}: {found} is a {found:%A} (mend the date or the weekday)")
    return found


def _dated(month: int, day: int, year: str | None, programme: Programme) -> date:
    """A date; without a year the one that lies in the programme, else in the year in which it starts."""
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    years = (programme.starts.year, programme.ends.year)
    candidates = [date(each, month, day) for each in years]
    return next((d for d in candidates if programme.starts <= d <= programme.ends), candidates[0])


@functools.lru_cache(maxsize=8)
def _names(languages: tuple[str, ...]) -> tuple[dict[str, int], dict[str, int]]:
    """The names of months (→ 1–12) and weekdays (→ 0–6) in the languages and in English."""
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    for locale in (
        Locale.parse(language) for language in {*languages, "en"} if language in locale_identifiers()
    ):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                months |= {_word(n): m for m, n in get_month_names(width, context, locale).items()}
                weekdays |= {_word(n): d for d, n in get_day_names(width, context, locale).items()}
    return months, weekdays


def _word(name: str) -> str:
    return normalise(name.replace(".", ""))
