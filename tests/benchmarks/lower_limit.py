"""A broadcast while Telegram for some time takes 12 messages a second, not 30.

`python -m tests.benchmarks.lower_limit [SECONDS]`: so long it takes fewer, 180 unless told; two minutes more.
"""

import asyncio
import math
import sys
import tempfile
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.preview.errors import too_many_requests
from bot.preview.server import PreviewServer
from bot.store.database import open_database
from tests.benchmarks.load import bot_process
from tests.benchmarks.sending import until_it_runs
from tests.benchmarks.telegram import IDEAL, CountingLimits, queue, telegram

LOWER = 12  # messages a second
WAIT = 15  # seconds: what it asks for with each refusal
BEFORE, AFTER = 20.0, 100.0  # seconds at the usual limit
SPAN = 10  # seconds over which a pace is taken


@dataclass(slots=True)
class Hostile:
    """Refuses what is more than LOWER in any second, while it is switched on."""

    on: bool
    refused: int
    times: deque[float]

    def check(self, now: float) -> None:
        """Raises 429."""
        while self.times and self.times[0] <= now - 1.0:
            self.times.popleft()
        if self.on and len(self.times) >= LOWER:
            self.refused += 1
            raise too_many_requests(WAIT)
        self.times.append(now)


def make_hostile(limits: CountingLimits) -> Hostile:
    """Lets `limits` be lower whenever the answer is switched on."""
    hostile = Hostile(on=False, refused=0, times=deque())
    usual = limits.spend

    def spend(chat_id: int, messages: int = 1) -> None:
        hostile.check(asyncio.get_running_loop().time())
        usual(chat_id, messages)

    limits.spend = spend  # type: ignore[method-assign]
    return hostile


def sent_between(times: Sequence[float], start: float, end: float) -> int:
    """How many messages arrived from `start` to `end`."""
    return bisect_left(times, end) - bisect_right(times, start)


def seconds_until_back(times: Sequence[float], lifted: float) -> float:
    """From the lifting until the pace of SPAN seconds was 90 % of the limit; infinite if it never was."""
    for second in range(int(AFTER) - SPAN):
        if sent_between(times, lifted + second, lifted + second + SPAN) >= 0.9 * IDEAL * SPAN:
            return float(second)
    return math.inf


async def main(seconds: float) -> None:
    """Prints what was sent and refused."""
    recipients = int((BEFORE + AFTER) * IDEAL + seconds * LOWER)
    async with telegram() as (server, limits):
        hostile = make_hostile(limits)
        chats = [server.add_user(started=True).id for _ in range(recipients)]
        with tempfile.TemporaryDirectory() as place:
            async with bot_process(server, Path(place), "bot", "run"):
                await until_it_runs(server)
                server.ledger.clear()
                database = open_database(f"sqlite:///{place}/bot.db")
                await queue(database, chats)
                await database.close()
                await asyncio.sleep(BEFORE)
                start = _latest(server)
                hostile.on = True
                await asyncio.sleep(seconds)
                hostile.on = False
                lifted = _latest(server)
                await asyncio.sleep(AFTER)
        times = [sent.seconds for sent in server.ledger]
    sent = sent_between(times, start, lifted)
    share = hostile.refused / (sent + hostile.refused)
    print(f"{LOWER} a second for {seconds:.0f} s: {sent} sent ({sent / seconds:.1f} a second), ", end="")
    print(f"{hostile.refused} refused ({share:.1%}), refused at the usual limit: {limits.refused}")
    back = seconds_until_back(times, lifted)
    print(f"90 % of {IDEAL} a second came back {back:.0f} s after that (over the {SPAN} s that followed)")


def _latest(server: PreviewServer) -> float:
    return server.ledger[-1].seconds


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 180.0))
