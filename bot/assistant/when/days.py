"""Days as people name them, relative to the day of asking and to the programme."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

Days = tuple[date, date]
"""A first and a last day, both included."""

_NEAR = timedelta(days=14)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The moment of asking, in the programme's zone, and the programme's first and last day."""

    today: date
    now: time
    starts: date
    ends: date
    looks_back: bool = False  # the question is about what has been

    def day(self, offset: int) -> date:
        """Today plus so many days."""
        return self.today + offset * _DAY

    def bare_weekday(self, weekday: int) -> date:
        """`Friday`: of the programme's Fridays the next one, today included, else the one nearest to today.

        `weekday` is 0 for Monday. Where the question looks back it is the latest before today, if there
        was one. A programme without that weekday leaves the next one in the calendar.
        """
        first = self.starts + (weekday - self.starts.weekday()) % 7 * _DAY
        inside = [first + week * 7 * _DAY for week in range((self.ends - first).days // 7 + 1)]
        ahead = self.today + (weekday - self.today.weekday()) % 7 * _DAY
        if not inside:
            return ahead
        if self.looks_back and self.last_weekday(weekday) in inside:
            return self.last_weekday(weekday)
        return ahead if ahead in inside else min(inside, key=lambda day: abs(day - self.today))

    def coming_weekday(self, weekday: int) -> date:
        """`This coming Friday`: the first one after today."""
        return self.day(1) + (weekday - self.day(1).weekday()) % 7 * _DAY

    def next_weekday(self, weekday: int) -> date:
        """`Next Friday`: that of next week, unless only the coming one lies inside the programme."""
        coming, later = self.coming_weekday(weekday), self.week(1)[0] + weekday * _DAY
        return coming if self._inside(coming) and not self._inside(later) else later

    def last_weekday(self, weekday: int) -> date:
        """`Last Friday`: the latest one before today."""
        return self.day(-1) - (self.day(-1).weekday() - weekday) % 7 * _DAY

    def week(self, offset: int) -> Days:
        """Monday to Sunday of this week (0), next week (1) or last week (-1)."""
        monday = self.today + (7 * offset - self.today.weekday()) * _DAY
        return monday, monday + 6 * _DAY

    def weekend(self) -> Days:
        """Saturday and Sunday of this week."""
        return self.week(0)[0] + 5 * _DAY, self.week(0)[1]

    def next_weekend(self) -> Days:
        """Next week's Saturday and Sunday, unless only this week's are still to come inside the programme."""
        saturday = self.next_weekday(5)
        return saturday, saturday + _DAY

    def programme_day(self, number: int) -> date | None:
        """`Day 3`; None when the programme is shorter."""
        day = self.starts + (number - 1) * _DAY if 1 <= number <= 366 else None
        return day if day is not None and self._inside(day) else None

    def day_of_month(self, number: int) -> date | None:
        """`The 14th`: of the programme's months, inside the programme if it can be."""
        months = {(self.starts.year, self.starts.month), (self.ends.year, self.ends.month)}
        return self._nearest(_date(year, month, number) for year, month in months)

    def month_day(self, month: int, number: int, year: int | None) -> date | None:
        """`14 October`: without a year, in the one that brings it nearest to the programme."""
        years = [year] if year is not None else range(self.starts.year - 1, self.ends.year + 2)
        return self._nearest(_date(y, month, number) for y in years)

    def numeric(self, one: int, two: int, year: int | None) -> date | None:
        """`14/10` or `10/14`: the reading that lies inside the programme, else day first if that can be.

        Without a year it must lie near the programme: 24/7 and 1/2 are no dates then.
        """
        by_day, by_month = self.month_day(two, one, year), self.month_day(one, two, year)
        inside = [day for day in (by_day, by_month) if day is not None and self._inside(day)]
        if inside:
            return inside[0]
        day = by_day or by_month
        return day if day is not None and (year is not None or self.is_near(day)) else None

    def is_near(self, day: date) -> bool:
        """Whether the day lies in the programme or at most two weeks before or after it."""
        return self.starts - _NEAR <= day <= self.ends + _NEAR

    def _inside(self, day: date) -> bool:
        return self.starts <= day <= self.ends

    def _nearest(self, days: Iterable[date | None]) -> date | None:
        """The day with the fewest days between it and the programme."""
        return min((day for day in days if day is not None), key=self._distance, default=None)

    def _distance(self, day: date) -> timedelta:
        return max(self.starts - day, day - self.ends, timedelta())


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
