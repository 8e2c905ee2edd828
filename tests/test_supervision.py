import asyncio
import logging

import pytest

from bot.supervision import pause, run_together


class FatalError(Exception):
    """Ends everything."""


async def _patient(ending: asyncio.Event) -> None:
    await ending.wait()


async def test_the_loops_end_together_when_asked() -> None:
    stop, ended = asyncio.Event(), []

    async def loop(ending: asyncio.Event) -> None:
        await ending.wait()
        ended.append(1)

    running = asyncio.create_task(run_together({"A": loop, "B": loop}, stop, fatal=()))
    await asyncio.sleep(0.01)
    assert not running.done()
    stop.set()
    await running
    assert ended == [1, 1]


async def test_a_loop_that_fails_is_started_again_and_the_others_notice_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stop, starts = asyncio.Event(), []

    async def shaky(ending: asyncio.Event) -> None:
        starts.append(1)
        if len(starts) < 3:
            raise LookupError("oh")
        stop.set()
        await ending.wait()

    async with asyncio.timeout(30):
        await run_together({"Shaky": shaky, "B": _patient}, stop, fatal=(FatalError,), first_pause=0.001)
    assert len(starts) == 3
    assert [
        record.getMessage().split(";")[0] for record in caplog.records if record.levelno == logging.ERROR
    ] == [
        "Shaky stopped",
        "Shaky stopped",
    ]


async def test_a_fatal_error_ends_the_others_in_good_order_and_is_raised() -> None:
    tidy = []

    async def refused(_ending: asyncio.Event) -> None:
        raise FatalError("token")

    async def orderly(ending: asyncio.Event) -> None:
        await ending.wait()
        await asyncio.sleep(0.01)
        tidy.append(1)

    async with asyncio.timeout(30):
        with pytest.raises(FatalError, match="token"):
            await run_together({"A": refused, "B": orderly}, asyncio.Event(), fatal=(FatalError,))
    assert tidy == [1]


async def test_a_loop_that_waits_to_start_again_ends_at_once() -> None:
    stop = asyncio.Event()

    async def broken(_ending: asyncio.Event) -> None:
        stop.set()
        raise LookupError

    async with asyncio.timeout(30):
        await run_together({"A": broken}, stop, fatal=(), first_pause=60)


async def test_a_pause_ends_with_its_time_or_with_the_bot() -> None:
    ending = asyncio.Event()
    async with asyncio.timeout(30):
        await pause(ending, 0.01)
        ending.set()
        await pause(ending, 60)
