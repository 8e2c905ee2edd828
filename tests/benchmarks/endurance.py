"""A long crowd: `python -m tests.benchmarks.endurance [--minutes 10] [--people 1000] [--rate 5]`.

People ask so many questions a second, some ask a person, some rate a session, and one announcement after the
other goes out to everybody, with Telegram's rate limits on. Prints the bot's memory minute by minute, the
waits for answers, and what was lost or came twice. Before the first minute everybody says hello. Linux only.
"""

import argparse
import asyncio
import os
import platform
import re
import tempfile
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from bot.knowledge.loader import load
from bot.preview.events import Event
from bot.preview.server import PreviewServer
from bot.preview.world import Press, User
from tests.benchmarks.load import ROOT, BotProcess, bot_process
from tests.benchmarks.telegram import CountingLimits
from tests.benchmarks.typed import typed_questions

Json = dict[str, Any]

HELLOS = 15.0  # a second, before it begins
INQUIRY_EVERY, RATING_EVERY, ANNOUNCEMENT_EVERY = 5.0, 2.0, 60.0
"""Seconds from one to the next."""
APART = 0.025
"""The share of the people who ask a person, and of those who rate, instead of asking the bot."""
PATIENCE = 60.0  # seconds after the end until what has not come is lost
NEWS, HELP, ADVICE = "News", "Help", "Advice"
"""The first words of announcements, of questions for people and of their answers; a number follows."""
_NOT_AN_ANSWER = re.compile(rf"{NEWS} \d+")


