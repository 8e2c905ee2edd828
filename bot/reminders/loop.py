"""Queues what is due by the participants' clock, once for each person, and drops what is too late."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.assistant.reader import Reader
from bot.assistant.reminding import QUIET, day_reminder, session_reminder
from bot.assistant.reply import Reply
from bot.clock import Clock, system_clock
from bot.knowledge.model import Knowledge
from bot.outbox.call import Call
from bot.outbox.delivery import Lane, enqueue, withdraw
from bot.outbox.pacing import Pace
from bot.reminders.occasions import Occasion, occasions
from bot.store import reminders
from bot.store.database import Database
from bot.store.reminders import ReminderKey, ReminderKind, Waiting
from bot.supervision import pause

logger = logging.getLogger(__name__)

LOOK = 5.0  # seconds between two looks at the clock: it may be set
AT_ONCE = 200  # people in one commit
MOST_EARLY = timedelta(minutes=10)  # a crowd's reminders may start so long before they are due
SOUND_ASLEEP = {"disable_notification": True}


class Reminding:
    """Any number of processes may run it: the rows in the database are what makes a reminder happen once."""

    def __init__(
        self,
        database: Database,
        knowledge: Callable[[], Knowledge],
        clock: Clock,
        *,
        render: Callable[[Reply, int], Sequence[Call]],
        after_commit: Callable[[], None],
        host_clock: Clock = system_clock,
        pace: Pace | None = None,
    ) -> None:
        """`knowledge` returns the live one. `clock` is the participants', `host_clock` the outbox's.

        `render` makes the calls of a reply to a chat; `after_commit` is called when some are queued; `pace`
        is that of the outbox.
        """
        self._database = database
        self._knowledge = knowledge
        self._clock = clock
        self._render = render
        self._after_commit = after_commit
        self._host_clock = host_clock
        self._seconds_each = (pace or Pace()).overall.every
        self._revision = ""
        self._occasions: tuple[Occasion, ...] = ()
        self._counted: set[Occasion] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Looks again and again until `stop`. Raises what the database raises."""
        while not stop.is_set():
            await self.look()
            await pause(stop, LOOK)

    async def look(self) -> None:
        """Queues what is due now, the most urgent first.

        Before a session a crowd's reminders start early, so that the last of them is not late.
        """
        knowledge, now = self._knowledge(), self._clock()
        if knowledge.revision != self._revision:
            await self._take_up(knowledge, now)
        begun = await self._crowds(now)
        for occasion in self._occasions:
            if occasion.expires_at <= now:
                await self._count_late(occasion)
            elif occasion.due_at <= now or occasion in begun:
                while await self._queue(occasion, knowledge, now):
                    pass

    async def _crowds(self, now: datetime) -> Sequence[Occasion]:
        """What must start before it is due: so long as it takes to send it, and what is more urgent."""
        soon = [each for each in self._occasions if each.minutes and now < each.due_at <= now + MOST_EARLY]
        people = begun = 0
        for number, occasion in enumerate(soon, 1):
            people += await self._number_waiting(occasion)
            if now + timedelta(seconds=people * self._seconds_each) >= occasion.due_at:
                begun = number
        return soon[:begun]

    async def _take_up(self, knowledge: Knowledge, now: datetime) -> None:
        """Goes by a new schedule, and calls off what waits to be sent by an old one.

        What is still to be is queued again, as the new schedule has it: to whom, when and with what words.
        """
        self._occasions, self._counted = occasions(knowledge), set()
        yesterday = now - timedelta(1)
        for key in await self._database.read(lambda connection: reminders.queued(connection, yesterday)):
            await self._call_off(key)
        self._revision = knowledge.revision

    async def _call_off(self, key: ReminderKey) -> None:
        def work(connection: Connection) -> int:
            chat_ids = withdraw(connection, key.source)
            reminders.forget(connection, key, chat_ids)
            return len(chat_ids)

        if number := await self._database.write(work):
            logger.info("Called off %d reminders of %s that waited by an old schedule", number, key.subject)

    async def _queue(self, occasion: Occasion, knowledge: Knowledge, now: datetime) -> bool:
        """Queues for some of those who wait; says whether there may be more."""
        people = await self._database.read(
            lambda connection: reminders.waiting(
                connection, occasion.key, occasion.minutes, AT_ONCE, occasion.audience
            )
        )
        if not people:
            return False
        calls = self._calls(occasion, people, knowledge, now)
        expires_at = self._host_clock() + (occasion.expires_at - now)

        def work(connection: Connection) -> None:
            new = reminders.note_queued(connection, occasion.key, [person.chat_id for person in people])
            fresh = [call for call in calls if call.chat_id in new]
            enqueue(connection, occasion.key.source, fresh, Lane.REMINDER, expires_at=expires_at)

        await self._database.write(work)
        self._after_commit()
        return len(people) == AT_ONCE

    def _calls(
        self, occasion: Occasion, people: Sequence[Waiting], knowledge: Knowledge, now: datetime
    ) -> list[Call]:
        rendered: dict[tuple[str, tuple[str, ...]], Sequence[Call]] = {}
        night = _is_night(now.astimezone(ZoneInfo(knowledge.programme.time_zone)))
        calls = []
        for person in people:
            view = person.language or knowledge.default_language, person.groups
            if view not in rendered:
                reply = _reply(occasion.key, Reader.of(knowledge, view[0], now, person.groups))
                rendered[view] = self._render(reply, person.chat_id)
            silent = SOUND_ASLEEP if night and person.quiet else {}
            calls += [
                replace(call, chat_id=person.chat_id, params={**call.params, **silent})
                for call in rendered[view]
            ]
        return calls

    async def _number_waiting(self, occasion: Occasion) -> int:
        key, minutes, audience = occasion.key, occasion.minutes, occasion.audience
        return await self._database.read(
            lambda connection: reminders.count_waiting(connection, key, minutes, audience)
        )

    async def _count_late(self, occasion: Occasion) -> None:
        """Once for each occasion, until another schedule is live."""
        if occasion in self._counted:
            return
        key, audience = occasion.key, occasion.audience
        number = await self._database.write(
            lambda connection: reminders.note_late(
                connection, key, occasion.minutes, occasion.due_at, audience
            )
        )
        if number:
            logger.warning("Dropped %d reminders of %s: too late", number, key.subject)
        self._counted.add(occasion)


def _reply(key: ReminderKey, reader: Reader) -> Reply:
    if key.kind is ReminderKind.BEFORE:
        return session_reminder(reader.knowledge.sessions[key.subject], reader)
    return day_reminder(date.fromisoformat(key.subject), reader)


def _is_night(moment: datetime) -> bool:
    start, end = QUIET
    return moment.time() >= start or moment.time() < end
