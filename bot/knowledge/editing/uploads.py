"""A YAML file, or a ZIP archive of the folder, that an admin sends becomes files of the folder.

Names are looked up and never followed; sizes are those that come out, not those that the archive claims.
"""

import io
import re
import stat
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.knowledge import photos, yaml_tree
from bot.knowledge.editing.by_id import Contents
from bot.knowledge.editing.change import Change
from bot.knowledge.message import Message, MessageError
from bot.knowledge.problems import quoted
from bot.knowledge.source_files import FAQ, PROGRAMME, SCHEDULE, SITES, SYNONYMS

MAX_BYTES = 20_000_000
"""Bot API, getFile."""
MAX_FILES = 1_000  # in an archive
_AT_TOP = {PROGRAMME, SITES, SCHEDULE, SYNONYMS}
_COPY = re.compile(
    r" ?\(\d+\)(?=\.yaml$)|[-_ ]\d+(?=\.yaml$)"
)  # what a phone adds to the name of a second copy
_CATEGORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.yaml")
_ENCRYPTED = 1


class UploadError(MessageError):
    """Why a file cannot be taken, in a sentence for who sent it."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What an upload changes, and the names in an archive that are no part of the folder."""

    change: Change
    left_out: tuple[str, ...] = ()


def refusal(name: str, size: int | None) -> Message | None:
    """Why not even to download a file of this name and size (bytes, if known); None to go on."""
    if not name.endswith((".yaml", ".zip")):
        return Message("Send a .yaml file of the knowledge, or the whole folder as a .zip archive.")
    if name.endswith(".yaml") and (size or 0) > yaml_tree.MAX_BYTES:
        return Message(
            "The file is too large: {size:,} bytes, at most {most:,}.", size=size, most=yaml_tree.MAX_BYTES
        )
    if (size or 0) > MAX_BYTES:
        return Message(
            "The archive is too large: {size:,} bytes, at most {most:,}.", size=size, most=MAX_BYTES
        )
    return None


def uploaded(name: str, data: bytes, live: Contents) -> Uploaded:
    """What a file of this name changes among the files that are `live`.

    An archive replaces the whole folder; one without pictures keeps those there are. Raises UploadError.
    """
    if reason := refusal(name, len(data)):
        raise UploadError(reason)
    if name.endswith(".yaml"):
        return Uploaded(Change(files={_place_of(name, live): data}))
    files, left_out = _checked(data)
    keeps_pictures = not any(map(_is_photo, files))
    gone = [file for file in live if file not in files and not (keeps_pictures and _is_photo(file))]
    changed = {file: content for file, content in files.items() if live.get(file) != content}
    return Uploaded(Change(files=changed, removed=tuple(gone)), left_out)


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files as a ZIP archive, the same one whenever they are the same."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unpacked(archive: bytes) -> dict[str, bytes]:
    """The files of an archive that `packed` made."""
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _place_of(name: str, live: Contents) -> str:
    """Where a single file belongs: in the place of the one of its name, else among the categories."""
    by_name = {file.rpartition("/")[2]: file for file in live if file.endswith(".yaml")}
    for candidate in (name, _COPY.sub("", name)):
        if candidate in by_name:
            return by_name[candidate]
    if name in _AT_TOP:
        return name
    if not _CATEGORY.fullmatch(name):
        raise UploadError(
            Message(
                "The name {name} is not that of a file of the knowledge. "
                "For a new category, use letters, digits and hyphens, such as 90-sports.yaml.",
                name=quoted(name),
            )
        )
    return f"{FAQ}/{name}"


def _checked(data: bytes) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files of an archive that belong to a knowledge folder, and the names of the others."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MAX_FILES:
                raise UploadError(
                    Message(
                        "The archive holds {number:,} files; at most {most:,}.",
                        number=len(entries),
                        most=MAX_FILES,
                    )
                )
            top = _top([entry.filename for entry in entries])
            return _read_all(archive, entries, top)
    except UploadError:
        raise
    except Exception as error:  # a damaged archive raises anything
        raise UploadError(Message("The archive is damaged or not a ZIP archive.")) from error


def _read_all(
    archive: zipfile.ZipFile, entries: Iterable[zipfile.ZipInfo], top: str
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    files: dict[str, bytes] = {}
    left_out: list[str] = []
    room = photos.MAX_ALL_BYTES
    for entry in entries:
        _refuse(entry)
        name = entry.filename.removeprefix(top)
        if not _belongs(name):
            left_out += [] if _is_litter(name) else [name]
            continue
        if name in files:
            raise UploadError(Message("The archive holds {name} twice.", name=quoted(name)))
        files[name] = _content(archive, entry, min(room, _limit(name)))
        room -= len(files[name])
    if not files:
        raise UploadError(
            Message("The archive holds no knowledge folder: {file} is not in it.", file=PROGRAMME)
        )
    return files, tuple(left_out)


def _refuse(entry: zipfile.ZipInfo) -> None:
    """Raises UploadError for what no editor and no phone puts into an archive of a folder."""
    name, parts = quoted(entry.filename), entry.filename.split("/")
    if entry.filename.startswith("/") or ".." in parts or "\\" in entry.filename or ":" in entry.filename:
        raise UploadError(Message("The archive holds a name that leads out of it: {name}.", name=name))
    if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG}:
        raise UploadError(Message("{name} in the archive is a link or device, not a file.", name=name))
    if entry.flag_bits & _ENCRYPTED:
        raise UploadError(Message("The archive has a password; send one without."))


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """What comes out, at most `limit` bytes, whatever the archive says of its size."""
    with archive.open(entry) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise UploadError(
            Message(
                "{name} in the archive is too large: at most {most:,} bytes.",
                name=quoted(entry.filename),
                most=limit,
            )
        )
    return content


def _top(names: list[str]) -> str:
    """The folder that holds all, with its `/`; empty when the archive was made inside it."""
    tops = {
        name.partition("/")[0] for name in names if name.endswith(f"/{PROGRAMME}") and name.count("/") == 1
    }
    return f"{tops.pop()}/" if len(tops) == 1 and PROGRAMME not in names else ""


def _belongs(name: str) -> bool:
    folder, _, last = name.rpartition("/")
    if not last or last.startswith("."):
        return False
    return name in _AT_TOP or (folder == FAQ and last.endswith(".yaml")) or folder == photos.SUBFOLDER


def _is_photo(name: str) -> bool:
    return name.startswith(f"{photos.SUBFOLDER}/")


def _is_litter(name: str) -> bool:
    """What systems add to archives by themselves."""
    return (
        name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".") or name.endswith("Thumbs.db")
    )


def _limit(name: str) -> int:
    return photos.MAX_BYTES if _is_photo(name) else yaml_tree.MAX_BYTES
