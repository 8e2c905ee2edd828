"""The live revision: what this process answers from, and how the next one takes its place in one step."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from bot.assistant.assistant import Assistant
from bot.assistant.rehearsal import rehearsal_moment
from bot.assistant.understanding import phrasings_of
from bot.clock import Clock
from bot.encoder.meaning import Meaning
from bot.exam.foresight import Foresight, Side, foresee
from bot.knowledge.files import Files
from bot.knowledge.loader import Loaded, read
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import KnowledgeError
from bot.revisions.building import Builder, Built, light
from bot.revisions.difference import Difference, difference
from bot.revisions.recent import recent_questions
from bot.revisions.worker import in_worker
from bot.store import revisions
from bot.store.database import Database
from bot.store.revisions import MovedError, Origin, Revision
from bot.supervision import pause

logger = logging.getLogger(__name__)

LOOK = 1.0  # seconds between two looks at the database for a new revision
LOOK_AGAIN = 0.25  # seconds between two looks for something to learn
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
        self._builder = Builder(meaning, cache)
        self._one_at_a_time = asyncio.Lock()
        self._listeners: list[Listener] = []
        self._built = self._builder.whole(loaded.knowledge, self._builder.known(loaded.knowledge))
        self._learned = asyncio.Event()
        self._learned.set()

    @property
    def assistant(self) -> Assistant:
        """Who answers."""
        return self._built.assistant

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
        built = await self._built_after(loaded.knowledge, changes)

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
        self._swap(built, loaded.files)
        return self.number

    async def foresee(self, new: Knowledge, old: Knowledge | None = None, seconds: float = 5.0) -> Foresight:
        """Which questions `new` would answer differently from `old` (None: from what is live).

        Takes about `seconds` of asking, and before that what it takes to build both; publishing `new` is
        quick afterwards. Raises WorkerError.
        """
        before, after = [
            Side(light(knowledge), await asyncio.to_thread(self._builder.known, knowledge))
            for knowledge in (old or self.knowledge, new)
        ]
        recent = await self._database.read(recent_questions)
        moment = rehearsal_moment(new.programme, self._clock())
        cache = self._builder.cache
        return await in_worker(
            partial(foresee, before, after, recent, moment=moment, cache=cache, seconds=seconds)
        )

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
        """Learns the phrasings of what was published, and their meaning, beside the answers.

        Until then questions are compared with the phrasings of before, or by letters at the first start.
        """
        while not ending.is_set():
            if self._built.has_learned and (self._built.knows_meaning or not self._meaning.is_on):
                await pause(ending, LOOK_AGAIN)
                continue
            learning, stopping = asyncio.create_task(self._learn()), asyncio.create_task(ending.wait())
            try:
                await asyncio.wait({learning, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if learning.done() and not learning.result():
                    await pause(ending, LEARNING)
            finally:
                learning.cancel()
                stopping.cancel()
                await asyncio.gather(learning, stopping, return_exceptions=True)

    async def until_learned(self) -> None:
        """Waits until questions are compared with the phrasings of what is live."""
        await self._learned.wait()

    async def _learn(self) -> bool:
        """Learns what is live; False when the encoder has failed."""
        before, knowledge, encoded = self._built, self.knowledge, None
        if self._meaning.is_on and (before.knows_meaning or before.has_learned):
            encoded = await self._meaning.of_phrasings(phrasings_of(knowledge))
            if encoded is None and before.has_learned:
                return False
        built = await self._builder.learned(knowledge, encoded)
        async with self._one_at_a_time:
            if self.knowledge is not knowledge:  # published meanwhile: nearer than before, and not there yet
                built = await self._builder.after(self.knowledge, built, leads_elsewhere=True)
            self._answer_with(built)
        if built.knows_meaning and not before.knows_meaning:
            logger.info("Questions are matched by meaning too: %s", self._meaning.name)
        return True

    @property
    def _meaning(self) -> Meaning:
        return self._builder.meaning

    async def _catch_up(self) -> None:
        """Takes over the revision that another process has made."""
        newest = await self._database.read(revisions.newest)
        if newest is None or newest.number == self.number:
            return
        files = await self._database.read(lambda connection: revisions.files(connection, newest.number))
        try:
            loaded = await asyncio.to_thread(read, Files(files))
        except KnowledgeError as error:  # a program that is less strict has made it
            logger.error("Revision %d cannot be used here; going on as before.\n%s", newest.number, error)
            self.number = newest.number
            return
        changes = await asyncio.to_thread(difference, self.knowledge, loaded.knowledge)
        built = await self._built_after(loaded.knowledge, changes)
        self.number = newest.number
        self._swap(built, loaded.files)

    def _answer_with(self, built: Built) -> None:
        self._built = built
        if built.has_learned:
            self._learned.set()
        else:
            self._learned.clear()

    async def _built_after(self, knowledge: Knowledge, changes: Difference) -> Built:
        return await self._builder.after(knowledge, self._built, leads_elsewhere=changes.may_lead_elsewhere)

    def _swap(self, built: Built, files: Mapping[str, bytes]) -> None:
        old, self.files = self.knowledge, files
        self._answer_with(built)
        logger.info("Revision %d of the knowledge is live", self.number)
        for listener in self._listeners:
            listener(old, self.knowledge)


def _read(source: Source) -> Loaded:
    if isinstance(source, Loaded):
        return source
    return read(source if isinstance(source, Path) else Files(source))
