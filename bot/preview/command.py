"""The command `preview`: the whole bot on this machine, with a chat page instead of Telegram."""

import asyncio
import contextlib
import errno
import secrets
import signal
import socket
import tempfile
import webbrowser
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import run_bot
from bot.assistant.rehearsal import rehearsal_moment
from bot.knowledge.loader import load
from bot.knowledge.model import Programme, localized
from bot.locales import words_in
from bot.preview.chat_page import mount
from bot.preview.clock import SettableClock
from bot.preview.personas import Role, first_cast
from bot.preview.rehearsal import Rehearsal
from bot.preview.server import PreviewServer
from bot.preview.stage import Setting, Stage
from bot.settings import Settings, SettingsError

PORTS_TRIED = 20  # from the wanted one on
MOST_DAYS = 31  # that the clock's dialog offers as buttons


async def preview(settings: Settings, *, port: int, open_browser: bool) -> None:
    """Runs the preview until Ctrl-C; all it keeps lies in a temporary folder.

    Raises KnowledgeError when the knowledge folder cannot be used, SettingsError when no port is free.
    """
    programme = load(settings.knowledge_dir).programme
    clock = SettableClock()
    moment = rehearsal_moment(programme, clock())
    if moment != clock():
        clock.set(moment)
    server = PreviewServer(clock=clock, token=made_up_token(), port=free_port(port), limits=True)
    stage = Stage(server, clock, setting_of(programme))
    mount(stage)
    with tempfile.TemporaryDirectory(prefix="bot-preview-") as folder:
        rehearsal = Rehearsal(settings, run_bot, stage, Path(folder))
        stage.on_reset, stage.on_new_staff = rehearsal.start_afresh, rehearsal.start_again
        invite(stage, programme)
        async with server:
            await _run(rehearsal, server.url, open_browser=open_browser)


async def _run(rehearsal: Rehearsal, url: str, *, open_browser: bool) -> None:
    """Plays until somebody wants to stop. Raises what the bot ended with, when it ends by itself."""
    await rehearsal.start()
    print(f"Open {url} in your browser and write to the bot. Ctrl-C stops it.", flush=True)  # noqa: T201
    failed, asked = asyncio.ensure_future(rehearsal.failure()), asyncio.ensure_future(_asked_to_stop())
    try:
        if open_browser:
            await asyncio.to_thread(webbrowser.open, url)
        await asyncio.wait({failed, asked}, return_when=asyncio.FIRST_COMPLETED)
        if failed.done():
            failed.result()
    finally:
        failed.cancel()
        asked.cancel()
        await rehearsal.stop()


async def _asked_to_stop() -> None:
    """Waits for Ctrl-C, or for the host to end the process."""
    asked = asyncio.Event()
    for kind in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C raises KeyboardInterrupt instead
            asyncio.get_running_loop().add_signal_handler(kind, asked.set)
    await asked.wait()


def invite(stage: Stage, programme: Programme) -> None:
    """The first people: a participant for each language, staff, and a group of all participants."""
    people = [stage.cast(casting) for casting in first_cast(programme.languages)]
    participants = [persona.user for persona in people if persona.role is Role.PARTICIPANT]
    stage.server.add_group("Programme group", participants)


def setting_of(programme: Programme) -> Setting:
    """What the page needs to know about the programme."""
    days = (programme.ends - programme.starts).days + 1
    return Setting(
        title=localized(programme.name, "en", programme.languages[0]),
        zone=ZoneInfo(programme.time_zone),
        days=tuple(programme.starts + timedelta(day) for day in range(min(days, MOST_DAYS))),
        languages=tuple((code, words_in(code).language_name(code)) for code in programme.languages),
    )


def made_up_token() -> str:
    """A token that opens nothing; nobody can guess it either."""
    return f"{secrets.randbelow(9 * 10**8) + 10**8}:{secrets.token_urlsafe(27)[:35]}"


def free_port(wanted: int) -> int:
    """The wanted port of 127.0.0.1, else the next one that is free; 0 stays 0, which means any.

    Raises SettingsError when there is none nearby.
    """
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)) if wanted else (0,):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError as error:
                if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                    raise
                continue
        return port
    last = min(wanted + PORTS_TRIED, 65536) - 1
    raise SettingsError(
        f"--port: {wanted} to {last} are all taken. Choose another one, such as --port {wanted + 100}."
    )
