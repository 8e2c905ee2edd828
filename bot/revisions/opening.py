"""Which revision is live at the start: the newest in the database, or a folder that was never seen before."""

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from bot.clock import Clock
from bot.knowledge.files import Files
from bot.knowledge.loader import Loaded, read
from bot.knowledge.problems import KnowledgeError
from bot.revisions.difference import difference
from bot.store import revisions
from bot.store.database import Database
from bot.store.revisions import MovedError, Origin, Revision

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """The revision to answer from."""

    number: int
    loaded: Loaded
    folder: str | None  # the hash of all files in the folder; None when it cannot be used
    error: KnowledgeError | None = None  # why not
    set_aside: tuple[Revision, ...] = ()  # made in the chat, and not in the new folder; the oldest first


async def open_revision(folder: Path, database: Database, clock: Clock) -> Opened:
    """Reads the folder and the database. Raises KnowledgeError when neither can be used."""
    try:
        loaded = await asyncio.to_thread(read, folder)
    except KnowledgeError as error:
        newest = await _newest(database)
        if newest is None:
            raise
        logger.error("The knowledge folder cannot be used; revision %d answers.\n%s", newest[0], error)
        return Opened(*newest, folder=None, error=error)
    content = loaded.knowledge.revision
    newest = await _newest(database)
    if newest is None or not await database.read(lambda c: revisions.of_content(c, content)):
        return await _with_folder(loaded, newest and newest[1], database, clock)
    if newest[1].knowledge.revision != content:
        logger.warning("The knowledge folder is older than revision %d, which is live", newest[0])
    return Opened(*newest, folder=content)


async def _with_folder(loaded: Loaded, before: Loaded | None, database: Database, clock: Clock) -> Opened:
    """The folder as the newest revision, after `before`."""
    summary = difference(before.knowledge, loaded.knowledge).summary() if before else ""

    def add(connection: Connection) -> int:
        return revisions.add(
            connection,
            loaded.knowledge.revision,
            loaded.files,
            origin=Origin.START,
            by=None,
            summary=summary,
            now=clock(),
        )

    try:
        number = await database.write(add)
    except MovedError:  # another process starts at the same moment
        number = await database.write(add)
    set_aside = await database.read(lambda connection: revisions.set_aside_by(connection, number))
    return Opened(number, loaded, loaded.knowledge.revision, set_aside=tuple(set_aside))


async def _newest(database: Database) -> tuple[int, Loaded] | None:
    """The newest revision that this program can read; it may have become stricter."""

    def read_newest(connection: Connection) -> list[int]:
        return [revision.number for revision in revisions.latest(connection)]

    for number in await database.read(read_newest):
        files = await database.read(lambda connection, n=number: revisions.files(connection, n))  # type: ignore[misc]
        try:
            return number, await asyncio.to_thread(read, Files(files))
        except KnowledgeError as error:
            logger.error("Revision %d cannot be used any more:\n%s", number, error)
    return None
