"""A table of sessions, whatever file it was in: its headings are found, its rows read, its errors named."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.calendars.importing.clock_times import Cell, time_of, times_of
from bot.calendars.importing.dates import NotADateError, dates_of
from bot.calendars.importing.draft import Draft, Source
from bot.calendars.importing.headings import column_of, means_yes
from bot.calendars.importing.spans import Part, odd_reading, parts_of, whole_days
from bot.knowledge.model import Programme
from bot.knowledge.problems import quoted

_SEARCHED = 20  # rows in which the headings are looked for: titles and logos may stand above them
_TEXTS = ("id", "title", "location", "room", "kind", "notes", "wear", "bring", "buses", "groups", "optional")
_MIDNIGHTS: tuple[Cell, ...] = (None, time(0), "00:00", "0:00", "12:00 AM", "12:00:00 AM")
_MOMENT = re.compile(r"(.*\d)[ T]+(\d{1,2}[:.]\d{2}.*)")  # `2016-10-13 09:00`
_NEEDED = "the columns must have headings: title, date, start and end"


@dataclass(frozen=True, slots=True)
class Row:
    """A row, numbered as the organizer sees it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, without its empty rows. `name` is '' when the file holds only one."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Day:
    """From which day to which, both included."""

    first: date | NotADateError
    last: date | NotADateError


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what."""

    numbers: Mapping[str, int]
    unread: tuple[str, ...]  # headings that are not known

    def cell(self, row: Row, name: str) -> Cell:
        """What the row says about `name`; None when it says nothing."""
        number = self.numbers.get(name)
        value = row.cells[number] if number is not None and number < len(row.cells) else None
        return (value.strip() or None) if isinstance(value, str) else value

    def text(self, row: Row, name: str) -> str:
        """The same as a text. Raises ValueError when the spreadsheet itself reports an error there."""
        value = self.cell(row, name)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = "" if value is None else str(value).strip()
        if re.fullmatch(r"#[A-Z/0!?]+", text):
            raise ValueError(f"{name} is {quoted(text)}, an error of the spreadsheet")
        return text

    def complete(self) -> bool:
        """Whether a session can be made of what there is."""
        has = self.numbers.keys()
        return "title" in has and ({"start", "end"} <= has or {"date", "times"} <= has)


def read_table(table: Table, programme: Programme, source: Source) -> None:
    """Adds to the source the table's sessions, and by row what is wrong and how odd things were read."""
    found = next(_headings(table), None)
    if found is None:
        source.error(table.name, _NEEDED)
        return
    at, columns = found
    for heading in columns.unread:
        source.note(table.name, f"the column {quoted(heading)} is not read")
    rows = [row for row in table.rows[at + 1 :] if not _is_banner(row, columns, table, source)]
    for row, day in zip(rows, _days(rows, columns, programme, table, source), strict=True):
        place = _place(table, row)
        drafts, errors = _read(row, columns, day, place)
        for error in errors:
            source.error(place, error)
        if drafts and not errors:
            source.drafts += drafts
            if odd := odd_reading([Part(each.date, each.start, each.end) for each in drafts]):
                source.note(place, f"{quoted(drafts[0].title)} {odd}")


def _headings(table: Table) -> Iterator[tuple[int, _Columns]]:
    """Where a row of headings stands, and what they say."""
    for at, row in enumerate(table.rows[:_SEARCHED]):
        numbers: dict[str, int] = {}
        unread: list[str] = []
        for number, cell in enumerate(row.cells):
            name = column_of(cell) if isinstance(cell, str) and cell.strip() else None
            if name and name not in numbers:
                numbers[name] = number
            elif isinstance(cell, str) and cell.strip():
                unread.append(cell.strip())
        columns = _Columns(numbers, tuple(dict.fromkeys(unread)))
        if columns.complete():
            yield at, columns


def _is_banner(row: Row, columns: _Columns, table: Table, source: Source) -> bool:
    """Whether it is a line of text over the whole width, such as `Day 2`, and no session."""
    title = columns.cell(row, "title")
    banner = isinstance(title, str) and title in {columns.cell(row, "start"), columns.cell(row, "times")}
    if banner:
        source.note(
            _place(table, row), f"{quoted(str(title))} is a line over the whole table, and is not read"
        )
    return banner


def _days(
    rows: Sequence[Row], columns: _Columns, programme: Programme, table: Table, source: Source
) -> list[_Day]:
    """The first and last day of each row. All are read together: each helps to tell how they are written."""
    firsts = [columns.cell(row, "date") or _split(columns.cell(row, "start"))[0] for row in rows]
    lasts = [columns.cell(row, "end_date") or _split(columns.cell(row, "end"))[0] for row in rows]
    carried: list[str] = []
    for at, row in enumerate(rows):
        if firsts[at] is None and at and firsts[at - 1] is not None:
            firsts[at] = firsts[at - 1]
            carried.append(str(row.number))
    if carried:
        source.note(table.name, f"rows without a date are on the date above them: {', '.join(carried)}")
    found = dates_of([*firsts, *(last for last in lasts if last is not None)], programme)
    ends = iter(found[len(rows) :])
    return [
        _Day(first, next(ends) if last is not None else first)
        for first, last in zip(found, lasts, strict=False)
    ]


def _read(row: Row, columns: _Columns, day: _Day, place: str) -> tuple[list[Draft], list[str]]:
    """The sessions of a row (two when it goes past midnight), and everything that is wrong with it."""
    errors = [str(each) for each in dict.fromkeys((day.first, day.last)) if isinstance(each, NotADateError)]
    texts: dict[str, str] = {}
    for name in _TEXTS:
        try:
            texts[name] = columns.text(row, name)
        except ValueError as error:
            errors.append(str(error))
    if texts.get("title") == "":
        errors.append("no title")
    parts: list[Part] = []
    try:
        parts = _parts(row, columns, day)
    except ValueError as error:
        errors.append(str(error))
    if errors:
        return [], errors
    said = texts.pop("optional")
    optional = means_yes(said) if "optional" in columns.numbers else None
    return [
        Draft(place, date=p.date, start=p.start, end=p.end, optional=optional, **texts) for p in parts
    ], []


def _parts(row: Row, columns: _Columns, day: _Day) -> list[Part]:
    """When it is. Raises ValueError with what is wrong with its times; a wrong day counts as any day."""
    first = day.first if isinstance(day.first, date) else date.max - timedelta(1)
    last = day.last if isinstance(day.last, date) else first
    if means_yes(columns.text(row, "all_day")):
        ends_at_midnight = last > first and columns.cell(row, "end") in _MIDNIGHTS
        return whole_days(first, last - timedelta(1) if ends_at_midnight else last)
    if columns.cell(row, "start") is None and columns.cell(row, "times") is not None:
        start, end = times_of(columns.cell(row, "times"))
    else:
        start, end = (_time(row, columns, name) for name in ("start", "end"))
    return parts_of(datetime.combine(first, start), datetime.combine(last, end))


def _time(row: Row, columns: _Columns, name: str) -> time:
    try:
        return time_of(_split(columns.cell(row, name))[1])
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def _split(cell: Cell) -> tuple[Cell, Cell]:
    """The date and the time in a cell; the date is None when it holds a time only."""
    if isinstance(cell, datetime):
        return cell, cell
    moment = _MOMENT.fullmatch(cell) if isinstance(cell, str) else None
    return (moment[1], moment[2]) if moment else (None, cell)


def _place(table: Table, row: Row) -> str:
    return f"{table.name}: row {row.number}" if table.name else f"row {row.number}"
