"""The picture of one day: a column of hours, and beside it what happens when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.assistant.days import empty_day
from bot.assistant.reader import Reader
from bot.knowledge.model import Knowledge, Session
from bot.timetable.axis import Axis, Span
from bot.timetable.blocks import Block, blocks_of, minute
from bot.timetable.canvas import Canvas
from bot.timetable.cards import Card, card_of, draw_ground, draw_text
from bot.timetable.frame import MARGIN, WIDTH, blank_page, footing, heading
from bot.timetable.lanes import lanes
from bot.timetable.palette import FAINT, NOW, QUIET, RULE, blended
from bot.timetable.rows import draw_rows, height_of, rows_of

_GUTTER = 54.0  # points at the left, for the hours
_NARROWEST = 120.0  # points of a card: when more stand side by side than fit, the page grows wider
_WIDEST = 1_300.0  # points of a page: for ten side by side; more are narrower
_GAP = 4.0  # points between cards
_APART = 16.0  # points between the labels of two hours, at least


@dataclass(frozen=True, slots=True)
class _Placed:
    """A card and its lane, in points from the left."""

    card: Card
    x: float
    width: float


def day_picture(
    knowledge: Knowledge,
    day: date,
    *,
    language: str,
    moment: datetime,
    sessions: Sequence[Session] | None = None,
) -> bytes:
    """The plan of a day as a PNG, in the reader's language, with a line where `moment` (aware) is.

    `sessions` are those that concern the reader (all of them when None); those of other days are passed over.
    It is 1,080 pixels wide, and wider when more than two things happen at once.
    """
    reader = Reader.of(knowledge, language, moment)
    meant = tuple(knowledge.sessions.values()) if sessions is None else sessions
    blocks = blocks_of(day, meant, reader)
    if not blocks:
        return _free_day(day, reader)
    placed, width = _side_by_side(blocks)
    now = minute(reader.moment.time()) if reader.moment.date() == day else None
    spans = [Span(p.card.block.start, p.card.block.end, p.card.height + _GAP) for p in placed]
    axis = Axis(spans, [] if now is None else [now])
    canvas, top = _page(day, reader, width, axis.height)
    _draw_hours(canvas, axis, top, width, reader)
    if now is not None:
        canvas.box(_GUTTER - 6, top + axis.y(now) - 0.8, width - MARGIN - _GUTTER + 6, 1.6, NOW)
        canvas.dot(_GUTTER - 6, top + axis.y(now), 4, NOW)
    for each in placed:
        _draw_card(each, canvas, axis, top, now)
    return canvas.png()


def _draw_card(each: _Placed, canvas: Canvas, axis: Axis, top: float, now: int | None) -> None:
    """A card, with the line of the present paler below its text."""
    block = each.card.block
    start, end = top + axis.y(block.start), top + axis.y(block.end) - _GAP
    draw_ground(each.card, canvas, each.x, start, width=each.width, height=end - start)
    if now is not None and block.start < now < block.end:
        pale = blended(NOW, each.card.tone.ground, 0.6)
        canvas.box(each.x, min(top + axis.y(now), end) - 0.8, each.width, 1.6, pale)
    draw_text(each.card, canvas, each.x, start)


def _free_day(day: date, reader: Reader) -> bytes:
    rows = rows_of(empty_day(day, reader), WIDTH - 4 * MARGIN, 15.5, QUIET, at_most=6)
    canvas, top = _page(day, reader, WIDTH, height_of(rows) + 4 * MARGIN)
    draw_rows(rows, canvas, 2 * MARGIN, top + 2 * MARGIN)
    return canvas.png()


def _page(day: date, reader: Reader, width: float, height: float) -> tuple[Canvas, float]:
    """A page with its heading and footing, and where between them there is room of that height."""
    programme = reader.knowledge.programme
    below = reader.text(programme.name)
    if programme.starts <= day <= programme.ends:
        number, total = (day - programme.starts).days + 1, (programme.ends - programme.starts).days + 1
        place = reader.words("Day {number} of {total}", number=number, total=total)
        below = f"{place} · {below}"
    head = heading(reader.words.day(day), below, width - 2 * MARGIN)
    noon = datetime.combine(day, time(12), ZoneInfo(programme.time_zone))
    foot = footing(noon, reader, width - 2 * MARGIN)
    top = height_of(head) + 2.5 * MARGIN
    canvas = blank_page(width, top + height + height_of(foot) + 2 * MARGIN)
    draw_rows(head, canvas, MARGIN, MARGIN)
    draw_rows(foot, canvas, MARGIN, top + height + MARGIN)
    return canvas, top


def _side_by_side(blocks: Sequence[Block]) -> tuple[list[_Placed], float]:
    """The blocks as cards in their lanes, and the width of a page on which they can be read."""
    chosen = lanes([(block.start, block.end) for block in blocks])
    width = max(WIDTH, *(_GUTTER + lane.of * _NARROWEST + MARGIN for lane in chosen))
    width = min(width, _WIDEST)
    room = width - _GUTTER - MARGIN + _GAP
    placed = []
    for block, lane in zip(blocks, chosen, strict=True):
        each = room / lane.of - _GAP
        placed.append(_Placed(card_of(block, each), _GUTTER + lane.number * (each + _GAP), each))
    return placed, width


def _draw_hours(canvas: Canvas, axis: Axis, top: float, width: float, reader: Reader) -> None:
    """A line and its time for each full hour; not for those that a long wait has pushed together."""
    free_from = -_APART
    for hour in range(-(-axis.first // 60), axis.last // 60 + 1):
        y = axis.y(hour * 60)
        if y - free_from < _APART:
            continue
        free_from = y
        canvas.box(_GUTTER - 6, top + y - 0.4, width - MARGIN - _GUTTER + 6, 0.8, RULE)
        label = rows_of(reader.words.time(time(hour)), _GUTTER, 12, FAINT, at_most=1)
        draw_rows(label, canvas, MARGIN, top + y - height_of(label) / 2)
