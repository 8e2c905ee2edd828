"""Keeps one worker process, asks it, and does without it whenever it is slow, hung or dead."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

from bot.encoder.guard import guarded
from bot.encoder.wire import SHAPE, Floats, WireError, answer_length, request, vectors_in

logger = logging.getLogger(__name__)

START_SECONDS = 600.0
"""A worker that is not ready by then hangs: it may be downloading a model."""
HANG_SECONDS = 5.0
"""A worker that owes an answer for so long is killed. A batch of phrasings takes a tenth of it."""
LONGEST_PAUSE = 60.0
"""Seconds before a start, at most: 1, 2, 4 … as starts fail; a worker that lived longer begins again at 1."""
_HOME = Path(__file__).parents[2]


class EncoderProcess:
    """Encodes texts in a worker. To be used in one event loop, by any number of tasks.

    `model` is the encoder's name, `models` the folder for what it downloads. `clock` gives seconds.
    """

    def __init__(
        self,
        model: str,
        models: Path,
        *,
        clock: Callable[[], float] = monotonic,
        hang_seconds: float = HANG_SECONDS,
        command: Sequence[str] = (sys.executable, "-sPB", "-m", "bot.encoder.worker"),
    ) -> None:
        self.model = model
        self._models = models
        self._clock = clock
        self._hang_seconds = hang_seconds
        self._command = command
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._starting: asyncio.Task[Process | None] | None = None
        self._exchange: asyncio.Task[Floats | None] | None = None
        self._failures = 0
        self._started = 0.0
        self.next_start = 0.0
        """By the clock: no worker is started before."""

    @property
    def pid(self) -> int | None:
        """The process id of the worker that is ready."""
        return self._process.pid if self._process else None

    async def encode(self, texts: Sequence[str], *, seconds: float) -> Floats | None:
        """One vector of length 1 a text (a row each); None when that takes longer than `seconds`.

        A worker that is late is not asked again before it has answered or was killed.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds), self._turn:
                if self._exchange is None or self._exchange.done():
                    process = await self._ready()
                    if process:
                        exchange = self._exchanged(process, [guarded(text) for text in texts])
                        self._exchange = asyncio.create_task(exchange)
                        return await asyncio.shield(self._exchange)
        return None

    async def stop(self) -> None:
        """Ends the worker."""
        tasks = [task for task in (self._starting, self._exchange) if task and not task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._process:
            process, self._process = self._process, None
            await _killed(process)

    async def _ready(self) -> Process | None:
        """The worker; a new one when it is time for that."""
        if self._process and self._process.returncode is None:
            return self._process
        if self._process:
            await self._failed(self._process, f"ended with status {self._process.returncode}")
        if self._starting is None or self._starting.done():
            if self._clock() < self.next_start:
                return None
            self._starting = asyncio.create_task(self._start())
        return await asyncio.shield(self._starting)

    async def _start(self) -> Process | None:
        self._started = self._clock()
        process = await asyncio.create_subprocess_exec(
            *self._command,
            self.model,
            stdin=PIPE,
            stdout=PIPE,
            env=self._environment(),
            cwd=_HOME.anchor,
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(START_SECONDS):
                await _ask(process, [])
        except (TimeoutError, OSError, EOFError, WireError) as error:
            await self._failed(process, f"did not start ({error or type(error).__name__})")
            return None
        except asyncio.CancelledError:
            await _killed(process)
            raise
        self._process = process
        return process

    def _environment(self) -> dict[str, str]:
        """All that the worker learns of the bot: no settings, no secrets."""
        return {
            "PYTHONPATH": str(_HOME),
            "OMP_NUM_THREADS": "1",
            "TOKENIZERS_PARALLELISM": "false",
            "HF_HOME": str(self._models.absolute()),
            "HF_HUB_DISABLE_PROGRESS_BARS": "1",
            "HF_HUB_DISABLE_TELEMETRY": "1",
        }

    async def _exchanged(self, process: Process, texts: Sequence[str]) -> Floats | None:
        try:
            async with asyncio.timeout(self._hang_seconds):
                return await _ask(process, texts)
        except (TimeoutError, OSError, EOFError, WireError) as error:
            await self._failed(process, str(error) or type(error).__name__)
            return None

    async def _failed(self, process: Process, why: str) -> None:
        """Kills the worker, and waits longer before each start that follows."""
        self._process = None
        now = self._clock()
        self._failures = 1 if now - self._started > LONGEST_PAUSE else self._failures + 1
        pause = min(LONGEST_PAUSE, 2.0 ** (self._failures - 1))
        self.next_start = now + pause
        logger.warning("The encoder %s failed: %s. Next start in %.0f s", self.model, why, pause)
        await _killed(process)


async def _ask(process: Process, texts: Sequence[str]) -> Floats:
    """Raises OSError, EOFError or WireError."""
    if process.stdin is None or process.stdout is None:
        raise EOFError("no pipes")
    process.stdin.write(request(texts))
    await process.stdin.drain()
    length, columns = answer_length(await process.stdout.readexactly(SHAPE.size), len(texts))
    return vectors_in(await process.stdout.readexactly(length), columns)


async def _killed(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.kill()
        elif process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
