"""The loop that sends: claims what is due, calls Telegram, writes down what became of it."""

import asyncio
import contextlib
import functools
import itertools
import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from bot.outbox.call import Call
from bot.outbox.claims import LEASE, claim, renew, seconds_to_next
from bot.outbox.delivery import Delivery
from bot.outbox.outcome import Notice, note_fault, note_sent, sweep
from bot.outbox.pacing import Pace, Window
from bot.outbox.verdict import Fault, Verdict, pause
from bot.store.database import Database, Work

logger = logging.getLogger(__name__)

AT_ONCE = 16  # calls under way; also the most that one kill can leave in doubt
POLL = 1.0  # seconds: finds what another process queued
UPKEEP = 5.0  # seconds between renewals of the lease
CALL_SECONDS = 120.0  # a call that takes longer has lost its answer
DRAIN_SECONDS = 10.0  # for the calls under way when the bot stops


class TokenRefusedError(Exception):
    """Telegram does not know the token (any more). What waits stays queued."""


class Sender:
    """Sends deliveries, several at once but one at a time in each chat."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        perform: Callable[[Call], Awaitable[Sequence[int]]],
        classify: Callable[[Exception], Verdict],
        notice: Notice,
        *,
        pace: Pace | None = None,
        drain_seconds: float = DRAIN_SECONDS,
    ) -> None:
        """`clock` is the host's. `perform` sends a call and returns the ids of its messages.

        `classify` judges what it raises; `notice` tells the person whose reply is in doubt or failed.
        """
        self._database = database
        self._clock = clock
        self._perform = perform
        self._classify = classify
        self._notice = notice
        self._pace = pace or Pace()
        self._window = Window(self._pace.most_at_once)
        self._drain_seconds = drain_seconds
        self._name = secrets.token_hex(16)
        self._awake = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._newest_first = False
        self._failures = 0  # rounds of calls that did not reach Telegram
        self._hold_until: datetime | None = None  # after such a round
        self._refusal: str | None = None  # of the token

    def wake(self) -> None:
        """Something was queued: look at once."""
        self._awake.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Sends until `stop`, then finishes the calls under way.

        Raises TokenRefusedError, or what the database raises when nothing can be claimed.
        """
        self._refusal = None
        beside = [asyncio.create_task(self._keep_up()), asyncio.create_task(self._wake_at(stop))]
        try:
            while not stop.is_set() and not self._refusal:
                self._awake.clear()
                wait = await self._send_due()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._awake.wait()
        finally:
            await self._drain()
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
        if self._refusal:
            raise TokenRefusedError(self._refusal)

    async def _send_due(self) -> float:
        """Starts the calls that are due; returns after how many seconds to look again."""
        now = self._clock()
        room = AT_ONCE - len(self._under_way)
        if room <= 0:
            return POLL  # a call that ends wakes the loop
        if self._hold_until and now < self._hold_until:
            return min((self._hold_until - now).total_seconds(), POLL)
        self._newest_first = not self._newest_first
        claimed, seconds = await self._database.write(functools.partial(self._claim, now=now, room=room))
        for delivery in claimed:
            task = asyncio.create_task(self._send(delivery, now + LEASE))
            self._under_way.add(task)
            task.add_done_callback(self._ended)
        return POLL if seconds is None else min(max(seconds, 0.001), POLL)

    def _claim(self, connection: Connection, now: datetime, room: int) -> tuple[list[Delivery], float | None]:
        """What to send now, and after how many seconds there may be more."""
        claimed = claim(connection, self._name, now, self._pace, room, newest_first=self._newest_first)
        return claimed, seconds_to_next(connection, now, self._pace)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self.wake()

    async def _send(self, delivery: Delivery, claimed_until: datetime) -> None:
        outcome = await self._call(delivery, claimed_until)
        if isinstance(outcome, Verdict):
            await self._note_fault(delivery, outcome)
            return
        self._failures = 0
        await self._write_down(lambda connection: note_sent(connection, delivery, self._name, outcome))

    async def _call(self, delivery: Delivery, claimed_until: datetime) -> Sequence[int] | Verdict:
        """The ids of the messages sent, or why there are none."""
        if delivery.begins_at and (early := delivery.begins_at - self._clock()) > timedelta():
            await asyncio.sleep(early.total_seconds())
        if not delivery.call.paid:
            await self._window.enter(delivery.call.messages)
        if self._clock() >= claimed_until:  # this process was frozen: another may have taken over
            return Verdict(Fault.NOT_SENT, "the bot was held up before sending")
        try:
            async with asyncio.timeout(CALL_SECONDS):
                return await self._perform(delivery.call)
        except asyncio.CancelledError:
            return Verdict(Fault.IN_DOUBT, "the bot stopped while it was being sent")
        except TimeoutError:
            return Verdict(Fault.IN_DOUBT, "no answer in time")
        except Exception as error:  # the library raises more than its own errors
            return self._classify(error)

    async def _note_fault(self, delivery: Delivery, verdict: Verdict) -> None:
        logger.warning(
            "%s part %d to chat %d: %s (%s)",
            delivery.source,
            delivery.part,
            delivery.call.chat_id,
            verdict.fault.value,
            verdict.reason,
        )
        now = self._clock()
        if verdict.fault is Fault.NOT_SENT and (self._hold_until is None or now >= self._hold_until):
            self._hold_until = now + timedelta(seconds=pause(self._failures))
            self._failures += 1
        if verdict.fault is Fault.FATAL:
            self._refusal = verdict.reason
        await self._write_down(
            lambda connection: note_fault(
                connection, delivery, self._name, verdict, now=now, notice=self._notice
            )
        )

    async def _write_down(self, work: Work[Any]) -> None:
        """Writes an outcome, however long the database needs: it cannot be found out a second time."""
        for attempt in itertools.count():
            try:
                await self._database.write(work)
                return
            except DBAPIError:
                logger.exception("The outcome of a call could not be written; trying again")
                await asyncio.sleep(min(0.05 * 2**attempt, UPKEEP))

    async def _keep_up(self) -> None:
        while True:
            try:
                if await self._database.write(self._renew_and_sweep):
                    self.wake()
            except DBAPIError:
                logger.exception("The deliveries under way could not be looked after; trying again")
            await asyncio.sleep(UPKEEP)

    def _renew_and_sweep(self, connection: Connection) -> int:
        now = self._clock()
        if self._under_way:
            renew(connection, self._name, now)
        return sweep(connection, now, self._notice)

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.wake()

    async def _drain(self) -> None:
        """Waits for the calls under way; what is not finished in time is in doubt."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=self._drain_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
