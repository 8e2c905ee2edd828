"""Makes what a reply names, out of the live knowledge: a timetable picture or a calendar file."""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.assistant import plan
from bot.assistant.reply import Made, MadeKind
from bot.calendars.export import calendar_file
from bot.calendars.versions import Version
from bot.chat.errors import MakingError
from bot.clock import Clock
from bot.feed.versions import Versions
from bot.knowledge.model import Knowledge, Session
from bot.timetable import TimetableCache

logger = logging.getLogger(__name__)

MADE = "_made"
"""The key in a call's params under which stands what is to be made. Telegram never sees it."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that was made."""

    name: str
    data: bytes
    sha256: str


class Maker:
    """Makes one file at a time, in a thread. `namespace` tells the bot's events from all others, for good."""

    def __init__(
        self, knowledge: Callable[[], Knowledge], clock: Clock, namespace: str, versions: Versions
    ) -> None:
        self._knowledge = knowledge
        self._clock = clock
        self._namespace = namespace
        self._versions = versions
        self._timetables = TimetableCache()
        self._one_at_a_time = asyncio.Lock()

    async def make(self, made: Made) -> MadeFile:
        """The file, of the knowledge and the moment of now. Raises MakingError when it cannot be made."""
        try:
            knowledge = self._knowledge()
            calendar = made.kind is MadeKind.CALENDAR
            versions = await self._versions.of(knowledge) if calendar else {}
            async with self._one_at_a_time:
                return await asyncio.to_thread(self._make, made, knowledge, versions)
        except Exception as error:  # of libraries that draw and write: the text has to go all the same
            logger.exception("The %s of %s could not be made", made.kind.value, made.day or made.session)
            raise MakingError(f"the {made.kind.value} could not be made: {error}") from error

    def _make(self, made: Made, knowledge: Knowledge, versions: Mapping[str, Version]) -> MadeFile:
        timetable = made.kind is MadeKind.TIMETABLE
        data = self._timetable(made, knowledge) if timetable else self._calendar(made, knowledge, versions)
        about = made.session or (made.day.isoformat() if made.day else "")
        name = "-".join(filter(None, ["timetable" if timetable else "schedule", about]))
        return MadeFile(f"{name}{'.png' if timetable else '.ics'}", data, hashlib.sha256(data).hexdigest())

    def _timetable(self, made: Made, knowledge: Knowledge) -> bytes:
        language, moment, sessions = made.language, self._clock(), _sessions(made, knowledge)
        if made.day:
            return self._timetables.day(
                knowledge, made.day, language=language, moment=moment, sessions=sessions
            )
        return self._timetables.programme(knowledge, language=language, moment=moment, sessions=sessions)

    def _calendar(self, made: Made, knowledge: Knowledge, versions: Mapping[str, Version]) -> bytes:
        return calendar_file(
            knowledge,
            _sessions(made, knowledge),
            language=made.language,
            moment=self._clock(),
            namespace=self._namespace,
            groups=made.groups,
            versions=versions,
        )


def to_json(made: Made) -> dict[str, Any]:
    """What a call keeps of it."""
    return {
        "kind": made.kind.value,
        "language": made.language,
        "revision": made.revision,
        "day": made.day.isoformat() if made.day else None,
        "session": made.session,
        "groups": list(made.groups),
    }


def from_json(kept: Mapping[str, Any]) -> Made:
    """What a call has kept."""
    day = date.fromisoformat(kept["day"]) if kept["day"] else None
    groups = tuple(kept["groups"])
    return Made(MadeKind(kept["kind"]), kept["language"], kept["revision"], day, kept["session"], groups)


def _sessions(made: Made, knowledge: Knowledge) -> tuple[Session, ...]:
    """Those the file is about. Raises KeyError when the session is not in the knowledge any more."""
    if made.session:
        return (knowledge.sessions[made.session],)
    theirs = plan.for_groups(knowledge.sessions.values(), made.groups)
    return plan.sessions_on(theirs, made.day) if made.day else theirs
