"""What frames a page: the heading above, and below it whose clock the times are of."""

import math
from datetime import datetime

from babel.dates import get_timezone_name

from bot.assistant.reader import Reader
from bot.timetable.canvas import Canvas
from bot.timetable.palette import FAINT, PAGE, QUIET, TEXT
from bot.timetable.rows import Row, rows_of

_DENSITY = 3.0  # pixels a point: 1,080 pixels for the width of a phone
_MOST_PIXELS = 12_000_000  # drawing takes three bytes for each
_SLIMMEST = 18  # heights to a width; sendPhoto takes 20
_MOST_SIDES = 10_000  # pixels, width and height together: what Telegram's sendPhoto takes
WIDTH = 360.0
"""Of a page, in points."""
MARGIN = 12.0
"""Around what is on a page, in points."""


def blank_page(width: float, height: float) -> Canvas:
    """A page of that size in points, with fewer pixels or a wider margin where Telegram would refuse it."""
    width, height = max(width, height / _SLIMMEST), max(height, width / _SLIMMEST)
    fitting = min(math.sqrt(_MOST_PIXELS / (width * height)), _MOST_SIDES / (width + height))
    return Canvas(width, height, density=min(_DENSITY, fitting), colour=PAGE)


def heading(title: str, below: str, width: float) -> list[Row]:
    """The title, and a quieter line below it."""
    return [
        *rows_of(title, width, 20, TEXT, bold=True, at_most=3),
        *rows_of(below, width, 12.5, QUIET, at_most=2),
    ]


def footing(moment: datetime, reader: Reader, width: float) -> list[Row]:
    """The name of the time zone at that moment (aware, in the programme's zone)."""
    return rows_of(get_timezone_name(moment, locale=reader.words.locale), width, 11, FAINT, at_most=1)
