"""The last good copy of the knowledge folder: kept at each good start, used when the folder is broken."""

import asyncio
import io
import logging
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from bot.clock import system_clock
from bot.knowledge.files import Folder, UnreadableError
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.knowledge.photos import SUBFOLDER
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.source_files import FAQ, PROGRAMME, SCHEDULE, SITES, SYNONYMS
from bot.knowledge.yaml_tree import MAX_BYTES
from bot.store import knowledge_copies
from bot.store.database import Database

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """Knowledge to answer from. With `error` it is the last good copy, because the folder has that error."""

    knowledge: Knowledge
    error: KnowledgeError | None = None


async def load_or_last_good(folder: Path, database: Database) -> Opened:
    """Loads the folder and keeps a copy of it, or loads the copy kept last.

    Raises KnowledgeError when the folder is broken and there is no copy.
    """
    try:
        knowledge = await asyncio.to_thread(load, folder)
    except KnowledgeError as error:
        archive = await database.read(knowledge_copies.read)
        if archive is None:
            raise
        return Opened(await asyncio.to_thread(_load_copy, archive), error)
    await _keep(folder, knowledge, database)
    return Opened(knowledge)


async def _keep(folder: Path, knowledge: Knowledge, database: Database) -> None:
    if await database.read(lambda connection: knowledge_copies.has(connection, knowledge.revision)):
        return
    try:
        archive = await asyncio.to_thread(_packed, folder, knowledge)
    except UnreadableError as error:
        logger.warning("No copy of the knowledge folder was kept: a file %s", error)
        return
    await database.write(
        lambda connection: knowledge_copies.write(connection, knowledge.revision, archive, system_clock())
    )


def _packed(folder: Path, knowledge: Knowledge) -> bytes:
    files, buffer = Folder(folder), io.BytesIO()
    optional = [SYNONYMS] if SYNONYMS in files.names() else []
    categories = [f"{FAQ}/{name}" for name in files.names(FAQ) if name.endswith(".yaml")]
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (PROGRAMME, SITES, SCHEDULE, *optional, *categories):
            archive.writestr(name, files.read(name, MAX_BYTES))
        for photo in knowledge.photos.values():
            archive.writestr(f"{SUBFOLDER}/{photo.name}", photo.data)
    return buffer.getvalue()


def _load_copy(archive: bytes) -> Knowledge:
    with tempfile.TemporaryDirectory(prefix="knowledge-") as place:
        zipfile.ZipFile(io.BytesIO(archive)).extractall(place)  # names that lead outside are made harmless
        return load(Path(place))
