"""A block set in type and drawn: a session as a coloured card, a departure as a slim one with a small bus."""

from dataclasses import dataclass, replace
from itertools import chain

from bot.timetable.blocks import Block
from bot.timetable.canvas import Canvas, Colour
from bot.timetable.palette import BUS, FAINT, QUIET, RULE, TEXT, TONES, Tone, faded
from bot.timetable.rows import Row, draw_rows, height_of, rows_of

_BAR = 4.0  # of colour, at the left of a session
_ASIDE = 9.0  # blank at the left and right of the text
_ICON = 19.0  # a bus and the blank behind it
_SMALL, _LARGE = 12.5, 15.5  # sizes of the letters


@dataclass(frozen=True, slots=True)
class Card:
    """A block whose text is set for one width."""

    block: Block
    tone: Tone
    rows: tuple[Row, ...]
    departures: tuple[tuple[Row, ...], ...] = ()  # the rows of each, with a bus before the first

    @property
    def height(self) -> float:
        """What it needs, in points."""
        return height_of(chain(self.rows, *self.departures)) + 2 * self.padding

    @property
    def padding(self) -> float:
        """Above and below the text."""
        return 7.0 if self.block.kind else 4.0


def card_of(block: Block, width: float) -> Card:
    """The block set for a card of that width, in points."""
    tone = TONES[block.kind] if block.kind else BUS
    card = _session_card(block, tone, width) if block.kind else _departure_card(block, tone, width)
    if not block.over:
        return card
    rows, *departures = (
        tuple(replace(row, colour=FAINT) for row in rows) for rows in (card.rows, *card.departures)
    )
    return Card(block, faded(tone), rows, tuple(departures))


def draw_ground(card: Card, canvas: Canvas, x: float, y: float, *, width: float, height: float) -> None:
    """What is behind the text."""
    if card.block.kind:
        canvas.box(x, y, width, height, card.tone.strong, radius=6)
        canvas.box(x + _BAR, y, width - _BAR, height, card.tone.ground, radius=5)
    else:
        canvas.box(x, y, width, height, RULE, radius=12)
        canvas.box(x + 1, y + 1, width - 2, height - 2, card.tone.ground, radius=11)


def draw_text(card: Card, canvas: Canvas, x: float, y: float) -> None:
    """The rows, from the card's top left corner on."""
    x, y = x + _ASIDE + _BAR, y + card.padding
    draw_rows(card.rows, canvas, x, y)
    y += height_of(card.rows)
    for rows in card.departures:
        _draw_bus(canvas, x, y + rows[0].base, rows[0].colour, card.tone.ground)
        draw_rows(rows, canvas, x, y)
        y += height_of(rows)


def _session_card(block: Block, tone: Tone, width: float) -> Card:
    room = width - 2 * _ASIDE - _BAR
    rows = [
        *rows_of(block.heading, room, _SMALL, tone.strong, bold=True, at_most=3),
        *rows_of(block.title, room, _LARGE, TEXT, bold=True, at_most=3),
        *rows_of(block.place, room, _SMALL, QUIET, at_most=2),
    ]
    buses = (tuple(rows_of(bus, room, _SMALL, TEXT, at_most=2, indent=_ICON)) for bus in block.buses)
    return Card(block, tone, tuple(rows), tuple(buses))


def _departure_card(block: Block, tone: Tone, width: float) -> Card:
    """The first of its rows has the bus, so it is drawn last: there is only one."""
    text = f"{block.heading} · {block.title}"
    rows = rows_of(text, width - 2 * _ASIDE - _BAR, _SMALL, tone.strong, at_most=2, indent=_ICON)
    return Card(block, tone, (), (tuple(rows),))


def _draw_bus(canvas: Canvas, x: float, base: float, colour: Colour, ground: Colour) -> None:
    """A small bus seen from the side, 13 points wide, standing on the base line."""
    canvas.box(x, base - 10, 13.5, 9, colour, radius=2)
    for window in range(3):
        canvas.box(x + 1.5 + window * 3.75, base - 8.3, 3, 3, ground)
    for wheel in (3.5, 10):
        canvas.dot(x + wheel, base - 1, 2.2, ground)
        canvas.dot(x + wheel, base - 1, 1.5, colour)
