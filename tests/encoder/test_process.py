"""A worker that crashes, hangs, lies or is slow costs meaning for a while, and never a question."""

import asyncio
import os
import signal
from pathlib import Path
from time import monotonic

import pytest

from bot.encoder.process import EncoderProcess
from tests.encoder.conftest import HandClock, Make

PATIENT = 30.0
"""Seconds within which a healthy worker starts and answers on a busy machine."""
IN_TIME = 0.25


def lives(process: int | None) -> bool:
    return Path(f"/proc/{process}").exists()


async def test_texts_become_rows(make: Make) -> None:
    rows = await make("healthy").encode(["one", "two"], seconds=PATIENT)
    assert rows is not None
    assert rows.shape == (2, 3)


async def test_many_questions_at_once_all_get_their_rows(make: Make) -> None:
    encoder = make("healthy")
    rows = await asyncio.gather(*(encoder.encode([str(n)] * n, seconds=PATIENT) for n in range(1, 30)))
    assert [None if found is None else len(found) for found in rows] == list(range(1, 30))


@pytest.mark.parametrize("mode", ["no start", "dies", "half", "wrong shape", "huge", "not unit"])
async def test_a_worker_that_cannot_be_trusted_is_not_asked_again_before_its_pause(
    make: Make, clock: HandClock, mode: str
) -> None:
    encoder = make(mode)
    assert await encoder.encode(["question"], seconds=PATIENT) is None
    assert encoder.pid is None
    clock.now += 0.9
    assert await encoder.encode(["question"], seconds=PATIENT) is None
    assert encoder.pid is None


async def test_the_pause_doubles_up_to_a_minute(make: Make, clock: HandClock) -> None:
    encoder = make("no start")
    starts = []
    for _ in range(9):
        before = clock.now
        while not await _tried_to_start(encoder, clock):
            clock.now += 0.5
        starts.append(clock.now - before)
    assert starts == [0, 1, 2, 4, 8, 16, 32, 60, 60]


async def _tried_to_start(encoder: EncoderProcess, clock: HandClock) -> bool:
    earlier = encoder.next_start
    await encoder.encode(["question"], seconds=PATIENT)
    return encoder.next_start != earlier


async def test_a_worker_that_lived_long_starts_again_after_a_second(make: Make, clock: HandClock) -> None:
    encoder = make("dies")
    for _ in range(5):
        await encoder.encode(["question"], seconds=PATIENT)
        clock.now = encoder.next_start
    assert await encoder.encode([], seconds=PATIENT) is not None  # started, and not yet asked anything
    clock.now += 3600
    await encoder.encode(["question"], seconds=PATIENT)
    assert encoder.next_start == clock.now + 1


async def test_a_worker_that_hangs_is_killed_and_replaced(make: Make, clock: HandClock) -> None:
    encoder = make("hangs at times", hang_seconds=0.5)
    assert await encoder.encode(["question"], seconds=PATIENT) is not None
    first = encoder.pid
    assert await encoder.encode(["hang"], seconds=PATIENT) is None
    assert first is not None
    assert not lives(first)
    clock.now += 60
    assert await encoder.encode(["question"], seconds=PATIENT) is not None
    assert encoder.pid != first


async def test_nobody_waits_behind_a_question_that_is_late(make: Make) -> None:
    encoder = make("hangs at times")
    await encoder.encode([], seconds=PATIENT)
    assert await encoder.encode(["hang"], seconds=0.01) is None
    started = monotonic()
    assert [await encoder.encode(["question"], seconds=PATIENT) for _ in range(100)] == [None] * 100
    assert monotonic() - started < PATIENT  # not even one of them waited its time


async def test_a_slow_worker_is_asked_again_once_it_has_answered(make: Make) -> None:
    encoder = make("slow")
    await encoder.encode([], seconds=PATIENT)
    worker = encoder.pid
    assert await encoder.encode(["question"], seconds=0.01) is None
    rows = None
    while rows is None:
        rows = await encoder.encode(["question"], seconds=PATIENT)
        await asyncio.sleep(0.01)
    assert encoder.pid == worker


