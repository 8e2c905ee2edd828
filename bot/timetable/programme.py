"""The picture of the whole programme: every day as a strip, all on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_interval

from bot.assistant.kinds import kind_name
from bot.assistant.reader import Reader
from bot.knowledge.model import Knowledge, Session
from bot.timetable.canvas import Canvas, Colour
from bot.timetable.frame import MARGIN, WIDTH, blank_page, footing, heading
from bot.timetable.palette import QUIET, TONES
from bot.timetable.rows import Row, draw_rows, height_of, rows_of
from bot.timetable.strips import Strip, draw_strip, strips_of

_APART = 6.0  # points between two strips
_TALLEST = 3.0  # heights to a width: a longer page goes on in a second column
_MOST_COLUMNS = 6
_LEGEND = 22.0  # points from line to line


@dataclass(frozen=True, slots=True)
class _Key:
    """A colour and what it stands for, in points from where the legend begins."""

    x: float
    y: float
    colour: Colour
    row: Row


def programme_picture(
    knowledge: Knowledge, *, language: str, moment: datetime, sessions: Sequence[Session] | None = None
) -> bytes:
    """All days as a PNG, in the reader's language; the day of `moment` (aware) is framed.

    `sessions` are those that concern the reader (all of them when None). The page has one column, 1,080
    pixels wide, while it is at most three times as high; then more. A page beyond what Telegram takes as a
    photo (width and height together 10,000 pixels) is drawn with fewer pixels.
    """
    reader = Reader.of(knowledge, language, moment)
    meant = tuple(knowledge.sessions.values()) if sessions is None else sessions
    strips = strips_of(meant, reader, WIDTH - 2 * MARGIN)
    columns = _columns(strips)
    width = MARGIN + len(columns) * (WIDTH - MARGIN)
    room = width - 2 * MARGIN
    head = heading(reader.text(knowledge.programme.name), _dates(reader), room)
    legend = _legend(meant, reader, room)
    foot = footing(reader.moment, reader, room)
    top = height_of(head) + 2 * MARGIN
    below = top + max(map(_height, columns)) + MARGIN
    end = below + (legend[-1].y + _LEGEND if legend else 0)
    canvas = blank_page(width, end + height_of(foot) + MARGIN)
    draw_rows(head, canvas, MARGIN, MARGIN)
    _draw_columns(columns, canvas, top, reader.moment)
    _draw_legend(legend, canvas, below)
    draw_rows(foot, canvas, MARGIN, end)
    return canvas.png()


def _draw_columns(columns: Sequence[Sequence[Strip]], canvas: Canvas, top: float, moment: datetime) -> None:
    for number, column in enumerate(columns):
        x, y = MARGIN + number * (WIDTH - MARGIN), top
        for strip in column:
            draw_strip(strip, canvas, x, y, width=WIDTH - 2 * MARGIN, moment=moment)
            y += strip.height + _APART


def _draw_legend(legend: Sequence[_Key], canvas: Canvas, top: float) -> None:
    for key in legend:
        canvas.dot(MARGIN + key.x + 4, top + key.y + 8, 4, key.colour)
        draw_rows([key.row], canvas, MARGIN + key.x + 13, top + key.y)


def _dates(reader: Reader) -> str:
    programme = reader.knowledge.programme
    return str(format_interval(programme.starts, programme.ends, "yMMMd", locale=reader.words.locale))


def _height(strips: Sequence[Strip]) -> float:
    return sum(strip.height + _APART for strip in strips)


def _columns(strips: Sequence[Strip]) -> list[list[Strip]]:
    """The strips in as few columns as make a page that is not too tall."""
    for number in range(1, _MOST_COLUMNS + 1):
        columns = _in_columns(strips, number)
        if max(map(_height, columns)) <= _TALLEST * number * WIDTH:
            break
    return columns


def _in_columns(strips: Sequence[Strip], number: int) -> list[list[Strip]]:
    """At most `number` columns of nearly the same height, in order."""
    share = _height(strips) / number
    columns: list[list[Strip]] = [[]]
    for strip in strips:
        full = _height(columns[-1]) + _height([strip]) / 2 > share
        if full and columns[-1] and len(columns) < number:
            columns.append([])
        columns[-1].append(strip)
    return columns


def _legend(sessions: Sequence[Session], reader: Reader, width: float) -> list[_Key]:
    """What the colours stand for: each kind that occurs, in lines of that width."""
    keys: list[_Key] = []
    x = y = 0.0
    occurring = {session.kind for session in sessions}
    for kind in (kind for kind in TONES if kind in occurring):
        row = rows_of(kind_name(kind, reader.words), width, 12, QUIET, at_most=1)[0]
        if x + row.line.width + 13 > width:
            x, y = 0.0, y + _LEGEND
        keys.append(_Key(x, y, TONES[kind].strong, row))
        x += row.line.width + 30
    return keys
