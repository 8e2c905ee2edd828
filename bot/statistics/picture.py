"""The figures as one picture: a bar a day by how the questions ended, and below it what was asked most."""

from collections.abc import Sequence

from babel.dates import format_skeleton

from bot.assistant.reader import Reader
from bot.statistics.figures import Day, Figures
from bot.timetable.canvas import Canvas, Colour
from bot.timetable.palette import CARD, PAGE, QUIET, RULE, TEXT
from bot.timetable.rows import draw_rows, height_of, rows_of

WIDTH, MARGIN = 360.0, 16.0  # points
_DENSITY = 3.0  # pixels a point
_CHART, _LINE, _SMALL = 150.0, 19.0, 10.0  # points: height of the bars, of a line, of small letters
_MOST_DATES = 9  # that stand beside each other without touching
ANSWERED, SUGGESTED, UNKNOWN = "#177a3d", "#d99a00", "#c0392b"


def picture(figures: Figures, reader: Reader) -> bytes:
    """A PNG file."""
    inner = WIDTH - 2 * MARGIN
    title = rows_of(reader.words("Questions by day"), inner, 16, TEXT, bold=True, at_most=1)
    below = rows_of(reader.words("Asked most"), inner, 16, TEXT, bold=True, at_most=1)
    topics = _LINE * 1.6 * len(figures.topics)
    heights = [height_of(title), _LINE, _CHART, 2 * _LINE, height_of(below) if topics else 0, topics]
    page = Canvas(WIDTH, sum(heights) + 4 * MARGIN, density=_DENSITY, colour=PAGE)
    y = MARGIN
    draw_rows(title, page, MARGIN, y)
    y += heights[0] + 4
    _legend(page, reader, y)
    y += _LINE + 8
    _bars(page, figures.days, reader, y)
    y += _CHART + 2 * _LINE
    if topics:
        draw_rows(below, page, MARGIN, y)
        _most_asked(page, figures, reader, y + heights[4] + 6)
    return page.png()


def _legend(page: Canvas, reader: Reader, y: float) -> None:
    x, words = MARGIN, reader.words
    for colour, name in (
        (ANSWERED, words("answered")),
        (SUGGESTED, words("suggested")),
        (UNKNOWN, words("unknown")),
    ):
        [row] = rows_of(name, WIDTH, 11, QUIET, at_most=1)
        page.dot(x + 5, y + 8, 4.5, colour)
        draw_rows([row], page, x + 14, y)
        x += 14 + row.line.width + 16


def _bars(page: Canvas, days: Sequence[Day], reader: Reader, y: float) -> None:
    most = max((day.asked for day in days), default=0) or 1
    step = (WIDTH - 2 * MARGIN) / max(len(days), 1)
    every = 1 + len(days) // _MOST_DATES
    page.box(MARGIN, y + _CHART, WIDTH - 2 * MARGIN, 1, RULE)
    for number, day in enumerate(days):
        x, top = MARGIN + number * step, y + _CHART
        for colour, part in (
            (ANSWERED, day.answered),
            (SUGGESTED, day.suggested),
            (UNKNOWN, day.unknown),
        ):
            height = (_CHART - _LINE) * part / most
            if part:
                top -= height
                page.box(x + step * 0.15, top, step * 0.7, height, colour)
        if day.asked:
            _centred(page, str(day.asked), x, top - 15, width=step, colour=TEXT)
        if number % every == 0:
            shown = format_skeleton("Md", day.day, locale=reader.words.locale)
            _centred(page, shown, x, y + _CHART + 4, width=step)


def _centred(page: Canvas, text: str, x: float, y: float, *, width: float, colour: Colour = QUIET) -> None:
    [row] = rows_of(text, WIDTH, _SMALL, colour, at_most=1)
    draw_rows([row], page, x + (width - row.line.width) / 2, y)


def _most_asked(page: Canvas, figures: Figures, reader: Reader, y: float) -> None:
    inner, most = WIDTH - 2 * MARGIN, max(number for _, number in figures.topics)
    for topic, number in figures.topics:
        page.box(MARGIN, y, inner, _LINE * 1.4, CARD, radius=4)
        page.box(MARGIN, y, inner * number / most, _LINE * 1.4, "#dbe7fb", radius=4)
        draw_rows(
            rows_of(reader.title(topic) or topic, inner - 60, 12, TEXT, at_most=1), page, MARGIN + 8, y + 5
        )
        [count] = rows_of(str(number), inner, 12, QUIET, at_most=1)
        draw_rows([count], page, WIDTH - MARGIN - 8 - count.line.width, y + 5)
        y += _LINE * 1.6
