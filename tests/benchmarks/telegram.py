"""A local Telegram as a bot meets it that sends much: with limits, delays, and a count of refusals."""

import asyncio
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager

from bot.outbox import sources
from bot.outbox.call import Call
from bot.outbox.standing import begin
from bot.preview.faults import Kind
from bot.preview.limits import RateLimits
from bot.preview.params import Params
from bot.preview.server import PreviewServer
from bot.store.database import Database

IDEAL = 30  # messages a second: the most that Telegram takes
DELAYS = (0.08, 0.12, 0.16, 0.2, 0.25)  # seconds until Telegram answers, each for a fifth of the chats
NEWS = "The bus leaves at 8:30, not at 9:00."
CHUNK = 500  # recipients in one transaction
SOURCE = "broadcast:1"


class CountingLimits(RateLimits):
    """Telegram's limits; `refused` counts the answers 429."""

    refused = 0

    def spend(self, chat_id: int, messages: int = 1) -> None:
        """Counts, or refuses."""
        try:
            super().spend(chat_id, messages)
        except Exception:
            self.refused += 1
            raise


@asynccontextmanager
async def telegram() -> AsyncIterator[tuple[PreviewServer, CountingLimits]]:
    """The server, while the block runs."""
    async with PreviewServer(limits=True) as server:
        server.world.limits = limits = CountingLimits(enabled=True)
        for place, seconds in enumerate(DELAYS):

            def is_meant(params: Params, place: int = place) -> bool:
                return params.integer("chat_id") % len(DELAYS) == place

            server.faults.add("sendMessage", Kind.SLOW, times=None, seconds=seconds, when=is_meant)
        yield server, limits


async def queue(database: Database, chat_ids: Sequence[int]) -> float:
    """Queues the news to all; returns the longest time in seconds that one transaction took."""
    await database.write(lambda connection: begin(connection, SOURCE))
    longest = 0.0
    for start in range(0, len(chat_ids), CHUNK):
        calls = [Call(chat_id, "sendMessage", {"text": NEWS}) for chat_id in chat_ids[start : start + CHUNK]]
        began = time.perf_counter()
        await database.write(lambda connection, calls=calls: sources.queue(connection, SOURCE, calls))  # type: ignore[misc]
        longest = max(longest, time.perf_counter() - began)
    return longest


def received(server: PreviewServer) -> Counter[int]:
    """Chat → how often it got the news."""
    return Counter(sent.chat_id for sent in server.ledger if sent.text == NEWS)


async def until_all_have_it(server: PreviewServer, chat_ids: Collection[int], patience: float) -> None:
    """Waits until as many chats as there are recipients got the news, or the patience in seconds ends."""
    deadline = time.perf_counter() + patience
    while len(received(server)) < len(chat_ids) and time.perf_counter() < deadline:  # noqa: ASYNC110 - two ends
        await asyncio.sleep(0.5)


def most_in_a_second(server: PreviewServer) -> int:
    """The most messages that arrived within any one second."""
    times = [sent.seconds for sent in server.ledger for _ in sent.message_ids]
    return max(
        (place + 1 - bisect_left(times, moment - 1.0) for place, moment in enumerate(times)), default=0
    )
