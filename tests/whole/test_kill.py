"""`python -m bot run` as a process of its own: killed, stopped, started again."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.outbox.claims import LEASE
from bot.outbox.sender import AT_ONCE
from bot.preview.faults import Kind
from bot.preview.server import PreviewServer
from bot.preview.world import User
from tests.knowledge_folder import write_folder

ROOT = Path(__file__).parents[2]
SECRET = "canary-secret_0123456789"
QUESTION = "Where is the front desk?"
ANSWER = "The front desk is in the town hall"
PEOPLE = 50


class Process:
    """The bot, started and ended as often as one likes on one database."""

    def __init__(
        self,
        telegram: PreviewServer,
        place: Path,
        webhook_port: int | None = None,
        *,
        database_url: str | None = None,
    ) -> None:
        self._telegram = telegram
        self._port = webhook_port
        self._log = place / "bot.log"
        self._place = place
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "DATABASE_URL": database_url or f"sqlite:///{place / 'bot.db'}",
            "KNOWLEDGE_DIR": str(write_folder(place)),
            "LOG_LEVEL": "DEBUG",
        }
        if webhook_port is not None:
            self._environment |= {
                "WEBHOOK_URL": "https://bot.example",
                "WEBHOOK_SECRET": SECRET,
                "PORT": str(webhook_port),
            }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Starts the bot and waits until it runs."""
        old = self._telegram.world.pusher
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=self._place, env=self._environment, stderr=log
            )
        if self._port is not None:
            await self.until(lambda: self._telegram.world.pusher is not old)
            assert self._telegram.world.pusher
            # The server reaches the bot here, without the proxy that holds a certificate.
            self._telegram.world.pusher.url = f"http://127.0.0.1:{self._port}/telegram"

    async def until(self, condition: Callable[[], bool], seconds: float = 30) -> None:
        """Waits for something that happens in the server, while the bot lives."""
        async with asyncio.timeout(seconds):
            while not condition():
                assert self._process
                assert self._process.returncode is None, self.log
                await asyncio.sleep(0.005)

    async def end(self, kind: signal.Signals) -> int:
        """Sends a signal and waits for the end; returns the exit status."""
        assert self._process
        if self._process.returncode is None:
            self._process.send_signal(kind)
        return await self._process.wait()

    def send(self, kind: signal.Signals) -> None:
        """Sends a signal and goes on."""
        assert self._process
        self._process.send_signal(kind)

    @property
    def log(self) -> str:
        """What all its lives have written."""
        return self._log.read_text()


@pytest.fixture
async def telegram() -> AsyncIterator[PreviewServer]:
    async with PreviewServer(sleep=lambda _: asyncio.sleep(0.2)) as server:
        yield server


@pytest.fixture(params=["polling", "webhook"])
async def process(
    request: pytest.FixtureRequest, telegram: PreviewServer, tmp_path: Path, unused_tcp_port: int
) -> AsyncIterator[Process]:
    started = Process(telegram, tmp_path, unused_tcp_port if request.param == "webhook" else None)
    yield started
    await started.end(signal.SIGKILL)


@pytest.fixture
async def people(telegram: PreviewServer) -> list[User]:
    """Fifty, each with a question that waits."""
    people = [telegram.add_user() for _ in range(PEOPLE)]
    for person in people:
        await telegram.say(person, QUESTION)
    return people


def _answers(telegram: PreviewServer) -> Counter[int]:
    return Counter(accepted.chat_id for accepted in telegram.ledger if accepted.text.startswith(ANSWER))


def _reached(telegram: PreviewServer) -> set[int]:
    return {accepted.chat_id for accepted in telegram.ledger}


@pytest.mark.parametrize("seed", [1])
async def test_kills_lose_no_question_and_answer_none_twice(
    telegram: PreviewServer, people: list[User], process: Process, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a seed makes the test repeatable
    kills = sorted(chance.sample(range(PEOPLE - 5), 3))
    for answered in kills:
        await process.start()
        await process.until(lambda enough=answered: len(telegram.ledger) > enough)  # type: ignore[misc]
        await asyncio.sleep(chance.uniform(0, 0.03))
        await process.end(signal.SIGKILL)
    await process.start()
    await process.until(lambda: len(_reached(telegram)) == PEOPLE, LEASE.total_seconds() + 15)
    assert await process.end(signal.SIGTERM) == 0
    answers = _answers(telegram)
    assert max(answers.values()) == 1
    told = {accepted.chat_id for accepted in telegram.ledger if "interrupted" in accepted.text}
    assert len(told) <= len(kills) * AT_ONCE
    assert {person.id for person in people} == set(answers) | told


async def test_stops_leave_nothing_in_doubt(
    telegram: PreviewServer, people: list[User], process: Process
) -> None:
    for answered in (5, 20, 35):
        await process.start()
        await process.until(lambda enough=answered: len(telegram.ledger) > enough)  # type: ignore[misc]
        async with asyncio.timeout(12):
            assert await process.end(signal.SIGTERM) == 0
    await process.start()
    await process.until(lambda: len(_reached(telegram)) == PEOPLE)
    assert await process.end(signal.SIGINT) == 0
    assert _answers(telegram) == Counter(person.id for person in people)
    assert len(telegram.ledger) == PEOPLE


async def test_no_secret_is_written_whatever_happens(
    telegram: PreviewServer, people: list[User], process: Process
) -> None:
    await process.start()
    await process.until(lambda: len(telegram.ledger) > 5)
    async with telegram.unreachable():
        await asyncio.sleep(0.5)
    await process.until(lambda: len(_reached(telegram)) == PEOPLE)
    assert await process.end(signal.SIGTERM) == 0
    assert "The bot is running" in process.log
    assert telegram.token not in process.log
    assert telegram.token.split(":")[1] not in process.log
    assert SECRET not in process.log
    assert QUESTION not in process.log


async def test_a_process_that_was_frozen_repeats_nothing_when_another_has_taken_over(
    telegram: PreviewServer, people: list[User], tmp_path: Path, postgres_url: str
) -> None:
    """On PostgreSQL: with SQLite, who is frozen in a transaction keeps the file locked."""
    telegram.faults.add("sendMessage", Kind.SLOW, times=None, seconds=0.3)
    places = [tmp_path / name for name in ("first", "second")]
    for place in places:
        place.mkdir()
    frozen, other = (Process(telegram, place, database_url=postgres_url) for place in places)
    await frozen.start()
    await frozen.until(lambda: len(telegram.ledger) > 10)
    frozen.send(signal.SIGSTOP)
    await other.start()
    await other.until(lambda: len(_reached(telegram)) == PEOPLE, LEASE.total_seconds() + 40)
    frozen.send(signal.SIGCONT)
    await telegram.say(people[0], QUESTION)
    await other.until(lambda: _answers(telegram)[people[0].id] == 2)
    for process in (frozen, other):
        assert await process.end(signal.SIGTERM) == 0
    answers = _answers(telegram) - Counter([people[0].id])
    told = {accepted.chat_id for accepted in telegram.ledger if "interrupted" in accepted.text}
    assert max(answers.values()) == 1
    assert {person.id for person in people} == set(answers) | told
    assert len(told) <= AT_ONCE
