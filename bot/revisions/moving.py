"""Knowledge folders in and out of the database: the commands `export` and `import`."""

import asyncio
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection

from bot.clock import Clock
from bot.knowledge.files import Files
from bot.knowledge.loader import read
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.source_files import FAQ, SYNONYMS
from bot.revisions.difference import difference
from bot.store import revisions
from bot.store.database import Database
from bot.store.revisions import Origin, Revision


class MovingError(Exception):
    """Why nothing was moved, and what to do."""


async def export_folder(
    database: Database, folder: Path, *, number: int | None = None, replace: bool = False
) -> list[str]:
    """Writes a revision (None: the live one) into `folder`, and returns lines that say what was done.

    A folder that holds something is changed only with `replace`: then files that differ are replaced and
    entries' files that the revision does not have are removed. Raises MovingError.
    """

    def find(connection: Connection) -> tuple[Revision | None, dict[str, bytes]]:
        found = revisions.newest(connection) if number is None else revisions.read(connection, number)
        return found, revisions.files(connection, found.number) if found else {}

    revision, files = await database.read(find)
    if revision is None:
        which = "any revision yet: start the bot first" if number is None else f"revision {number}"
        raise MovingError(f"The database does not have {which}.")
    lines = await asyncio.to_thread(_written, files, folder, replace=replace)
    return [*lines, f"{folder} is revision {revision.number} of {revision.made_at:%Y-%m-%d %H:%M} UTC."]


async def import_folder(database: Database, folder: Path, clock: Clock) -> list[str]:
    """Makes a folder live: running bots take it within seconds. Returns lines that say what is new.

    Raises KnowledgeError with every problem, and MovedError when another revision comes at the same moment.
    """
    loaded = read(folder)
    before = await database.read(revisions.newest)
    changes = None
    if before:
        old = await database.read(lambda connection: revisions.files(connection, before.number))
        try:
            changes = difference(read(Files(old)).knowledge, loaded.knowledge)
        except KnowledgeError:  # written by a program that was less strict
            changes = None

    def add(connection: Connection) -> int:
        return revisions.add(
            connection,
            loaded.knowledge.revision,
            loaded.files,
            origin=Origin.IMPORT,
            by=None,
            summary=changes.summary() if changes else "",
            now=clock(),
        )

    number = await database.write(add)
    if before and number == before.number:
        return [f"{folder} is revision {number}, which is live already."]
    lines = [f"{item.change}: {item.kind} {item.id}" for item in changes.items] if changes else []
    return [*lines, f"{folder} is live as revision {number}."]


def _written(files: Mapping[str, bytes], folder: Path, *, replace: bool) -> list[str]:
    if folder.exists() and not folder.is_dir():
        raise MovingError(f"{folder} is a file; name a folder.")
    if folder.is_dir() and any(folder.iterdir()) and not replace:
        raise MovingError(f"{folder} is not empty; add --replace to change what is in it.")
    try:
        written = [name for name, data in files.items() if _write(folder / name, data)]
        removed = _extra(folder, files)
        for name in removed:
            (folder / name).unlink()
    except OSError as error:
        raise MovingError(f"{folder} cannot be written: {error}") from error
    return [*(f"written: {name}" for name in written), *(f"removed: {name}" for name in removed)]


def _write(path: Path, data: bytes) -> bool:
    """Puts a file there in one step, unless it is the same already; returns whether it did."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        beside.chmod(0o644)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return True


def _extra(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """The files that would be read with the revision, though it does not have them."""
    names = [f"{FAQ}/{path.name}" for path in sorted((folder / FAQ).glob("[!.]*.yaml"))]
    return [name for name in [SYNONYMS, *names] if name not in files and (folder / name).exists()]
