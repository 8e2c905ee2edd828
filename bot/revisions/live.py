"""The live revision: what this process answers from, and how the next one takes its place in one step."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from bot.assistant.assistant import Assistant
from bot.assistant.understanding import phrasings_of
from bot.clock import Clock
from bot.encoder.meaning import Meaning
from bot.knowledge.files import Files
from bot.knowledge.loader import Loaded, read
from bot.knowledge.model import Knowledge
from bot.revisions.difference import Difference, difference
from bot.store import revisions
from bot.store.database import Database
from bot.store.revisions import MovedError, Origin, Revision
from bot.supervision import pause

logger = logging.getLogger(__name__)

LOOK = 1.0  # seconds between two looks at the database for a new revision
LEARNING = 60.0  # seconds before an encoder that failed is tried again for all phrasings

Listener = Callable[[Knowledge, Knowledge], None]
"""Is called with the old and the new knowledge once the new one is live in this process."""
Source = Path | Mapping[str, bytes] | Loaded
"""A knowledge folder, its files by name, or what was read from them."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Knowledge that could become live: it has been read whole, and nothing is wrong with it."""

    loaded: Loaded
    difference: Difference  # from what is live


class LiveKnowledge:
    """The newest revision, of which the database has all. `revisions.opening` makes one.

    Everything else reads `assistant` or `knowledge` at the moment of use: they are swapped in one step.
    """

    def __init__(
        self,
        number: int,
        loaded: Loaded,
        *,
        database: Database,
        clock: Clock,
        meaning: Meaning,
        cache: Path,
    ) -> None:
        """`number` is the revision of `loaded`; `cache` a folder for what can be made again."""
        self.number = number
        self.files = loaded.files  # by name in the folder
        self._database = database
        self._clock = clock
        self._meaning = meaning
        self._cache = cache
        self._one_at_a_time = asyncio.Lock()
        self._listeners: list[Listener] = []
        self._meant = ""  # the revision that was built with the meaning of its phrasings
        self.assistant = self._built(loaded.knowledge)

    @property
    def knowledge(self) -> Knowledge:
        """What is live."""
        return self.assistant.knowledge

    def on_swap(self, listener: Listener) -> None:
        """Has `listener` called after each swap, whichever process made the revision."""
        self._listeners.append(listener)

    async def tried(self, source: Source) -> Trial:
        """What `source` would change. Raises KnowledgeError with every problem."""
        loaded = await asyncio.to_thread(_read, source)
        return Trial(loaded, await asyncio.to_thread(difference, self.knowledge, loaded.knowledge))

    async def publish(
        self, source: Source, *, by: int | None, origin: Origin, expected: int | None = None
    ) -> int:
        """Makes `source` live in this process, and soon in all others. Returns the number of its revision.

        Publishing what is live already changes nothing. Raises KnowledgeError with every problem, or
        MovedError when the live revision is not `expected` any more (None: whatever it is); in both cases
        nothing has changed.
        """
        loaded = await asyncio.to_thread(_read, source)
        while True:
            try:
                async with self._one_at_a_time:
                    return await self._publish(loaded, by, origin, expected)
            except MovedError:  # perhaps another process has just published the same
                if expected not in {None, self.number}:
                    raise

    async def _publish(self, loaded: Loaded, by: int | None, origin: Origin, expected: int | None) -> int:
        await self._catch_up()
        before, content = self.number, loaded.knowledge.revision
        if content == self.knowledge.revision:
            return before
        if expected is not None and expected != before:
            raise MovedError(before)
        changes = await asyncio.to_thread(difference, self.knowledge, loaded.knowledge)
        assistant = await asyncio.to_thread(self._built, loaded.knowledge)

        def add(connection: Connection) -> int:
            return revisions.add(
                connection,
                content,
                loaded.files,
                origin=origin,
                by=by,
                summary=changes.summary(),
                now=self._clock(),
                expected=before,
            )

        self.number = await self._database.write(add)
        self._swap(assistant, loaded.files)
        return self.number

    async def has_had(self, content: str) -> bool:
        """Whether there has been a revision with this hash of all files."""
        return bool(await self._database.read(lambda c: revisions.of_content(c, content)))

    async def set_aside_by(self, number: int) -> tuple[Revision, ...]:
        """What was changed in the chat before the folder became this revision; the oldest first."""
        return tuple(await self._database.read(lambda c: revisions.set_aside_by(c, number)))

    async def follow(self, ending: asyncio.Event) -> None:
        """Takes over what other processes publish."""
        while not ending.is_set():
            await pause(ending, LOOK)
            async with self._one_at_a_time:
                await self._catch_up()

    async def learn(self, ending: asyncio.Event) -> None:
        """Brings the meaning of new phrasings in; until then, questions are matched by letters."""
        while not ending.is_set():
            knowledge = self.knowledge
            if self._meaning.is_on and self._meant != knowledge.revision:
                if await self._meaning.of_phrasings(phrasings_of(knowledge)):
                    async with self._one_at_a_time:
                        await self._build_again()
                else:
                    await pause(ending, LEARNING)
            await pause(ending, LOOK)

    async def _build_again(self) -> None:
        knowledge = self.knowledge
        self.assistant = await asyncio.to_thread(self._built, knowledge)

    async def _catch_up(self) -> None:
        """Takes over the revision that another process has made."""
        newest = await self._database.read(revisions.newest)
        if newest is None or newest.number == self.number:
            return
        files = await self._database.read(lambda connection: revisions.files(connection, newest.number))
        loaded = await asyncio.to_thread(read, Files(files))
        assistant = await asyncio.to_thread(self._built, loaded.knowledge)
        self.number = newest.number
        self._swap(assistant, loaded.files)

    def _built(self, knowledge: Knowledge) -> Assistant:
        encoded = self._meaning.known(phrasings_of(knowledge))
        if encoded:
            self._meant = knowledge.revision
            logger.info("Questions are matched by meaning too: %s", self._meaning.name)
        return Assistant(knowledge, encoded, cache=self._cache)

    def _swap(self, assistant: Assistant, files: Mapping[str, bytes]) -> None:
        old, self.assistant, self.files = self.knowledge, assistant, files
        logger.info("Revision %d of the knowledge is live", self.number)
        for listener in self._listeners:
            listener(old, assistant.knowledge)


def _read(source: Source) -> Loaded:
    if isinstance(source, Loaded):
        return source
    return read(source if isinstance(source, Path) else Files(source))
