"""Durable receive: updates are stored before Telegram hears of it, and handled once, in order per chat.

Any number of processes share one inbox: each takes updates for a few seconds at a time, and only who still
holds an update may finish it.
"""

import asyncio
import contextlib
import functools
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from bot.clock import Clock
from bot.store import updates
from bot.store.database import Database
from bot.store.updates import NewUpdate, QueuedUpdate, UpdateState

logger = logging.getLogger(__name__)

Writes = Callable[[Connection], None]
"""What an update changes in the database, committed with its 'done'. May run twice: see Database.write."""
Handle = Callable[[Mapping[str, Any]], Awaitable[Writes]]
"""Computes what an update leads to."""
HandleFailure = Callable[[Mapping[str, Any], str], Awaitable[Writes]]
"""The same for an update that could not be handled; the text is the reference of the log's record."""

AT_ONCE = 16  # chats handled at the same time
ATTEMPTS = 2  # an update that fails so often goes to quarantine, and its chat goes on
RETRY_SECONDS = 1.0  # when the database fails
POLL = 1.0  # seconds: finds what another process stored
UPKEEP = 1.5  # seconds between two renewals of the lease
DRAIN_SECONDS = 10.0  # for the updates in hand when the bot stops


class Inbox:
    """Stores raw updates and handles them, one at a time in each chat and many chats at once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        after_commit: Callable[[], None],
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        """`clock` is the host's. `after_commit` is called when an update's writes are committed."""
        self._database = database
        self._clock = clock
        self._after_commit = after_commit
        self._retry_seconds = retry_seconds
        self._name = secrets.token_hex(16)
        self._awake = asyncio.Event()
        self._ready: list[QueuedUpdate] = []
        self._in_hand: dict[int, asyncio.Task[None]] = {}

    async def store(self, raw_updates: Sequence[object]) -> int:
        """Commits updates (JSON values, or the bytes of one) and says how many are new.

        One that cannot be read goes to quarantine, and the others go on. Raises sqlalchemy's DBAPIError
        when nothing was stored: Telegram must not hear that they arrived.
        """
        new = [_read(raw) for raw in raw_updates]
        now = self._clock()
        stored = await self._database.write(lambda connection: updates.add(connection, new, now))
        for update in new:
            if update.update_id is None:
                logger.error(
                    "An update of %d characters could not be read; it is in quarantine", len(update.raw)
                )
        self._awake.set()
        return stored

    async def run(self, handle: Handle, handle_failure: HandleFailure, stop: asyncio.Event) -> None:
        """Handles what is queued until `stop`, then finishes what is in hand. Raises DBAPIError."""
        beside = [asyncio.create_task(self._wake_at(stop)), asyncio.create_task(self._keep_up())]
        try:
            while not stop.is_set():
                self._awake.clear()
                await self._take_up(handle, handle_failure)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(POLL):
                        await self._awake.wait()
        finally:
            await self._drain()
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)

    async def _take_up(self, handle: Handle, handle_failure: HandleFailure) -> None:
        if not self._ready and len(self._in_hand) < AT_ONCE:
            now, busy = self._clock(), tuple(self._in_hand)
            self._ready = await self._database.write(
                lambda connection: updates.claim(connection, self._name, now, busy, 2 * AT_ONCE)
            )
        while self._ready and len(self._in_hand) < AT_ONCE:
            update = self._ready.pop()
            task = asyncio.create_task(self._work_off(update, handle, handle_failure))
            self._in_hand[update.chat_id] = task
            task.add_done_callback(functools.partial(self._put_down, update.chat_id))

    def _put_down(self, chat_id: int, _task: asyncio.Task[None]) -> None:
        del self._in_hand[chat_id]
        self._awake.set()

    async def _work_off(self, update: QueuedUpdate, handle: Handle, handle_failure: HandleFailure) -> None:
        """Handles one update until it is done or in quarantine. Trouble with the database is waited out."""
        content = json.loads(update.raw)
        failures = 0
        reference = secrets.token_hex(4)
        while True:
            try:
                if failures < ATTEMPTS:
                    await self._finish(update, UpdateState.DONE, await handle(content))
                elif failures == ATTEMPTS:
                    await self._finish(
                        update, UpdateState.QUARANTINED, await handle_failure(content, reference)
                    )
                else:  # not even an apology could be made
                    await self._finish(update, UpdateState.QUARANTINED, _nothing)
                return
            except (OperationalError, InterfaceError):
                logger.exception("The database failed; update %d waits", content["update_id"])
                await asyncio.sleep(self._retry_seconds)
            except Exception:  # whatever it is, the next update of this chat must have its turn
                failures += 1
                logger.exception("Update %d failed, reference %s", content["update_id"], reference)

    async def _finish(self, update: QueuedUpdate, state: UpdateState, writes: Writes) -> None:
        def work(connection: Connection) -> None:
            if updates.finish(connection, update.position, self._name, state):
                writes(connection)

        await self._database.write(work)
        self._after_commit()

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._awake.set()

    async def _keep_up(self) -> None:
        while True:
            await asyncio.sleep(UPKEEP)
            try:
                if self._in_hand:
                    await self._database.write(
                        lambda connection: updates.renew(connection, self._name, self._clock())
                    )
            except DBAPIError:
                logger.exception("The updates in hand could not be kept; trying again")

    async def _drain(self) -> None:
        """Waits for the updates in hand; what is not done in time stays queued for the next start."""
        self._ready = []
        if in_hand := list(self._in_hand.values()):
            _, late = await asyncio.wait(in_hand, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        with contextlib.suppress(DBAPIError):  # its lease ends soon
            await self._database.write(lambda connection: updates.release(connection, self._name))


def _nothing(_connection: Connection) -> None:
    """Writes nothing."""


def _read(raw: object) -> NewUpdate:
    """A raw update as it is stored; without an id when it is not an object with a usable `update_id`."""
    try:
        content = json.loads(raw) if isinstance(raw, bytes | str) else raw
        text = json.dumps(content)
    except (ValueError, TypeError, RecursionError):  # ValueError: not JSON, or not UTF-8
        text = raw.decode(errors="backslashreplace") if isinstance(raw, bytes) else str(raw)
        return NewUpdate(None, 0, text.replace("\0", "\\0"))  # PostgreSQL takes no NUL
    update_id = content.get("update_id") if isinstance(content, Mapping) else None
    if not isinstance(content, Mapping) or type(update_id) is not int or not 0 <= update_id < 2**63:
        return NewUpdate(None, 0, text)
    return NewUpdate(update_id, _chat_id(content), text)


def _chat_id(update: Mapping[str, Any]) -> int:
    """The chat of a raw update, or the person's id where there is no chat; 0 when it names neither."""
    for part in update.values():
        if isinstance(part, Mapping):
            message = part.get("message")  # of a pressed button
            for holder, name in ((message, "chat"), (part, "chat"), (part, "from"), (part, "user")):
                owner = holder.get(name) if isinstance(holder, Mapping) else None
                chat_id = owner.get("id") if isinstance(owner, Mapping) else None
                if type(chat_id) is int and abs(chat_id) < 2**63:
                    return chat_id
    return 0
