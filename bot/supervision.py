"""Keeps the bot's loops running: one that fails is started again, and all of them end together."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 10.0  # seconds before a loop that failed is started again
Loop = Callable[[asyncio.Event], Awaitable[None]]
"""Runs until the event is set."""


async def run_together(
    loops: Mapping[str, Loop],
    stop: asyncio.Event,
    *,
    fatal: tuple[type[Exception], ...],
    first_pause: float = 1.0,
) -> None:
    """Runs loops until `stop`. An error of a `fatal` kind ends the others in good order and is raised.

    Any other error is logged under the loop's name, and the loop is started again after a pause in seconds.
    """
    ending = asyncio.Event()
    tasks = [
        asyncio.create_task(_keep_running(name, loop, ending, fatal, first_pause))
        for name, loop in loops.items()
    ]
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([stopping, *tasks], return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        ending.set()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for error in ended:
        if isinstance(error, BaseException):
            raise error


async def pause(ending: asyncio.Event, seconds: float) -> None:
    """Waits, but not beyond the end."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await ending.wait()


async def _keep_running(
    name: str, loop: Loop, ending: asyncio.Event, fatal: tuple[type[Exception], ...], first_pause: float
) -> None:
    clock = asyncio.get_running_loop().time
    failures = 0
    while not ending.is_set():
        started = clock()
        try:
            await loop(ending)
        except fatal:
            raise
        except Exception:  # whatever it is, the people who ask must not notice
            if clock() - started > LONGEST_PAUSE:
                failures = 0  # it did run: this is new trouble
            seconds = min(first_pause * 2.0 ** min(failures, 10), LONGEST_PAUSE)
            logger.exception("%s stopped; it starts again in %.0f seconds", name, seconds)
            failures += 1
            await pause(ending, seconds)
