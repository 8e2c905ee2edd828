"""Lines of text below each other, each in its size and colour."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.timetable.canvas import Canvas, Colour
from bot.timetable.lettering import Line, wrapped

_ASCENT = 1.04  # from the top of a row to its base line, in sizes of the letters
_DESCENT = 0.32  # from there to its end
_CLEAR = 0.06  # at least this much around what is higher or lower: stacked marks, Khmer subscripts


@dataclass(frozen=True, slots=True)
class Row:
    """A line of text and how it looks."""

    line: Line
    colour: Colour
    indent: float = 0.0  # points

    @property
    def height(self) -> float:
        """In points."""
        line = self.line
        return self.base + max(line.size * _DESCENT, line.depth + line.size * _CLEAR)

    @property
    def base(self) -> float:
        """From its top to its base line, in points."""
        return max(self.line.size * _ASCENT, self.line.rise + self.line.size * _CLEAR)


def rows_of(
    text: str,
    width: float,
    size: float,
    colour: Colour,
    *,
    bold: bool = False,
    at_most: int = 3,
    indent: float = 0.0,
) -> list[Row]:
    """The text wrapped into rows of that width, in points; at its right side if it is read from there."""
    lines = wrapped(text, width - indent, size, bold=bold, at_most=at_most)
    return [Row(line, colour, width - line.width if line.right else indent) for line in lines]


def height_of(rows: Iterable[Row]) -> float:
    """Of all of them, in points."""
    return sum(row.height for row in rows)


def draw_rows(rows: Iterable[Row], canvas: Canvas, x: float, y: float) -> None:
    """Draws them from (x, y), the top left corner, downwards."""
    for row in rows:
        canvas.text(row.line, x + row.indent, y + row.base, row.colour)
        y += row.height
