"""A page to draw on, measured in points and drawn as crisply as its density says."""

import functools
import io

import uharfbuzz as hb
from PIL import Image, ImageDraw

from bot.timetable.lettering import Line

Colour = str
"""`#rrggbb`."""

_FINER = 8  # how much finer than a pixel a rounded corner is drawn before it is reduced


class Canvas:
    """A picture of `width` × `height` points with `density` pixels a point. (0, 0) is the top left corner."""

    def __init__(self, width: float, height: float, *, density: float, colour: Colour) -> None:
        self.density = density
        self._image = Image.new("RGB", (self._px(width), self._px(height)), colour)

    def box(
        self, x: float, y: float, width: float, height: float, colour: Colour, *, radius: float = 0
    ) -> None:
        """A filled rectangle, with rounded corners when there is a radius."""
        left, top, right, bottom = map(self._px, (x, y, x + width, y + height))
        size = (max(1, right - left), max(1, bottom - top))
        corner = min(self._px(radius), size[0] // 2, size[1] // 2)
        if corner:
            self._image.paste(colour, (left, top), _rounded(size, corner))
        else:
            self._image.paste(colour, (left, top, left + size[0], top + size[1]))

    def dot(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A filled circle around (x, y)."""
        self.box(x - radius, y - radius, 2 * radius, 2 * radius, colour, radius=radius)

    def text(self, line: Line, x: float, y: float, colour: Colour) -> None:
        """A line of text whose base line begins at (x, y)."""
        pen = hb.RasterDraw()
        for glyph in line.glyphs:
            scale = line.size / glyph.font.face.upem * self.density
            across, up = (x + glyph.x) * self.density, (glyph.y - y) * self.density
            pen.transform = (scale, 0, 0, scale, across, up)
            pen.draw_glyph(glyph.font, glyph.number)
        drawn = pen.render()
        if drawn is None or not drawn.extents.width:
            return  # nothing but blanks
        at = drawn.extents
        mask = Image.frombytes("L", (at.width, at.height), drawn.buffer, "raw", "L", at.stride, -1)
        self._image.paste(colour, (at.x_origin, -at.y_origin - at.height), mask)

    def png(self) -> bytes:
        """The picture as a PNG file."""
        file = io.BytesIO()
        self._image.save(file, "PNG")
        return file.getvalue()

    def _px(self, points: float) -> int:
        return round(points * self.density)


def _rounded(size: tuple[int, int], radius: int) -> Image.Image:
    """A mask of `size` pixels whose corners are rounded."""
    mask = Image.new("L", size, 255)
    corner = _corner(radius)
    right, bottom = size[0] - radius, size[1] - radius
    for at, turned in (
        ((0, 0), corner),
        ((right, 0), corner.transpose(Image.Transpose.FLIP_LEFT_RIGHT)),
        ((0, bottom), corner.transpose(Image.Transpose.FLIP_TOP_BOTTOM)),
        ((right, bottom), corner.transpose(Image.Transpose.ROTATE_180)),
    ):
        mask.paste(turned, at)
    return mask


@functools.lru_cache(maxsize=32)
def _corner(radius: int) -> Image.Image:
    """The top left quarter of a disc, with smooth edges."""
    fine = radius * _FINER
    disc = Image.new("L", (fine, fine), 0)
    ImageDraw.Draw(disc).ellipse((0, 0, 2 * fine - 1, 2 * fine - 1), fill=255)
    return disc.reduce(_FINER)
