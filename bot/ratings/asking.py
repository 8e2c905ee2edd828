"""Asks those who were there for a rating, a little after a session has ended, once."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.assistant.rating import is_rated, question
from bot.assistant.reader import Reader
from bot.assistant.reply import Reply
from bot.clock import Clock, system_clock
from bot.knowledge.model import Knowledge, Session, ends_at
from bot.outbox.call import Call
from bot.outbox.delivery import Lane, enqueue
from bot.store.database import Database
from bot.store.reachable import Reachable, reachable
from bot.supervision import pause

LOOK = 30.0  # seconds between two looks at the clock
AFTER = timedelta(minutes=10)  # people are on their way out
USEFUL = timedelta(hours=3)  # nobody is asked later than that
AT_ONCE = 200  # people in one commit


class Asking:
    """Any number of processes may run it: a session's question is queued once for each person."""

    def __init__(
        self,
        database: Database,
        knowledge: Callable[[], Knowledge],
        clock: Clock,
        *,
        render: Callable[[Reply, int], Sequence[Call]],
        after_commit: Callable[[], None],
    ) -> None:
        """`clock` is the participants'; `render` makes the calls of a reply to a chat."""
        self._database = database
        self._knowledge = knowledge
        self._clock = clock
        self._render = render
        self._after_commit = after_commit
        self._asked: set[str] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Looks again and again until `stop`. Raises what the database raises."""
        while not stop.is_set():
            await self.look()
            await pause(stop, LOOK)

    async def look(self) -> None:
        """Queues the questions about what has just ended."""
        knowledge, now = self._knowledge(), self._clock()
        for session in just_ended(knowledge, now):
            if (source := _source(session)) not in self._asked:
                await self._ask(session, source, knowledge, now)
                self._asked.add(source)

    async def _ask(self, session: Session, source: str, knowledge: Knowledge, now: datetime) -> None:
        people = [each for each in await self._database.read(reachable) if _was_there(each, session)]
        expires_at = system_clock() + USEFUL
        for first in range(0, len(people), AT_ONCE):
            calls = [
                call
                for person in people[first : first + AT_ONCE]
                for call in self._render(question(session, _reader(person, knowledge, now)), person.chat_id)
            ]

            def work(connection: Connection, calls: list[Call] = calls) -> None:
                enqueue(connection, source, calls, Lane.REMINDER, expires_at=expires_at)

            await self._database.write(work)
            self._after_commit()


def just_ended(knowledge: Knowledge, now: datetime) -> Iterator[Session]:
    """The sessions about which it is time to ask."""
    zone = ZoneInfo(knowledge.programme.time_zone)
    for session in knowledge.sessions.values():
        due = ends_at(session, zone) + AFTER
        if is_rated(session, knowledge) and due <= now < due + USEFUL:
            yield session


def _was_there(person: Reachable, session: Session) -> bool:
    theirs = not session.groups or not person.groups or person.groups.intersection(session.groups)
    return person.private and bool(theirs)


def _reader(person: Reachable, knowledge: Knowledge, now: datetime) -> Reader:
    return Reader.of(knowledge, person.language or knowledge.default_language, now)


def _source(session: Session) -> str:
    return f"rating:{session.id}:{session.date.isoformat()}"
