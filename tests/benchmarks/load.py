"""Bots in processes of their own, and people who ask them through the local Bot API server."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bot.preview.events import Event
from bot.preview.server import PreviewServer
from bot.preview.world import User

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 120.0  # seconds for one answer
QUIET = 0.5  # seconds without a new message: everything is sent


@dataclass(frozen=True, slots=True)
class Load:
    """What came of many questions."""

    questions: int
    seconds: float  # from the first question to the last first message of an answer
    waits: tuple[
        float, ...
    ]  # seconds from each question to the first message of its answer, the shortest first
    cpu_seconds: float  # of the bot's process

    def wait(self, share: float) -> float:
        """The wait in seconds that `share` (0–1) of the questions did not exceed."""
        return self.waits[min(int(share * len(self.waits)), len(self.waits) - 1)]


class BotProcess:
    """A bot in a process of its own. Reads Linux's /proc."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._proc = Path("/proc") / str(process.pid)

    @property
    def resident(self) -> int:
        """Resident memory in bytes."""
        line = next(line for line in (self._proc / "status").read_text().splitlines() if line[:6] == "VmRSS:")
        return int(line.split()[1]) * 1024

    @property
    def cpu_seconds(self) -> float:
        """Processor time used so far, in user and system mode."""
        fields = (self._proc / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def bot_process(
    server: PreviewServer, place: Path, *arguments: str, settings: Mapping[str, str] = MappingProxyType({})
) -> AsyncIterator[BotProcess]:
    """`python -m …` with the settings for `server` and a fresh database in `place`, while the block runs."""
    usual = {
        "TELEGRAM_BOT_TOKEN": server.token,
        "TELEGRAM_API_URL": server.url,
        "DATABASE_URL": f"sqlite:///{place / 'bot.db'}",
        "KNOWLEDGE_DIR": str(ROOT / "knowledge"),
        "WEBHOOK_URL": "",
        "LOG_LEVEL": "WARNING",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *arguments, cwd=ROOT, env={**os.environ, **usual, **settings}
    )
    try:
        yield BotProcess(process)
    finally:
        process.terminate()
        await process.wait()


class People:
    """Participants who each ask one question, and wait for the first message of the answer."""

    def __init__(self, server: PreviewServer) -> None:
        self._server = server
        self._answered: dict[int, asyncio.Event] = {}

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Hears the answers while the block runs."""
        with self._server.world.events.listen() as events:
            hearing = asyncio.create_task(self._hear(events))
            try:
                yield
            finally:
                hearing.cancel()

    async def ask(self, question: str) -> float:
        """Asks as a new participant; returns the seconds until the answer."""
        person: User = self._server.add_user()
        answered = self._answered[person.id] = asyncio.Event()
        start = time.perf_counter()
        await self._server.say(person, question)
        async with asyncio.timeout(PATIENCE):
            await answered.wait()
        return time.perf_counter() - start

    async def ask_all(self, questions: Sequence[str], at_once: int, bot: BotProcess) -> Load:
        """Asks all, of which `at_once` people wait for an answer at any moment."""
        left = iter(questions)
        waits: list[float] = []
        cpu, start = bot.cpu_seconds, time.perf_counter()

        async def ask_on() -> None:
            for question in left:
                waits.append(await self.ask(question))

        await asyncio.gather(*(ask_on() for _ in range(at_once)))
        seconds = time.perf_counter() - start
        await self._settle()
        return Load(len(questions), seconds, tuple(sorted(waits)), bot.cpu_seconds - cpu)

    async def _settle(self) -> None:
        """Waits until the rest of the answers is sent too."""
        sent = -1
        while sent != len(self._server.ledger):
            sent = len(self._server.ledger)
            await asyncio.sleep(QUIET)

    async def _hear(self, events: "asyncio.Queue[Event]") -> None:
        while True:
            event = await events.get()
            by_bot = event.kind == "message" and event.data["message"]["from"]["is_bot"]
            if by_bot and (answered := self._answered.get(event.data["chat_id"])):
                answered.set()
