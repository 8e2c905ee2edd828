"""The queue of updates of one bot: offsets, long polling, 409 Conflict, expiry."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from bot.clock import Clock
from bot.preview.errors import ApiError

Json = dict[str, Any]

KEPT = 86_400  # seconds that an update waits for the bot
MOST = 100  # updates in one answer
LONGEST_POLL = 50  # seconds
AHEAD = 10  # an offset further beyond the last id is not believed, so it confirms nothing
OFF_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """Updates wait here until a later offset, or a 2xx of the webhook, confirms them."""

    def __init__(self, clock: Clock, *, protective: bool, monotonic: Callable[[], float] = time.monotonic):
        self.next_id = 482_153_001
        self.allowed: frozenset[str] | None = None  # None: all but those that are off by default
        self.on_add: Callable[[Json], None] | None = None  # the webhook's pusher, when one is set
        self._clock = clock
        self._protective = protective
        self._monotonic = monotonic
        self._waiting: dict[int, tuple[Json, float]] = {}  # with the unix time of expiry, in order
        self._poll: asyncio.Future[None] | None = None
        self._last_call = (0, float("-inf"))  # offset and time

    def add(self, kind: str, content: Json) -> None:
        """Queues an update, unless the bot does not want its kind."""
        if kind not in OFF_BY_DEFAULT if self.allowed is None else kind in self.allowed:
            self.inject({kind: content})

    def inject(self, update: Json) -> Json:
        """Queues a raw update, well-formed or not. It gets the next update_id if it has none."""
        update = {"update_id": self.next_id, **update}
        self.next_id = max(self.next_id, update["update_id"] + 1)
        self._waiting[update["update_id"]] = (update, self._clock().timestamp() + KEPT)
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        if self.on_add is not None:
            self.on_add(update)
        return update

    def allow(self, kinds: object) -> None:
        """Remembers which kinds of update the bot wants from now on; an empty list means the usual ones."""
        if isinstance(kinds, list):
            self.allowed = frozenset(map(str, kinds)) or None

    def waiting(self) -> list[Json]:
        """What is not confirmed yet, the oldest first."""
        now = self._clock().timestamp()
        for update_id in [key for key, (_, expiry) in self._waiting.items() if expiry <= now]:
            del self._waiting[update_id]
        return [update for update, _ in self._waiting.values()]

    def holds(self, update: Json) -> bool:
        """Whether the update still waits, unconfirmed and not too old."""
        kept, expiry = self._waiting.get(update["update_id"], (None, 0.0))
        return kept is update and expiry > self._clock().timestamp()

    def confirm(self, update_id: int) -> None:
        """Forgets one update."""
        self._waiting.pop(update_id, None)

    def clear(self) -> None:
        """Forgets all updates."""
        self._waiting.clear()

    async def get(
        self,
        offset: int,
        limit: int,
        timeout: int,  # noqa: ASYNC109 Telegram's word
    ) -> list[Json]:
        """Answers getUpdates: confirms what lies before `offset`, waits up to `timeout` seconds for more.

        Raises 409 when another call takes over while this one waits.
        """
        limit, timeout = self._protected(offset, limit, timeout)
        self._forget_before(offset)
        if (batch := self.waiting()[:limit]) or timeout <= 0:
            return batch
        self.stop_poll(
            "terminated by other getUpdates request; make sure that only one bot instance is running"
        )
        self._poll = poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(poll, timeout)
        except TimeoutError:
            return []
        finally:
            if self._poll is poll:
                self._poll = None
        return self.waiting()[:limit]

    @property
    def polled(self) -> bool:
        """Whether a call waits for updates at this moment."""
        return self._poll is not None

    def stop_poll(self, reason: str) -> None:
        """Ends a call that waits, with 409."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(ApiError(409, f"Conflict: {reason}"))

    def _protected(self, offset: int, limit: int, timeout: int) -> tuple[int, int]:
        """Telegram's own protection from callers that ask the same again and again."""
        limit = limit if 1 <= limit <= MOST else MOST
        timeout = min(max(timeout, 0), LONGEST_POLL)
        now = self._monotonic()
        last_offset, last_time = self._last_call
        self._last_call = (offset, now)
        if self._protective and offset == last_offset:
            if timeout < 3 and now < last_time + 3:
                timeout = 3
            if now < last_time + 0.5:
                limit = 1
        return limit, timeout

    def _forget_before(self, offset: int) -> None:
        ids = list(self._waiting)
        if offset < 0:
            gone = ids[:offset]
        elif offset > self.next_id + AHEAD:
            gone = []
        else:
            gone = [update_id for update_id in ids if update_id < offset]
        for update_id in gone:
            del self._waiting[update_id]
