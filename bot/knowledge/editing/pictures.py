"""A picture that somebody sent becomes a file for `photos/`: small enough, and without where it was taken.

What cannot be used is refused from its header, before anything is decoded.
"""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from bot.knowledge.message import Message, MessageError
from bot.knowledge.photos import MAX_BYTES, MAX_RATIO

MAX_PIXELS = {"JPEG": 50_000_000, "PNG": 8_000_000, "WEBP": 8_000_000}
"""Decoded, the largest takes some 100 MB: JPEG is read at a fraction of its size."""
LONGEST_SIDE = 2560  # pixels; Telegram shows no more
LARGE_PNG = 3_000_000  # bytes; a photo in PNG, which JPEG keeps in a tenth
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"avif")


class PictureError(MessageError):
    """Why a picture cannot be used, in a sentence for who sent it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept."""

    data: bytes
    suffix: str  # .jpg or .png


def accepted(data: bytes) -> Picture:
    """The picture turned upright, at most LONGEST_SIDE wide and high, with pixels and colours only.

    PNG stays PNG unless it is large; JPEG and WebP become JPEG, except where one can see through. Raises
    PictureError.
    """
    _refuse_by_header(data)
    try:
        with Image.open(io.BytesIO(data), formats=tuple(MAX_PIXELS)) as image:
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # of JPEG only: decodes no more than is needed
            as_png = image.format == "PNG" or image.has_transparency_data
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _saved(ImageOps.exif_transpose(image), as_png=as_png)
    except Exception as error:  # a damaged picture raises anything, and all of it means the same
        raise PictureError(
            Message("This picture is damaged; please send it again, or another one.")
        ) from error


def too_large(size: int) -> PictureError:
    """Of a picture that is known to have `size` bytes, perhaps before it is here."""
    return PictureError(
        Message("This picture is too large: {size:,} bytes, at most {most:,}.", size=size, most=MAX_BYTES)
    )


def _refuse_by_header(data: bytes) -> None:
    if not data:
        raise PictureError(Message("This picture is empty."))
    if len(data) > MAX_BYTES:
        raise too_large(len(data))
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        raise PictureError(
            Message(
                "This picture is in HEIC format; send it as a photo instead of as a file, or save it as JPEG."
            )
        )
    try:
        with Image.open(io.BytesIO(data), formats=tuple(MAX_PIXELS)) as image:
            (width, height), kind, frames = image.size, str(image.format), getattr(image, "n_frames", 1)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureError(Message("This picture has far too many pixels.")) from None
    except Exception as error:  # a broken header raises anything
        raise PictureError(Message("This is not a picture in JPEG, PNG or WebP format.")) from error
    if frames > 1:
        raise PictureError(Message("This picture moves; send one that stands still."))
    if width * height > MAX_PIXELS[kind]:
        raise PictureError(
            Message(
                "This picture is {width:,} by {height:,} pixels, which is too much; make it smaller first.",
                width=width,
                height=height,
            )
        )
    if max(width, height) > MAX_RATIO * min(width, height):
        raise PictureError(
            Message(
                "This picture is {width:,} by {height:,} pixels: too long and narrow for Telegram.",
                width=width,
                height=height,
            )
        )


def _saved(image: Image.Image, *, as_png: bool) -> Picture:
    """A new file: only what is passed here is in it, so no place, time or camera."""
    file = io.BytesIO()
    if as_png:
        mode = image.mode if image.mode in {"1", "L", "LA", "P", "RGB", "RGBA"} else "RGBA"
        image.convert(mode).save(file, "PNG", exif=b"", pnginfo=None)
        if image.has_transparency_data or file.tell() <= LARGE_PNG:
            return Picture(file.getvalue(), ".png")
        file = io.BytesIO()
    image.convert("RGB").save(file, "JPEG", quality=90, optimize=True, exif=b"", comment=b"")
    return Picture(file.getvalue(), ".jpg")
