"""A sheet of QR codes to print: a card a link, six to a page of A4."""

import io
from collections.abc import Sequence

import segno
from PIL import Image

from bot.links.deep_links import DeepLink
from bot.locales import Words
from bot.timetable.canvas import Canvas
from bot.timetable.palette import CARD, FAINT, QUIET, RULE, TEXT
from bot.timetable.rows import Row, draw_rows, height_of, rows_of

WIDTH, HEIGHT = 595.0, 842.0  # of A4, in points
_MARGIN = 28.0
_ACROSS, _DOWN = 2, 3
A_PAGE = _ACROSS * _DOWN
_CODE = 150.0  # points: 53 mm, read from about half a metre
_QUIET_MODULES = 4  # white around a code (ISO/IEC 18004)
_DPI = 200
_DENSITY = _DPI / 72  # pixels a point
_BLACK, _WHITE = "#000000", "#ffffff"


def pages(cards: Sequence[DeepLink], bot: str, words: Words) -> list[bytes]:
    """The pages as PNG files."""
    return [_page(cards[first : first + A_PAGE], bot, words).png() for first in range(0, len(cards), A_PAGE)]


def pdf(cards: Sequence[DeepLink], bot: str, words: Words) -> bytes:
    """All pages as one PDF file."""
    first, *others = [Image.open(io.BytesIO(page)) for page in pages(cards, bot, words)]
    file = io.BytesIO()
    first.save(file, "PDF", resolution=_DPI, save_all=True, append_images=others)
    return file.getvalue()


def _page(cards: Sequence[DeepLink], bot: str, words: Words) -> Canvas:
    page = Canvas(WIDTH, HEIGHT, density=_DENSITY, colour=CARD)
    width, height = (WIDTH - 2 * _MARGIN) / _ACROSS, (HEIGHT - 2 * _MARGIN) / _DOWN
    for place, card in enumerate(cards):
        down, across = divmod(place, _ACROSS)
        x, y = _MARGIN + across * width, _MARGIN + down * height
        _frame(page, x, y, width, height)
        _card(page, card, bot, words, x=x + 12, y=y + 12, width=width - 24)
    return page


def _frame(page: Canvas, x: float, y: float, width: float, height: float) -> None:
    """Thin lines to cut along."""
    for left, top, across, down in (
        (x, y, width, 0.5),
        (x, y + height, width, 0.5),
        (x, y, 0.5, height),
        (x + width, y, 0.5, height),
    ):
        page.box(left, top, across, down, RULE)


def _card(page: Canvas, card: DeepLink, bot: str, words: Words, *, x: float, y: float, width: float) -> None:
    title = rows_of(card.title, width, 17, TEXT, bold=True, at_most=2)
    _centred(page, title, x, y, width)
    y += height_of(title) + 6
    _draw_code(page, card.url(bot), x + (width - _CODE) / 2, y)
    how = (
        words("Scan with your phone's camera to join.")
        if card.joins
        else words("Scan with your phone's camera to open the answer.")
    )
    below = [
        *rows_of(how, width, 9.5, QUIET, at_most=2),
        *rows_of(card.url(bot).removeprefix("https://"), width, 8, FAINT, at_most=2),
    ]
    _centred(page, below, x, y + _CODE + 4, width)


def _centred(page: Canvas, rows: Sequence[Row], x: float, y: float, width: float) -> None:
    for row in rows:
        draw_rows([row], page, x + (width - row.line.width) / 2, y)
        y += row.height


def _draw_code(page: Canvas, url: str, x: float, y: float) -> None:
    """A code with correction for a quarter of it, so that a crease or a stain does no harm."""
    matrix = segno.make_qr(url, error="q").matrix
    modules = len(matrix) + 2 * _QUIET_MODULES
    module = max(1, int(_CODE * _DENSITY / modules)) / _DENSITY  # whole pixels, or the edges would blur
    start = (_CODE - module * len(matrix)) / 2
    page.box(x, y, _CODE, _CODE, _WHITE)
    for down, row in enumerate(matrix):
        for across, dark in enumerate(row):
            if dark:
                page.box(x + start + across * module, y + start + down * module, module, module, _BLACK)
