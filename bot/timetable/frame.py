"""What frames a page: the heading above, and below it whose clock the times are of."""

from datetime import datetime

from babel.dates import get_timezone_name

from bot.assistant.reader import Reader
from bot.timetable.palette import FAINT, QUIET, TEXT
from bot.timetable.rows import Row, rows_of

DENSITY = 3.0
"""Pixels a point: 1,080 pixels for the width of a phone."""
WIDTH = 360.0
"""Of a page, in points."""
MARGIN = 12.0
"""Around what is on a page, in points."""


def heading(title: str, below: str, width: float) -> list[Row]:
    """The title, and a quieter line below it."""
    return [
        *rows_of(title, width, 20, TEXT, bold=True, at_most=3),
        *rows_of(below, width, 12.5, QUIET, at_most=2),
    ]


def footing(moment: datetime, reader: Reader, width: float) -> list[Row]:
    """The name of the time zone at that moment (aware, in the programme's zone)."""
    return rows_of(get_timezone_name(moment, locale=reader.words.locale), width, 11, FAINT, at_most=1)
