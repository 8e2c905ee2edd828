"""The command `preview`: its port, its people, its setting, and one whole run."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from bot.knowledge.loader import load
from bot.preview.command import free_port, invite, made_up_token, setting_of
from bot.preview.personas import Role
from bot.settings import SettingsError

from .stage import set_stage


def test_a_wanted_port_that_is_free_is_taken() -> None:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    assert free_port(port) == port


def test_a_taken_port_gives_way_to_the_next_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < free_port(port) < port + 20


def test_any_port_stays_any() -> None:
    assert free_port(0) == 0


def test_when_no_port_is_free_the_message_says_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 65535))
        taken.listen()
        with pytest.raises(SettingsError, match="--port: 65535 to 65535 are all taken"):
            free_port(65535)


def test_a_made_up_token_looks_like_one_and_is_never_the_same() -> None:
    assert re.fullmatch(r"\d{9}:[\w-]{35}", made_up_token())
    assert made_up_token() != made_up_token()


def test_the_setting_comes_from_the_programme(folder: Path) -> None:
    setting = setting_of(load(folder).programme)
    assert setting.title == "Harbour course"
    assert setting.zone.key == "Europe/Lisbon"
    assert setting.days == (date(2031, 5, 5), date(2031, 5, 6), date(2031, 5, 7))
    assert setting.languages == (("en", "English"), ("es", "Español"))


async def test_the_first_people_speak_the_programmes_languages(folder: Path) -> None:
    stage = set_stage()
    stage.people.clear()
    invite(stage, load(folder).programme)
    assert [(persona.user.language_code, persona.role) for persona in stage.people] == [
        ("en", Role.PARTICIPANT),
        ("es", Role.PARTICIPANT),
        ("en", Role.ORGANIZER),
        ("en", Role.ADMIN),
    ]
    group = list(stage.server.world.chats.values())[-1]
    assert [member.language_code for member in group.members] == ["en", "es"]


@pytest.fixture
def running(folder: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command at work, and its address."""
    command = [
        sys.executable,
        "-m",
        "bot",
        "preview",
        "--no-browser",
        "--port",
        "0",
        "--knowledge",
        str(folder),
    ]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        try:
            assert address
            yield process, address.group()
        finally:
            process.kill()


def test_a_question_is_answered_and_ctrl_c_leaves_nothing_behind(
    running: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, address = running
    with httpx.Client(base_url=address, headers={"Origin": address}) as page:
        state = page.get("/api/state").json()
        assert state["title"] == "Harbour course"
        assert state["clock"]["is_set"]
        assert list(tmp_path.glob("bot-preview-*"))
        me = state["people"][0]["id"]
        page.post("/api/say", json={"chat_id": me, "user_id": me, "text": "where is the old port"})
        patience = time.monotonic() + 60
        while len(messages := page.get("/api/state").json()["chats"][0]["messages"]) < 2:
            assert time.monotonic() < patience, "no answer came"
            time.sleep(0.05)
    shown = " ".join(message.get("text", "") + message.get("caption", "") for message in messages[1:])
    assert "port" in shown.lower()
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    assert not list(tmp_path.glob("bot-preview-*"))
