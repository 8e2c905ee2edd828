"""What the tests of importing share: a programme, and the reading of one table."""

from collections.abc import Sequence
from datetime import date

from bot.calendars.importing.clock_times import Cell
from bot.calendars.importing.draft import Source
from bot.calendars.importing.table import Row, Table, read_table
from bot.knowledge.model import Programme


def read_rows(programme: Programme, *rows: Sequence[Cell]) -> Source:
    """What is read from a file `plan.csv` with these rows; an empty row is passed over."""
    source = Source("plan.csv")
    numbered = [Row(number, tuple(cells)) for number, cells in enumerate(rows, 1) if any(cells)]
    read_table(Table("", tuple(numbered)), programme, source)
    return source


def drafted(source: Source) -> list[tuple[str, date, str, str]]:
    """Title, day, start and end of each session."""
    return [(d.title, d.date, f"{d.start:%H:%M}", f"{d.end:%H:%M}") for d in source.drafts]
