"""Heavy work in a process of its own."""

import asyncio
import operator
import os
import signal
import sys
import time
from functools import partial

import pytest

from bot.revisions.worker import NICE, WorkerError, in_worker


async def test_the_result_comes_back() -> None:
    assert await in_worker(partial(operator.add, "a" * 1_000_000, "b")) == "a" * 1_000_000 + "b"


async def test_it_gives_way_to_the_answers_and_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "canary")
    assert await in_worker(partial(os.getenv, "TELEGRAM_BOT_TOKEN")) is None
    assert await in_worker(partial(os.nice, 0)) == os.nice(0) + NICE


@pytest.mark.parametrize("job", [partial(operator.truediv, 1, 0), partial(sys.exit, 3)])
async def test_a_job_that_fails_is_an_error_in_words(job: "partial[object]") -> None:
    with pytest.raises(WorkerError, match="ended with status"):
        await in_worker(job)


async def test_a_worker_that_is_killed_is_an_error_in_words() -> None:
    with pytest.raises(WorkerError, match="-9"):
        await in_worker(partial(_die))


async def test_the_worker_ends_with_the_task_that_waits_for_it() -> None:
    task = asyncio.create_task(in_worker(partial(time.sleep, 600)))
    await asyncio.sleep(0.5)
    task.cancel()
    async with asyncio.timeout(30):
        with pytest.raises(asyncio.CancelledError):
            await task


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