async def test_what_is_sent_is_guarded(make: Make, tmp_path: Path) -> None:
    written = tmp_path / "sent.txt"
    await make(f"writes down {written}").encode(["\ufdfa" * 500, "wi\0fi\ud800"], seconds=PATIENT)
    grown, cleaned = written.read_text("utf-8").split("\n")
    assert len(grown) <= 256
    assert "\ufdfa" not in grown
    assert cleaned == "wi fi"


async def test_stopping_ends_the_worker_even_while_it_hangs(make: Make) -> None:
    encoder = make("hangs")
    await encoder.encode([], seconds=PATIENT)
    worker = encoder.pid
    asked = asyncio.create_task(encoder.encode(["question"], seconds=PATIENT))
    await asyncio.sleep(0.05)
    await encoder.stop()
    assert not lives(worker)
    asked.cancel()


async def test_the_bundled_worker_holds_no_secret_and_is_limited(
    bundled: EncoderProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:secret")
    assert await bundled.encode(["Where is the bus?"], seconds=PATIENT) is not None
    worker = Path(f"/proc/{bundled.pid}")
    environment = {line.partition("=")[0] for line in worker.joinpath("environ").read_text().split("\0")}
    assert environment - {""} == {
        "PYTHONPATH", "OMP_NUM_THREADS", "TOKENIZERS_PARALLELISM",
        "HF_HOME", "HF_HUB_DISABLE_PROGRESS_BARS", "HF_HUB_DISABLE_TELEMETRY",
    }  # fmt: skip
    limits = {
        line[:26].strip(): line[26:].split()[:2] for line in (worker / "limits").read_text().splitlines()
    }
    assert limits["Max address space"] == [str(768 << 20)] * 2
    assert limits["Max core file size"] == limits["Max file size"] == ["0", "0"]
    assert limits["Max cpu time"][0] != "unlimited"
    assert os.getsid(bundled.pid or 0) == bundled.pid  # Ctrl-C in the terminal is not for it


async def test_the_bundled_encoder_knows_what_is_near_in_meaning(bundled: EncoderProcess) -> None:
    rows = await bundled.encode(
        ["Where do we sleep?", "Our hotel", "¿Dónde dormimos?", "How much is a taxi?"], seconds=PATIENT
    )
    assert rows is not None
    hotel, spanish, taxi = (rows[1:] @ rows[0]).tolist()
    assert min(hotel, spanish) > taxi


@pytest.mark.parametrize(
    "hostile", ["\ufdfa" * 500, "ខ្មែ" * 1024, "\ud800" * 300, "\0" * 4096, "\U0001f600" * 4096, ""]
)
async def test_hostile_texts_leave_the_bundled_worker_alive(bundled: EncoderProcess, hostile: str) -> None:
    assert await bundled.encode(["before"], seconds=PATIENT) is not None
    worker = bundled.pid
    assert await bundled.encode([hostile], seconds=PATIENT) is not None
    assert await bundled.encode(["after"], seconds=PATIENT) is not None
    assert bundled.pid == worker


@pytest.mark.parametrize("kind", [signal.SIGKILL, signal.SIGSTOP])
async def test_questions_are_answered_in_time_while_the_worker_is_killed_or_stopped(
    bundled: EncoderProcess, kind: signal.Signals
) -> None:
    await bundled.encode(["start"], seconds=PATIENT)
    waits: list[float] = []

    async def ask(number: int) -> None:
        await asyncio.sleep(number * 0.01)
        started = monotonic()
        await bundled.encode([f"question {number}"], seconds=IN_TIME)
        waits.append(monotonic() - started)

    async def strike() -> None:
        await asyncio.sleep(0.3)
        os.kill(bundled.pid or 0, kind)

    await asyncio.gather(strike(), *(ask(number) for number in range(100)))
    assert len(waits) == 100
    assert max(waits) < 10 * IN_TIME  # generous: the machine may be busy with something else
