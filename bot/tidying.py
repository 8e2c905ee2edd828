"""Forgets what is no longer needed, and people once the programme is long over."""

import asyncio
from collections.abc import Callable, Collection
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.clock import Clock, system_clock
from bot.knowledge.model import Knowledge
from bot.outbox import delivery
from bot.store import (
    admissions,
    attachments,
    drafts,
    group_answers,
    inquiries,
    invitations,
    misses,
    personal,
    revisions,
    updates,
)
from bot.store.database import Database
from bot.supervision import pause

EVERY = 3600.0  # seconds
KEEP_ATTACHMENTS = timedelta(days=2)  # longer than Telegram can be out of reach
KEEP_DRAFTS = timedelta(days=30)
KEEP_REPLIES = timedelta(days=30)  # so long the edit of a question still changes its answer


class Tidying:
    """Any number of processes may run it: what is gone is gone."""

    def __init__(
        self,
        database: Database,
        knowledge: Callable[[], Knowledge],
        clock: Clock,
        *,
        question_days: int,
        purge_days: int,
        staff: Collection[int] = (),
    ) -> None:
        """`clock` is the participants'. So many days unanswered questions are kept, and people afterwards.

        `staff` are the people to whom the settings give a role.
        """
        self._database = database
        self._knowledge = knowledge
        self._clock = clock
        self._question_days = question_days
        self._purge_days = purge_days
        self._staff = staff

    async def run(self, stop: asyncio.Event) -> None:
        """Tidies at the start and then every hour until `stop`."""
        while not stop.is_set():
            await self.tidy()
            await pause(stop, EVERY)

    async def tidy(self) -> None:
        """Tidies once."""
        await self._database.write(self._forget_old)
        for person_id in await self._long_gone():
            await self._database.write(_erasing(person_id))

    def _forget_old(self, connection: Connection) -> None:
        now, theirs = system_clock(), self._clock()  # what a turn writes has the time of its participants
        updates.forget_old(connection, now)
        delivery.forget_old(connection, now - KEEP_REPLIES)
        attachments.forget_old(connection, theirs - KEEP_ATTACHMENTS)
        drafts.forget_old(connection, theirs - KEEP_DRAFTS)
        group_answers.forget_old(connection, theirs)
        inquiries.forget_old(connection, theirs - timedelta(self._question_days))
        invitations.forget_old(connection, now)
        misses.forget_old(connection, theirs - timedelta(self._question_days))
        revisions.forget_old(connection)
        if self._knowledge().programme.invitation_only:
            admissions.close(connection, self._staff, theirs)
        else:
            admissions.open_door(connection)

    async def _long_gone(self) -> list[int]:
        """Who has not been seen for so long, when the programme has been over for so long."""
        programme = self._knowledge().programme
        before = self._clock().astimezone(ZoneInfo(programme.time_zone)) - timedelta(self._purge_days)
        if programme.ends >= before.date():
            return []
        return await self._database.read(lambda connection: personal.inactive(connection, before))


def _erasing(person_id: int) -> Callable[[Connection], None]:
    return lambda connection: personal.erase(connection, person_id)
