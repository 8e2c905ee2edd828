"""Pictures are checked from their headers, against Telegram's limits and tricks with paths."""

import struct
import sys
import tracemalloc
import zlib
from pathlib import Path

import pytest

from bot.knowledge.loader import load
from bot.knowledge.photos import MAX_BYTES
from bot.knowledge.problems import KnowledgeError
from tests.knowledge_folder import SITES, picture, write_folder


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds 40 kB of noughts."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 40_000_000)) + chunk(b"IEND", b"")
    )


def webp_header(width: int, height: int) -> bytes:
    """A lossless WebP that claims a size (at most 16,384 each) and holds nothing."""
    bits = (width - 1) | (height - 1) << 14
    data = b"\x2f" + struct.pack("<I", bits) + b"\0" * 100
    body = b"WEBPVP8L" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def refusal(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(KnowledgeError) as error:
        load(write_folder(tmp_path, photos={"port.png": data}))
    [problem] = error.value.problems
    assert problem.line == 9
    return problem.message.removeprefix("sites[0].photos[0].file: 'port.png' ")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_with_its_size_and_content(tmp_path: Path, kind: str) -> None:
    data = picture(640, 480, kind)
    photo = load(write_folder(tmp_path, photos={"port.png": data})).photos["port.png"]
    assert (photo.name, photo.data, photo.width, photo.height) == ("port.png", data, 640, 480)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\0\0\0\0WEBPVP8 ",
        picture(9, 9, "GIF"),
        b"<svg/>",
    ],
)
def test_what_is_not_a_picture_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refusal(tmp_path, data) == "is not a picture in JPEG, PNG or WebP format"


def test_a_picture_over_the_limits_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, picture(9_000, 1_001)) == (
        "is 9000 by 1001 pixels; Telegram takes at most 10,000 both together"
    )
    assert refusal(tmp_path, picture(2_100, 100)) == "is 2100 by 100 pixels: too long and narrow for Telegram"
    assert "is too large" in refusal(tmp_path, picture() + b"\0" * MAX_BYTES)


def test_a_picture_at_the_limits_is_accepted(tmp_path: Path) -> None:
    assert load(write_folder(tmp_path, photos={"port.png": picture(9_520, 480)})).photos


@pytest.mark.parametrize(
    "data",
    [
        png_header(50_000, 50_000),
        png_header(10_000, 10_000),
        webp_header(16_000, 16_000),
        webp_header(16_000, 10_000),
    ],
)
def test_an_image_bomb_is_refused_without_decoding_it(tmp_path: Path, data: bytes) -> None:
    tracemalloc.start()
    try:
        assert "pixels" in refusal(tmp_path, data) or "not a picture" in refusal(tmp_path, data)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "name", ["../programme.yaml", "/etc/passwd", "http://169.254.169.254/a.png", "file:///etc/passwd"]
)
def test_a_picture_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(KnowledgeError, match=r"sites\.yaml:9") as error:
        load(write_folder(tmp_path, sites=SITES.replace("port.png", name)))
    assert len(error.value.problems) == 1


def test_a_missing_picture_is_named_with_a_guess(tmp_path: Path) -> None:
    with pytest.raises(
        KnowledgeError, match=r"'prot.png' is not in the folder photos/ \(did you mean 'port.png'\?\)"
    ):
        load(write_folder(tmp_path, sites=SITES.replace("port.png", "prot.png")))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("target", ["/dev/zero", "/etc/passwd", "other.png", "/nowhere"])
def test_a_link_is_not_a_picture(tmp_path: Path, target: str) -> None:
    folder = write_folder(tmp_path, photos={"other.png": picture()})
    (folder / "photos" / "port.png").symlink_to(target)
    with pytest.raises(KnowledgeError, match=r"'port\.png' is a link"):
        load(folder)


def test_pictures_that_are_too_many_together_are_refused(tmp_path: Path) -> None:
    names = [f"{number}.png" for number in range(11)]
    large = picture() + b"\0" * (MAX_BYTES - 1000)
    shown = "".join(f"{{file: {name}}}, " for name in names[:10])
    sites = SITES.replace("[{file: port.png,", f"[{shown}]\n    follow_ups: [] # ")
    second = f"    visited: false\n    photos: [{{file: {names[10]}}}]\n"
    folder = write_folder(
        tmp_path, sites=sites.replace("    visited: false\n", second), photos=dict.fromkeys(names, large)
    )
    with pytest.raises(
        KnowledgeError, match=r"'10\.png' is one too many: the pictures may have 100,000,000 bytes"
    ):
        load(folder)


def test_a_folder_without_pictures_needs_no_photos_folder(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, sites=SITES.replace("photos:", "# photos:"), photos={})
    (folder / "photos").rmdir()
    assert load(folder).photos == {}
