"""Pushes updates to a webhook as Telegram does: in order per chat, many chats at once, with retries."""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from bot.clock import Clock
from bot.preview.updates import UpdateQueue

Json = dict[str, Any]
Sleep = Callable[[float], Awaitable[None]]

FIRST_RETRY = 1.0  # seconds; doubled up to a random wait of 60–120
LONGEST_RETRY_AFTER = 3600.0  # seconds that the bot may ask us to wait
ANSWER_WITHIN = 60.0  # seconds
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 a header's name, not a secret


class Pusher:
    """One webhook. Updates of the same chat wait for each other; a 2xx confirms an update."""

    def __init__(
        self,
        updates: UpdateQueue,
        url: str,
        *,
        secret: str,
        max_connections: int,
        clock: Clock,
        sleep: Sleep,
    ) -> None:
        self.url = url
        self.max_connections = max_connections
        self.last_error: tuple[str, int] | None = None  # what went wrong, and the unix second of it
        self._updates = updates
        self._headers = {SECRET_HEADER: secret} if secret else {}
        self._clock = clock
        self._sleep = sleep
        self._connections = asyncio.Semaphore(max_connections)
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN))
        self._lanes: dict[object, deque[Json]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Takes over what waits and what comes."""
        for update in self._updates.waiting():
            self._take(update)
        self._updates.on_add = self._take

    async def stop(self) -> None:
        """Stops at once. What was not confirmed stays in the queue."""
        self._updates.on_add = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()

    def _take(self, update: Json) -> None:
        chat = chat_of(update)
        lane = self._lanes.setdefault(chat, deque())
        lane.append(update)
        if len(lane) == 1:
            task = asyncio.create_task(self._run(chat, lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self, chat: object, lane: deque[Json]) -> None:
        while lane:
            await self._deliver(lane[0])
            lane.popleft()
        del self._lanes[chat]

    async def _deliver(self, update: Json) -> None:
        """Sends one update until the bot takes it or it is too old."""
        wait, longest = FIRST_RETRY, random.uniform(60, 120)  # noqa: S311 spreads retries, guards nothing
        while self._updates.holds(update):
            asked = await self._push(update)
            if asked is None:
                self._updates.confirm(update["update_id"])
                return
            await self._sleep(min(asked, LONGEST_RETRY_AFTER) if asked else wait)
            wait = min(wait * 2, longest)

    async def _push(self, update: Json) -> float | None:
        """One attempt: None when it was taken, else the seconds the bot asked to wait, 0 without a wish."""
        try:
            async with (
                self._connections,
                self._session.post(
                    self.url, json=update, headers=self._headers, allow_redirects=False
                ) as response,
            ):
                if response.ok and response.status < 300:
                    return None
                self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
                asked = response.headers.get("Retry-After", "")
                return float(asked) if asked.isdigit() else 0.0
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._failed(f"Connection failed: {error}")
            return 0.0

    def _failed(self, reason: str) -> None:
        self.last_error = (reason, int(self._clock().timestamp()))


def chat_of(update: Json) -> object:
    """The chat or person whose updates must stay in order; 0 when the update names none."""
    for value in update.values():
        if isinstance(value, dict):
            message = value.get("message", value)
            for place, name in ((message, "chat"), (value, "from")):
                if isinstance(place, dict) and isinstance(place.get(name), dict):
                    return place[name].get("id", 0)
    return 0
