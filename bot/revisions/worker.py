"""Heavy work in a process of its own: it takes long, and nobody's answer shall wait for it."""

import asyncio
import contextlib
import os
import pickle
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
NICE = 5  # questions go first
_HOME = Path(__file__).parents[2]


class WorkerError(Exception):
    """The process ended without a result."""


async def in_worker(job: Callable[[], T]) -> T:
    """The result of `job`, a partial of a function that a new process can import; both are pickled.

    The process gets no settings and no secrets, and ends with the task that waits for it. Raises WorkerError
    when the job fails or the process is killed.
    """
    given = await asyncio.to_thread(pickle.dumps, job)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-sPB",
        "-m",
        __name__,
        stdin=PIPE,
        stdout=PIPE,
        env={"PYTHONPATH": str(_HOME), "OMP_NUM_THREADS": "1"},
        cwd=_HOME.anchor,
    )
    try:
        found, _ = await process.communicate(given)
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode:
        raise WorkerError(f"it ended with status {process.returncode}")
    result: T = await asyncio.to_thread(pickle.loads, found)  # of our own process
    return result


def main() -> None:
    """Does the job that comes in, and writes its result."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bot, which ends its workers
    if hasattr(os, "nice"):
        os.nice(NICE)  # counts within the session only, so the worker shares the bot's
    job = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the bot itself
    pickle.dump(job(), sys.stdout.buffer)


if __name__ == "__main__":
    main()
