"""Checks the pictures that the knowledge names, from their headers alone: no picture is decoded here."""

import hashlib
import io
from collections.abc import Iterable, Iterator

from PIL import Image

from bot.knowledge.fields import is_file_name
from bot.knowledge.files import Files, Folder, UnreadableError
from bot.knowledge.message import Message
from bot.knowledge.model import PhotoFile
from bot.knowledge.problems import Findings, Problem, at_path, did_you_mean, quoted
from bot.knowledge.yaml_tree import Node, Tree, find

SUBFOLDER = "photos"
MAX_BYTES = 10_000_000  # these three: Bot API, sendPhoto
MAX_SIDES = 10_000  # width + height, pixels
MAX_RATIO = 20  # of the longer side to the shorter
MAX_ALL_BYTES = 100_000_000  # all pictures are kept in memory
_FORMATS = ("JPEG", "PNG", "WEBP")


def read_photos(folder: Folder | Files, trees: Iterable[Tree], findings: Findings) -> dict[str, PhotoFile]:
    """Every picture that an entry or a site shows, by file name. Reports those that cannot be shown."""
    listed = _listed(folder, findings)
    photos: dict[str, PhotoFile] = {}
    named: set[str] = set()
    room = MAX_ALL_BYTES
    for tree, path, node in _uses(trees):
        name = str(node.value)
        named.add(name)
        if name in photos or not is_file_name(name):
            continue
        try:
            photo = _read_photo(folder, name, listed, room)
        except UnreadableError as error:
            words = Message("{file} {problem}", file=quoted(name), problem=error.message)
            findings.problems.append(Problem(tree.file, node.line, at_path(path, words)))
        else:
            photos[name] = photo
            room -= len(photo.data)
    for name in sorted(listed - named):
        words = Message("no entry or site shows this picture")
        findings.warnings.append(Problem(folder.shown(f"{SUBFOLDER}/{name}"), 0, words))
    return photos


def _uses(trees: Iterable[Tree]) -> Iterator[tuple[Tree, tuple[str | int, ...], Node]]:
    for tree in trees:
        for kind in ("entries", "sites"):
            for path, node in find(tree.root, kind, "*", "photos", "*", "file") if tree.root else ():
                yield tree, path, node


def _listed(folder: Folder | Files, findings: Findings) -> frozenset[str]:
    """The names in `photos/`, which may be missing."""
    if SUBFOLDER not in folder.names():
        return frozenset()
    try:
        return frozenset(folder.names(SUBFOLDER))
    except UnreadableError as error:
        findings.problems.append(Problem(folder.shown(SUBFOLDER), 0, error.message))
        return frozenset()


def _read_photo(folder: Folder | Files, name: str, listed: frozenset[str], room: int) -> PhotoFile:
    """A picture of at most `room` bytes. Raises UnreadableError, whose words go on after its name."""
    if name not in listed:
        raise UnreadableError(Message("is not in the folder photos/{hint}", hint=did_you_mean(name, listed)))
    data = folder.read(f"{SUBFOLDER}/{name}", MAX_BYTES)
    if len(data) > room:
        raise UnreadableError(
            Message("is one too many: the pictures may have {most:,} bytes in all", most=MAX_ALL_BYTES)
        )
    width, height = _size(data)
    if width + height > MAX_SIDES:
        raise UnreadableError(
            Message(
                "is {width} by {height} pixels; Telegram takes at most {most:,} both together",
                width=width,
                height=height,
                most=MAX_SIDES,
            )
        )
    if max(width, height) > MAX_RATIO * min(width, height):
        raise UnreadableError(
            Message(
                "is {width} by {height} pixels: too long and narrow for Telegram", width=width, height=height
            )
        )
    return PhotoFile(name, data, hashlib.sha256(data).hexdigest(), width, height)


def _size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, as the header says."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            return image.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnreadableError(Message("has far more pixels than Telegram takes")) from None
    except Exception as error:  # a broken header raises anything, and all of it means the same
        raise UnreadableError(Message("is not a picture in JPEG, PNG or WebP format")) from error
