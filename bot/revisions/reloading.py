"""Hot reload: a folder that has changed and held still becomes live, or the admins learn what to mend."""

import asyncio
import logging
from pathlib import Path
from time import monotonic

from bot.knowledge.loader import read as load_folder
from bot.knowledge.model import Knowledge
from bot.knowledge.photos import SUBFOLDER
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.source_files import FAQ
from bot.revisions.admins import Admins, occasion_of, shortened
from bot.revisions.difference import difference
from bot.revisions.live import LiveKnowledge
from bot.revisions.opening import Opened
from bot.revisions.shifts import shifts_text
from bot.revisions.summary import summary_text
from bot.revisions.worker import WorkerError
from bot.store.revisions import Origin, Revision
from bot.supervision import pause

logger = logging.getLogger(__name__)

LOOK = 0.25
"""Seconds between two looks at the folder. It is read when two looks in a row find the same."""
LOOKING_BACK = 20.0  # seconds of asking, in a process that gives way to the answers

Stamp = tuple[tuple[str, int, int, int, int], ...]
"""Of each file: name, size in bytes, when it was written and when anything about it changed (ns), inode."""


class Reloading:
    """Looks at a knowledge folder; how it was opened at the start is told first."""

    def __init__(self, live: LiveKnowledge, folder: Path, admins: Admins, opened: Opened) -> None:
        self._live = live
        self._folder = folder
        self._admins = admins
        self._opened: Opened | None = opened
        self._content = opened.folder  # the hash of the files that were read last and in order
        self._error: KnowledgeError | None = None  # what the admins know of
        self._mended = 0
        self._looking_back: asyncio.Task[None] | None = None

    async def run(self, ending: asyncio.Event) -> None:
        """Looks until `ending`."""
        if self._opened:
            await self._tell_of_start(self._opened)
            self._opened = None
        try:
            await self._watch(ending)
        finally:
            if self._looking_back:
                self._looking_back.cancel()

    async def _watch(self, ending: asyncio.Event) -> None:
        before: Stamp = ()
        read: Stamp | None = None
        while not ending.is_set():
            await pause(ending, LOOK)
            now = await asyncio.to_thread(stamp, self._folder)
            if now == before and now != read:
                await self.reload()
                read = now
            before = now

    async def reload(self) -> None:
        """Publishes the folder if it says something new, or tells what is wrong with it."""
        start = monotonic()
        if self._looking_back:
            self._looking_back.cancel()  # the last save is what counts
        try:
            loaded = await asyncio.to_thread(load_folder, self._folder)
        except KnowledgeError as error:
            await self._tell_of(error)
            return
        content, before = loaded.knowledge.revision, self._content
        if content != before and not (before is None and await self._live.has_had(content)):
            old = self._live.knowledge, self._live.number
            number = await self._live.publish(loaded, by=None, origin=Origin.FOLDER)
            logger.info("The folder is revision %d, after %.1f seconds", number, monotonic() - start)
            await self._tell_of_set_aside(number, await self._live.set_aside_by(number))
            self._look_back(*old, loaded.knowledge)
        self._content = content
        await self._tell_it_is_mended()

    def _look_back(self, old: Knowledge, number: int, new: Knowledge) -> None:
        """Says which questions get another answer now."""
        if difference(old, new).may_lead_elsewhere:
            self._looking_back = asyncio.create_task(self._tell_of_shifts(old, number, new))

    async def _tell_of_shifts(self, old: Knowledge, number: int, new: Knowledge) -> None:
        await self._live.until_learned()  # or it would be learned twice at the same time
        try:
            found = await self._live.foresee(new, old, seconds=LOOKING_BACK)
        except WorkerError as error:
            logger.warning("What the folder changes could not be looked at: %s", error)
            return
        if not found.shifts:
            return
        await self._admins.tell(
            f"shifts:{new.revision[:16]}:{number}",
            lambda words: "\n\n".join(
                [words("The knowledge folder was changed."), shifts_text(found, words)]
            ),
            lambda words: [(words("Undo"), f"rollback:{number}")],
        )

    async def _tell_of_start(self, opened: Opened) -> None:
        if opened.error:
            await self._tell_of(opened.error)
        await self._tell_of_set_aside(opened.number, opened.set_aside)

    async def _tell_of(self, error: KnowledgeError) -> None:
        if self._error and str(self._error) == str(error):
            return
        self._error = error
        logger.warning("The knowledge folder has errors; nothing has changed for participants.\n%s", error)
        await self._admins.tell(
            self._occasion(error),
            lambda words: words(
                "The knowledge folder has errors. Nothing has changed for participants: I go on answering "
                "from revision {number}. Please mend:\n\n{problems}",
                number=self._live.number,
                problems=shortened(error.said(words)),
            ),
        )

    async def _tell_it_is_mended(self) -> None:
        if self._error is None:
            return
        occasion, self._error = self._occasion(self._error), None
        self._mended += 1
        await self._admins.tell(
            f"{occasion}:mended",
            lambda words: words(
                "The knowledge folder is in order again. Revision {number} is live.", number=self._live.number
            ),
        )

    async def _tell_of_set_aside(self, number: int, revisions: tuple[Revision, ...]) -> None:
        if not revisions:
            return
        last = revisions[-1].number
        await self._admins.tell(
            f"aside:{number}",
            lambda words: words(
                "The knowledge folder was changed, and is live as revision {number}. It does not have what "
                "was changed in the chat, which is set aside:\n\n{lines}\n\nTo answer from that again, "
                "press the button; then what is new in the folder is set aside.",
                number=number,
                lines=shortened(
                    "\n".join(f"{each.number}: {summary_text(each.summary, words)}" for each in revisions)
                ),
            ),
            lambda words: [(words("Back to revision {number}", number=last), f"rollback:{last}")],
        )

    def _occasion(self, error: KnowledgeError) -> str:
        """The same problems are told again only when they come back after they were mended."""
        return f"{occasion_of(error)}:{self._live.number}:{self._mended}"


def stamp(folder: Path) -> Stamp:
    """Changes whenever a file of the folder does. What cannot be looked at is left out."""
    found = []
    for place in (folder, folder / FAQ, folder / SUBFOLDER):
        try:
            paths = sorted(place.iterdir())
        except OSError:
            continue
        for path in paths:
            try:
                state = path.lstat()
            except OSError:
                continue
            found.append((str(path), state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino))
    return tuple(found)
