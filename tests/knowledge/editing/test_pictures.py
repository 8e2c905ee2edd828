"""Pictures as they come from phones are made fit to be shown, or refused with a reason."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.knowledge.editing.pictures import LONGEST_SIDE, PictureError, accepted
from tests.knowledge_folder import picture


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def with_place() -> bytes:
    """Taken on its side, 30 by 40 when upright, somewhere in Lisbon."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Maker of phones"
    exif.get_ifd(0x8825).update({1: "N", 2: (38.0, 42.0, 0.0), 3: "W", 4: (9.0, 8.0, 0.0)})
    return saved(Image.new("RGB", (40, 30), "teal"), "JPEG", exif=exif, comment=b"at home")


def test_where_and_with_what_it_was_taken_is_gone_and_it_stands_upright() -> None:
    kept = accepted(with_place())
    assert kept.suffix == ".jpg"
    assert opened(kept.data).size == (30, 40)
    assert not opened(kept.data).getexif()
    assert b"Maker of phones" not in kept.data
    assert b"at home" not in kept.data


def test_texts_in_a_png_are_gone_and_what_one_sees_through_stays() -> None:
    info = PngInfo()
    info.add_text("Location", "Lisbon")
    kept = accepted(saved(Image.new("RGBA", (40, 30), (0, 99, 99, 80)), "PNG", pnginfo=info))
    assert kept.suffix == ".png"
    assert b"Lisbon" not in kept.data
    assert opened(kept.data).getpixel((0, 0)) == (0, 99, 99, 80)


def test_a_photo_in_png_becomes_a_jpeg() -> None:
    noise = Image.effect_noise((1500, 1500), 90).convert("RGB")
    kept = accepted(saved(noise, "PNG", compress_level=1))
    assert kept.suffix == ".jpg"
    assert len(kept.data) < 3_000_000


def test_a_large_picture_becomes_as_large_as_is_shown() -> None:
    kept = accepted(picture(6000, 4000, "JPEG"))
    assert max(opened(kept.data).size) == LONGEST_SIDE
    assert abs(opened(kept.data).width / opened(kept.data).height - 1.5) < 0.01


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "I;16"])
def test_colours_of_print_and_grey_are_taken(mode: str) -> None:
    kind = "JPEG" if mode in {"CMYK", "L"} else "PNG"
    assert opened(accepted(saved(Image.new(mode, (40, 30)), kind)).data).size == (40, 30)


def test_webp_is_taken() -> None:
    assert accepted(saved(Image.new("RGB", (40, 30), "teal"), "WEBP")).suffix == ".jpg"


def test_what_moves_is_refused() -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("teal", "white")]
    with pytest.raises(PictureError, match="moves"):
        accepted(saved(frames[0], "WEBP", save_all=True, append_images=frames[1:]))


def header(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says how large it is."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 40_000)
    chunks = [struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (chunk, data)]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"hello", "is not a picture"),
        (saved(Image.new("RGB", (40, 30)), "GIF"), "is not a picture in JPEG, PNG or WebP format"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC format; send it as a photo"),
        (b"\xff\xd8" + b"x" * 10_000_001, "is too large: 10,000,003 bytes"),
        (header(50_000, 50_000), "far too many pixels"),
        (header(4_000, 4_000), "is 4,000 by 4,000 pixels, which is too much"),
        (picture(2_100, 100), "too long and narrow"),
        (picture(400, 300, "JPEG")[:900], "is damaged"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_reason(data: bytes, words: str) -> None:
    """Those with too many pixels are no more than a header: decoding would call them damaged."""
    with pytest.raises(PictureError, match=words):
        accepted(data)
