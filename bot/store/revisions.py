"""Every version of the knowledge that was live: its files by their hash, who made it, when and from where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, select

from bot.store.database import insert
from bot.store.tables import revision_files, revisions

KEPT = 300
"""Revisions that are kept; the pictures and files that only older ones have go with them."""

_row = revisions.c


class Origin(StrEnum):
    """Where a revision came from."""

    START = "start"  # the folder, when the bot started
    FOLDER = "folder"  # the folder, while the bot was running
    UPLOAD = "upload"  # files sent in the chat
    EDIT = "edit"  # a change made in the chat
    ROLLBACK = "rollback"  # an earlier revision again
    IMPORT = "import"  # the command line

    @property
    def is_folder(self) -> bool:
        """Whether the knowledge folder says the same."""
        return self in {Origin.START, Origin.FOLDER}


class MovedError(Exception):
    """Another revision has become live meanwhile."""

    def __init__(self, number: int) -> None:
        self.number = number  # of the newest
        super().__init__(f"revision {number} is live now")


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of the knowledge, without its files."""

    number: int  # from 1
    sha256: str  # of all files, as in Knowledge.revision
    origin: Origin
    made_by: int | None  # the person, by numeric id
    made_at: datetime
    summary: str  # how it differs from the one before


def newest(connection: Connection) -> Revision | None:
    """The live revision; None before the first."""
    found = connection.execute(_columns().order_by(_row.number.desc()).limit(1)).one_or_none()
    return _revision(found) if found else None


def latest(connection: Connection, most: int = 10) -> list[Revision]:
    """The last revisions, the newest first."""
    rows = connection.execute(_columns().order_by(_row.number.desc()).limit(most))
    return [_revision(row) for row in rows]


def read(connection: Connection, number: int) -> Revision | None:
    """One revision; None when there is none of that number any more."""
    found = connection.execute(_columns().where(_row.number == number)).one_or_none()
    return _revision(found) if found else None


def of_content(connection: Connection, content: str) -> Revision | None:
    """The newest revision whose files have this hash."""
    query = _columns().where(_row.sha256 == content).order_by(_row.number.desc()).limit(1)
    found = connection.execute(query).one_or_none()
    return _revision(found) if found else None


def files(connection: Connection, number: int) -> dict[str, bytes]:
    """The files of a revision, by name in the folder."""
    hashes: Mapping[str, str] = connection.scalar(select(_row.files).where(_row.number == number)) or {}
    query = select(revision_files).where(revision_files.c.sha256.in_(set(hashes.values())))
    contents = {row.sha256: row.data for row in connection.execute(query)}
    return {name: contents[content] for name, content in hashes.items()}


def add(
    connection: Connection,
    content: str,
    files: Mapping[str, bytes],
    *,
    origin: Origin,
    by: int | None,
    summary: str,
    now: datetime,
    expected: int | None = None,
) -> int:
    """Makes a revision, unless the newest one is the same, and returns the number of the newest.

    `content` is the hash of all files. Raises MovedError when the newest is not `expected` (None: whatever it
    is), or when another process adds one at the same moment.
    """
    last = newest(connection)
    number = last.number if last else 0
    if last and last.sha256 == content:
        return number
    if expected is not None and number != expected:
        raise MovedError(number)
    values = {
        "number": number + 1,
        "sha256": content,
        "files": {name: _keep(connection, data) for name, data in files.items()},
        "origin": origin.value,
        "made_by": by,
        "made_at": now,
        "summary": summary,
    }
    statement = insert(connection, revisions).values(values).on_conflict_do_nothing()
    if connection.scalar(statement.returning(_row.number)) is None:
        raise MovedError(number + 1)
    return number + 1


def set_aside_by(connection: Connection, number: int) -> list[Revision]:
    """The revisions since the folder's last one that a folder has replaced as `number`, the oldest first."""
    rows = connection.execute(_columns().where(_row.number < number).order_by(_row.number.desc()))
    replaced = takewhile(lambda revision: not revision.origin.is_folder, map(_revision, rows))
    return list(replaced)[::-1]


def forget_old(connection: Connection, kept: int = KEPT) -> None:
    """Drops all but the newest revisions, and the files that none of those has."""
    last = connection.scalar(select(func.max(_row.number)))
    if last is None or not connection.execute(delete(revisions).where(_row.number <= last - kept)).rowcount:
        return
    used = {content for each in connection.scalars(select(_row.files)) for content in each.values()}
    unused = set(connection.scalars(select(revision_files.c.sha256))) - used
    for content in unused:
        connection.execute(delete(revision_files).where(revision_files.c.sha256 == content))


def _keep(connection: Connection, data: bytes) -> str:
    """Keeps a file, unless it is there, and returns its hash."""
    name = sha256(data).hexdigest()
    statement = insert(connection, revision_files).values(sha256=name, data=data)
    connection.execute(statement.on_conflict_do_nothing())
    return name


def _columns() -> Select[Any]:
    return select(_row.number, _row.sha256, _row.origin, _row.made_by, _row.made_at, _row.summary)


def _revision(row: Row[Any]) -> Revision:
    return Revision(row.number, row.sha256, Origin(row.origin), row.made_by, row.made_at, row.summary)