class Crowd:
    """Everybody who writes, and what they wait for."""

    def __init__(self, server: PreviewServer, organizer: User, people: Sequence[User]) -> None:
        share = max(1, int(len(people) * APART))
        self.server = server
        self.organizer = organizer
        self.people = people
        self.inquirers, self.raters, self.askers = (
            people[:share],
            people[share : 2 * share],
            people[2 * share :],
        )
        self.waits: list[float] = []  # seconds for an answer
        self.advice_waits: list[float] = []  # seconds from a question for people to their answer
        self.announced: list[str] = []
        self.presses: list[Press] = []
        self._asked: dict[int, deque[float]] = {}  # chat → when its open questions were asked
        self._inquired: dict[str, tuple[int, float]] = {}  # the answer → chat and when it was asked for
        self._pressing: set[asyncio.Task[Press]] = set()

    @property
    def unanswered(self) -> int:
        """Questions whose answer has not come."""
        return sum(map(len, self._asked.values()))

    @property
    def unadvised(self) -> int:
        """Questions for people whose answer has not come."""
        return len(self._inquired)

    @property
    def deaf(self) -> int:
        """Presses of buttons that the bot has not noticed."""
        return sum(press.answer is None for press in self.presses)

    async def say_hello(self, person: User) -> None:
        """Begins."""
        await self._ask(person, "/start")

    async def ask(self, number: int, question: str) -> None:
        """The next one asks, unless they still wait for an answer: then the one after."""
        for at in range(len(self.askers)):
            person = self.askers[(number + at) % len(self.askers)]
            if not self._asked.get(person.id):
                await self._ask(person, question)
                return

    async def inquire(self, number: int) -> None:
        """Somebody asks a person, who answers when the question has come."""
        person = self.inquirers[number % len(self.inquirers)]
        self._inquired[f"{ADVICE} {number}"] = person.id, time.perf_counter()
        await self.server.say(person, f"/human {HELP} {number}")

    async def rate(self, number: int, session: str) -> None:
        """Somebody rates a session, and every third adds a comment."""
        person = self.raters[number % len(self.raters)]
        last = self.server.sent(person)[-1]
        self.presses.append(
            await self.server.press(last, data=f"rate:{session}:{number % 5 + 1}", user=person)
        )
        if number % 3 == 0:
            self.presses.append(await self.server.press(last, data=f"rate-comment:{session}", user=person))
            await self.server.say(person, f"It was good, number {number}.")

    async def announce(self, number: int) -> None:
        """The organizer writes to everybody."""
        self.announced.append(f"{NEWS} {number}")
        await self.server.say(self.organizer, f"/broadcast {NEWS} {number}: the bus leaves at 8:30.")

    async def _ask(self, person: User, text: str) -> None:
        self._asked.setdefault(person.id, deque()).append(time.perf_counter())
        await self.server.say(person, text)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Hears the bot while the block runs."""
        with self.server.world.events.listen() as events:
            hearing = asyncio.create_task(self._hear(events))
            try:
                yield
            finally:
                hearing.cancel()

    async def _hear(self, events: "asyncio.Queue[Event]") -> None:
        while True:
            event = await events.get()
            if event.kind in {"message", "edited"} and event.data["message"]["from"]["is_bot"]:
                await self._take(event.data["chat_id"], event.data["message"], new=event.kind == "message")

    async def _take(self, chat_id: int, message: Json, *, new: bool) -> None:
        text = str(message.get("text") or message.get("caption") or "")
        if chat_id == self.organizer.id:
            await self._organize(message, text)
        elif text in self._inquired:
            _, asked = self._inquired.pop(text)
            self.advice_waits.append(time.perf_counter() - asked)
        elif new and not _NOT_AN_ANSWER.match(text) and self._asked.get(chat_id):
            self.waits.append(time.perf_counter() - self._asked[chat_id].popleft())

    async def _organize(self, message: Json, text: str) -> None:
        """Answers what participants ask, and presses 'Send' and 'Yes'."""
        found = re.search(rf"{HELP} (\d+)", text)
        if found and "inquiry-take" in str(message.get("reply_markup")):
            await self.server.say(self.organizer, f"{ADVICE} {found.group(1)}", reply_to=message)
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if str(button.get("callback_data", "")).startswith(("bc:send:", "bc:sure:")):
                    self.presses.append(
                        await self.server.press(message, data=button["callback_data"], user=self.organizer)
                    )

    def news(self) -> tuple[int, int]:
        """How many announcements did not reach somebody, and how many came twice."""
        heard = Counter(
            (sent.chat_id, found.group())
            for sent in self.server.ledger
            if sent.chat_id != self.organizer.id and (found := _NOT_AN_ANSWER.match(sent.text))
        )
        wanted = len(self.people) * len(self.announced)
        return wanted - len(heard), sum(heard.values()) - len(heard)


async def every(seconds: float, until: float, do: Callable[[int], Awaitable[None]]) -> None:
    """Does something at each beat until a moment of the monotonic clock."""
    number, start = 0, time.monotonic()
    while (at := start + number * seconds) < until:
        await asyncio.sleep(max(0.0, at - time.monotonic()))
        await do(number)
        number += 1


async def watch(bot: BotProcess, minutes: int, memory: list[int]) -> None:
    """Notes the resident memory at the end of each minute."""
    start = time.monotonic()
    for minute in range(1, minutes + 1):
        await asyncio.sleep(max(0.0, start + 60 * minute - time.monotonic()))
        memory.append(bot.resident)
        print(f"minute {minute}: {memory[-1] / 2**20:.1f} MB", flush=True)


async def play(crowd: Crowd, bot: BotProcess, minutes: int, rate: float) -> tuple[list[int], float]:
    """The whole time. Returns the memory of each minute in bytes, and the processor time in seconds."""
    knowledge = load(ROOT / "knowledge")
    questions = typed_questions(knowledge, int(minutes * 60 * rate) + 1)
    session = next(iter(knowledge.sessions))
    await every(
        1 / HELLOS,
        time.monotonic() + len(crowd.people) / HELLOS - 0.5 / HELLOS,
        lambda number: crowd.say_hello(crowd.people[number]),
    )
    await _until(lambda: not crowd.unanswered)
    crowd.waits.clear()
    memory: list[int] = []
    cpu, end = bot.cpu_seconds, time.monotonic() + 60 * minutes
    await asyncio.gather(
        every(1 / rate, end, lambda number: crowd.ask(number, questions[number])),
        every(INQUIRY_EVERY, end, crowd.inquire),
        every(RATING_EVERY, end, lambda number: crowd.rate(number, session)),
        every(ANNOUNCEMENT_EVERY, end, crowd.announce),
        watch(bot, minutes, memory),
    )
    cpu = bot.cpu_seconds - cpu
    with suppress(TimeoutError):
        await _until(lambda: not (crowd.unanswered or crowd.unadvised or crowd.deaf or crowd.news()[0]))
    return memory, cpu


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - many ends
            await asyncio.sleep(0.2)


async def main(minutes: int, people: int, rate: float) -> None:
    """Prints a line a minute, and a table."""
    print(f"{people:,} people; {os.cpu_count()} cores, Python {platform.python_version()}\n", flush=True)
    async with PreviewServer(limits=True) as server:
        server.world.limits = limits = CountingLimits(enabled=True)
        organizer = server.add_user("Olivia", language_code="en", started=True)
        crowd = Crowd(server, organizer, [server.add_user(language_code="en") for _ in range(people)])
        settings = {"ORGANIZER_IDS": str(organizer.id), "ADMIN_IDS": "1"}
        with tempfile.TemporaryDirectory() as place:
            async with (
                crowd.listening(),
                bot_process(server, Path(place), "bot", "run", settings=settings) as bot,
            ):
                memory, cpu = await play(crowd, bot, minutes, rate)
                print_table(crowd, memory, cpu, limits.refused)


def print_table(crowd: Crowd, memory: Sequence[int], cpu: float, refused: int) -> None:
    """What came of it."""
    lost_news, twice = crowd.news()
    growth = memory[-1] / memory[0] - 1
    rows = {
        "questions answered": f"{len(crowd.waits):,}",
        "wait for an answer: p50, p99, longest": _shares(crowd.waits),
        "questions for people answered": f"{len(crowd.advice_waits):,}",
        "wait for a person's answer: p50, p99, longest": _shares(crowd.advice_waits),
        "announcements, to each": f"{len(crowd.announced)}",
        "buttons pressed": f"{len(crowd.presses):,}",
        "questions lost": f"{crowd.unanswered}",
        "questions for people lost": f"{crowd.unadvised}",
        "presses lost": f"{crowd.deaf}",
        "announcements lost, twice": f"{lost_news}, {twice}",
        "refusals by Telegram (429)": f"{refused}",
        f"memory in minute 1 and {len(memory)}": f"{memory[0] / 2**20:.1f} and {memory[-1] / 2**20:.1f} MB",
        "growth": f"{growth:+.1%}",
        "processor": f"{cpu:.0f} s, {cpu / len(memory) / 60:.0%} of one core",
    }
    print("\n| | |\n| --- | ---: |")
    for name, value in rows.items():
        print(f"| {name} | {value} |")


def _shares(waits: Sequence[float]) -> str:
    if not waits:
        return "–"
    ordered = sorted(waits)
    found = (ordered[min(int(share * len(ordered)), len(ordered) - 1)] for share in (0.5, 0.99, 1.0))
    return ", ".join(f"{seconds:.2f} s" for seconds in found)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.endurance")
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=5.0, help="questions a second")
    given = parser.parse_args()
    asyncio.run(main(given.minutes, given.people, given.rate))
