"""A broadcast to thousands, with questions meanwhile, beside a plain loop over python-telegram-bot.

`python -m tests.benchmarks.sending [RECIPIENTS]`, with `aiolimiter` for the plain loop (in `.[bench]`). Each
broadcast takes six minutes, as Telegram's limits are on. The server answers after 80 to 250 ms.
"""

import asyncio
import contextlib
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.preview.server import PreviewServer
from bot.store.database import open_database
from tests.benchmarks.load import People, bot_process
from tests.benchmarks.telegram import IDEAL, most_in_a_second, queue, received, telegram, until_all_have_it

RECIPIENTS = 10_000
QUESTIONS = 5  # a second
ALONE = 60.0  # seconds of questions without a broadcast
QUESTION = "What is the wifi password?"


@dataclass(frozen=True, slots=True)
class Course:
    """How one broadcast went."""

    recipients: int
    seconds: float  # from the first call to the last, or until nothing moved any more
    most_in_a_second: int
    refused: int
    without: int
    twice: int
    waits: Sequence[float]  # seconds for each answer, the shortest first


async def ask_on(people: People, waits: list[float]) -> None:
    """Asks five times a second until cancelled."""

    async def ask() -> None:
        try:
            waits.append(await people.ask(QUESTION))
        except TimeoutError:
            waits.append(float("inf"))

    asked: set[asyncio.Task[None]] = set()
    try:
        while True:
            task = asyncio.create_task(ask())
            asked.add(task)
            task.add_done_callback(asked.discard)
            await asyncio.sleep(1 / QUESTIONS)
    finally:
        for task in asked:
            task.cancel()


@asynccontextmanager
async def questions(server: PreviewServer, waits: list[float], *, asked: bool) -> AsyncIterator[None]:
    """People ask while the block runs."""
    people = People(server)
    async with people.listening():
        asking = asyncio.create_task(ask_on(people, waits)) if asked else None
        try:
            yield
        finally:
            if asking:
                asking.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await asking


async def broadcast(recipients: int, *, asked: bool, plain: bool) -> Course:
    """Runs one, with or without questions, by this bot or by the plain loop."""
    waits: list[float] = []
    async with telegram() as (server, limits):
        chats = [server.add_user(started=True).id for _ in range(recipients)]
        command = (
            ("tests.benchmarks.plain_broadcast", str(chats[0]), str(recipients)) if plain else ("bot", "run")
        )
        with tempfile.TemporaryDirectory() as place:
            async with bot_process(server, Path(place), *command):
                if not plain:
                    await until_it_runs(server)
                    server.ledger.clear()
                    limits.refused = 0
                async with questions(server, waits, asked=asked):
                    start = time.perf_counter()
                    if not plain:
                        database = open_database(f"sqlite:///{place}/bot.db")
                        longest = await queue(database, chats)
                        filled = time.perf_counter() - start
                        print(
                            f"queued in {filled:.2f} s, {longest * 1000:.0f} ms at most for one transaction"
                        )
                        await database.close()
                    await until_all_have_it(server, chats, 3 * recipients / IDEAL + 60)
        times = [sent.seconds for sent in server.ledger if sent.chat_id in set(chats)]
        got = received(server)
        return Course(
            recipients,
            times[-1] - times[0],
            most_in_a_second(server),
            limits.refused,
            sum(chat not in got for chat in chats),
            sum(number > 1 for number in got.values()),
            sorted(waits),
        )


async def alone() -> Course:
    """The same questions without a broadcast."""
    waits: list[float] = []
    async with telegram() as (server, limits):
        with tempfile.TemporaryDirectory() as place:
            async with bot_process(server, Path(place), "bot", "run"):
                await until_it_runs(server)
                async with questions(server, waits, asked=True):
                    await asyncio.sleep(ALONE)
        return Course(0, 0.0, most_in_a_second(server), limits.refused, 0, 0, sorted(waits))


async def until_it_runs(server: PreviewServer) -> None:
    """Waits for a first answer."""
    people = People(server)
    async with people.listening():
        await people.ask(QUESTION)
    await asyncio.sleep(2)


def row(name: str, course: Course) -> str:
    """A line of the table."""
    sent = course.recipients - course.without
    ratio = course.seconds / (sent / IDEAL) if sent else 0.0
    waits = course.waits
    answers = [f"{waits[int(share * len(waits))]:.2f} s" for share in (0.5, 0.99)] if waits else ["–", "–"]
    figures = (
        [f"{course.seconds:.0f} s", f"{ratio:.2f}", str(course.without), str(course.twice)]
        if course.recipients
        else ["–"] * 4
    )
    cells = [name, *figures, str(course.most_in_a_second), str(course.refused), *answers]
    return f"| {' | '.join(cells)} |"


async def main(recipients: int) -> None:
    """Prints a table."""
    asks = f"{QUESTIONS} questions a second"
    rows = [
        row("this bot", await broadcast(recipients, asked=False, plain=False)),
        row(f"this bot, {asks}", await broadcast(recipients, asked=True, plain=False)),
        row(f"this bot, {asks}, no broadcast", await alone()),
        row("plain loop", await broadcast(recipients, asked=False, plain=True)),
        row(f"plain loop, {asks}", await broadcast(recipients, asked=True, plain=True)),
    ]
    print(f"\n{recipients:,} recipients; answers: p50, p99\n")
    print("| | time | ÷ ideal | got none | got two | most in 1 s | refused (429) | p50 | p99 |")
    print(f"| --- |{' ---: |' * 8}")
    print("\n".join(rows))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else RECIPIENTS))
