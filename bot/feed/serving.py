"""The calendar behind an address: made once for each revision, groups and language, then kept."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.calendars import export
from bot.clock import Clock
from bot.feed.versions import Versions
from bot.knowledge.model import Knowledge
from bot.store import feeds
from bot.store.database import Database

MOST_KEPT = 64  # files, of a few kilobytes each
_Key = tuple[str, tuple[str, ...], str]  # revision, groups, language


@dataclass(frozen=True, slots=True)
class FeedFile:
    """What a phone gets."""

    data: bytes  # an .ics file
    etag: str  # the same for the same bytes
    since: datetime  # when this process first made them


class Feed:
    """Calendars of the live knowledge. `namespace` tells the bot's events from all others, for good."""

    def __init__(
        self, database: Database, knowledge: Callable[[], Knowledge], clock: Clock, *, namespace: str
    ) -> None:
        self._database = database
        self._knowledge = knowledge
        self._clock = clock
        self._namespace = namespace
        self._versions = Versions(database, clock)
        self._kept: OrderedDict[_Key, FeedFile] = OrderedDict()

    async def file(self, token: str, language: str) -> FeedFile | None:
        """The calendar at an address; None when there is no such one, or no such language."""
        knowledge = self._knowledge()
        groups = await self._database.read(lambda connection: feeds.groups_of(connection, token))
        if groups is None or language not in knowledge.programme.languages:
            return None
        key = knowledge.revision, groups, language
        if key not in self._kept:
            self._kept[key] = await self._made(knowledge, groups, language)
        self._kept.move_to_end(key)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]

    async def _made(self, knowledge: Knowledge, groups: tuple[str, ...], language: str) -> FeedFile:
        versions = await self._versions.of(knowledge)
        # The events are stamped with their last change: the same schedule is the same file in every process.
        changed = max(
            (version.since for version in versions.values()), default=datetime.min.replace(tzinfo=UTC)
        )
        data = await asyncio.to_thread(
            export.feed,
            knowledge,
            groups,
            language=language,
            moment=changed,
            namespace=self._namespace,
            versions=versions,
        )
        return FeedFile(data, hashlib.sha256(data).hexdigest()[:32], self._clock())
