"""A process that is killed while it publishes leaves the old revision or the new one, whole."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.revisions.opening import open_revision
from bot.store import revisions
from bot.store.database import open_database
from bot.store.migrations import migrate
from tests.benchmarks.load import ROOT
from tests.knowledge_folder import write_folder


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Linux does")
@pytest.mark.parametrize("seconds", [0.05, 0.4])
async def test_what_is_live_after_a_kill_is_whole(tmp_path: Path, clock: Clock, seconds: float) -> None:
    write_folder(tmp_path)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.benchmarks.reloading",
        "publish",
        str(tmp_path),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    assert await process.stdout.readline() == b"ready\n"
    await asyncio.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    await process.communicate()
    database = open_database(f"sqlite:///{tmp_path / 'bot.db'}")
    await migrate(database)
    newest = await database.read(revisions.newest)
    opened = await open_revision(tmp_path / "knowledge", database, clock)
    await database.close()
    assert newest
    assert (opened.number, opened.loaded.knowledge.revision) == (newest.number, newest.sha256)
    assert opened.loaded.files["sites.yaml"].count(b"\n# ") == newest.number - 1
