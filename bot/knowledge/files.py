"""Reads the files of a knowledge folder, and nothing that only looks like one of them."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from bot.knowledge.message import Message, MessageError

# Not every system has every flag: O_BINARY is for Windows, the others are for all but Windows.
_READ_ONLY = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_BINARY", "O_NOFOLLOW", "O_NONBLOCK"))


class UnreadableError(MessageError):
    """A file that cannot be read, and why, in words that go on after its name."""


class Folder:
    """The files in one folder and the folders right below it. Names use `/`, whatever the system."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def shown(self, name: str) -> str:
        """How a person finds the file: the folder as it was given, and the name."""
        return (self.path / name).as_posix()

    def names(self, below: str = "") -> list[str]:
        """Names of what lies in the folder (or in `below`), sorted, without those that begin with a dot.

        Raises UnreadableError when it is not a folder or cannot be listed.
        """
        place = self.path / below
        if below and place.is_symlink():
            raise UnreadableError(Message("is a link; put the files themselves there"))
        try:
            return sorted(name for name in os.listdir(place) if not name.startswith("."))  # noqa: PTH208 - names alone
        except OSError as error:
            raise UnreadableError(_words(error)) from None

    def read(self, name: str, limit: int) -> bytes:
        """The content of a file, which must be a regular one of at most `limit` bytes.

        Links are not followed, and devices and pipes are never opened. Raises UnreadableError.
        """
        path = self.path / name
        try:
            before = path.lstat()
            if stat.S_ISLNK(before.st_mode):
                raise UnreadableError(Message("is a link; put the file itself there"))
            if not stat.S_ISREG(before.st_mode):
                raise UnreadableError(Message("is not a file"))
            if before.st_size > limit:
                raise _too_large(before.st_size, limit)
            with os.fdopen(os.open(path, _READ_ONLY), "rb") as file:
                if not os.path.samestat(before, os.fstat(file.fileno())):
                    raise UnreadableError(Message("was replaced while it was read; try again"))
                return file.read(limit)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            raise UnreadableError(_words(error)) from None


class Files:
    """The same for files that lie in no folder, such as those of a revision: content by name."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._contents = contents

    def shown(self, name: str) -> str:
        """The name itself."""
        return name or "the knowledge"

    def names(self, below: str = "") -> list[str]:
        """As those of a folder. Raises UnreadableError when nothing lies below."""
        start = f"{below}/" if below else ""
        inside = {name.removeprefix(start).split("/")[0] for name in self._contents if name.startswith(start)}
        if below and not inside:
            raise UnreadableError(Message("is missing"))
        return sorted(name for name in inside if not name.startswith("."))

    def read(self, name: str, limit: int) -> bytes:
        """The content of a file of at most `limit` bytes. Raises UnreadableError."""
        if name not in self._contents:
            raise UnreadableError(Message("is missing"))
        data = self._contents[name]
        if len(data) > limit:
            raise _too_large(len(data), limit)
        return data


def _too_large(size: int, limit: int) -> UnreadableError:
    return UnreadableError(Message("is too large: {size:,} bytes, at most {most:,}", size=size, most=limit))


def _words(error: OSError | ValueError) -> Message:
    if isinstance(error, FileNotFoundError):
        return Message("is missing")
    if isinstance(error, PermissionError):
        return Message("may not be read: permission denied")
    if isinstance(error, NotADirectoryError):
        return Message("is not a folder")
    return Message("cannot be read: {reason}", reason=error)
