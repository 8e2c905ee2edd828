"""What the whole bot costs, beside a bare echo bot: `python -m tests.benchmarks.whole_bot [QUESTIONS]`.

Start, memory, time per question, and questions a second over HTTP against the local Bot API server, which
runs in this process and answers at once: the time of the real network is not in the figures. Linux only.
"""

import asyncio
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.assistant.assistant import Assistant
from bot.assistant.reply import Conversation
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.preview.server import PreviewServer
from tests.benchmarks.load import ROOT, Load, People, bot_process
from tests.benchmarks.typed import typed_questions

QUESTIONS = 1_000
ALONE = 100  # questions asked one after the other
AT_ONCE = 50  # people who wait for an answer at any moment

STARTS = 3

THIS = "this bot, paced for Telegram"
BOTS = {
    THIS: ("bot", "run"),
    "this bot, not paced": ("tests.benchmarks.unpaced_bot",),
    "echo bot, as the library comes": ("tests.benchmarks.bare_echo_bot",),
    "echo bot, 50 updates at once": ("tests.benchmarks.bare_echo_bot", str(AT_ONCE)),
}


def milliseconds(seconds: float) -> str:
    """With three figures."""
    return f"{seconds * 1000:.3g} ms" if seconds < 0.9995 else f"{seconds:.3g} s"


def times_in_process(knowledge: Knowledge, questions: Sequence[str]) -> list[float]:
    """Seconds that the assistant takes for each question, the shortest first."""
    assistant = Assistant(knowledge)
    zone = ZoneInfo(knowledge.programme.time_zone)
    morning = datetime.combine(knowledge.programme.starts + timedelta(1), time_of_day(8), zone)
    times = []
    for question in questions:
        start = time.perf_counter()
        assistant.ask(question, Conversation(), morning)
        times.append(time.perf_counter() - start)
    return sorted(times)


async def first_answer(server: PreviewServer) -> tuple[float, int]:
    """Seconds from the start of this bot's process to its first answer, and the resident bytes then."""
    people = People(server)
    with tempfile.TemporaryDirectory() as place:
        start = time.perf_counter()
        async with people.listening(), bot_process(server, Path(place), *BOTS[THIS]) as process:
            await people.ask("Hello")
            return time.perf_counter() - start, process.resident


async def under_load(server: PreviewServer, bot: str, questions: Sequence[str]) -> tuple[Load, Load, int]:
    """One person at a time, then many; and the resident bytes after that."""
    people = People(server)
    with tempfile.TemporaryDirectory() as place:
        async with people.listening(), bot_process(server, Path(place), *BOTS[bot]) as process:
            await people.ask("Hello")
            alone = await people.ask_all(questions[:ALONE], 1, process)
            many = await people.ask_all(questions, AT_ONCE, process)
            return alone, many, process.resident


def row(bot: str, alone: Load, many: Load) -> str:
    """A line of the table."""
    cells = (
        bot,
        f"{many.questions / many.seconds:.0f}",
        milliseconds(many.cpu_seconds / many.questions),
        *(milliseconds(load.wait(share)) for load in (alone, many) for share in (0.5, 0.99)),
    )
    return f"| {' | '.join(cells)} |"


async def main(number: int) -> None:
    """Prints two tables."""
    knowledge = load(ROOT / "knowledge")
    questions = typed_questions(knowledge, number)
    print(f"{number:,} questions; {os.cpu_count()} cores, Python {platform.python_version()}\n")
    inside = times_in_process(knowledge, questions)
    starts: list[float] = []
    resident = 0
    for _ in range(STARTS):
        async with PreviewServer() as server:
            seconds, resident = await first_answer(server)
            starts.append(seconds)
    loads: dict[str, tuple[Load, Load, int]] = {}
    for bot in BOTS:
        async with PreviewServer() as server:
            loads[bot] = await under_load(server, bot, questions)
    residents = (resident, loads[THIS][2])
    print_process(statistics.median(starts), residents, inside, number)
    print_loads(loads)


def print_process(start: float, residents: Sequence[int], inside: Sequence[float], number: int) -> None:
    """The figures of one process. `start` in seconds, `residents` in bytes: at first, and at the end."""
    first, last = (f"{resident / 2**20:.0f} MB" for resident in residents)
    median, worst = (milliseconds(inside[int(share * len(inside))]) for share in (0.5, 0.99))
    print("| one process | |\n| --- | --- |")
    print(f"| start to first answer | {start:.2f} s |")
    print(f"| resident memory after the first answer | {first} |")
    print(f"| resident memory after {number + ALONE:,} questions | {last} |")
    print(f"| a question inside the process: median, p99 | {median}, {worst} |\n")


def print_loads(loads: Mapping[str, tuple[Load, Load, int]]) -> None:
    """A line for each bot."""
    many_ask = f"{AT_ONCE} people ask: p50 | p99"
    print(f"| over HTTP | questions/s | processor for each | one person asks: p50 | p99 | {many_ask} |")
    print(f"| --- |{' ---: |' * 6}")
    for bot, (alone, many, _) in loads.items():
        print(row(bot, alone, many))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS))
