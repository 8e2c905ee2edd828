"""Secrets and personal words that are known again: nothing that a bot process writes holds one."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from sqlalchemy import create_engine, text

from bot.preview.faults import Kind
from bot.preview.server import PreviewServer
from bot.web.webhook import SECRET_HEADER
from tests.knowledge_folder import PROGRAMME, write_folder

ROOT = Path(__file__).parents[2]
TOKEN = "7654321:canary-of-the-token-0123456789abcdef"
DATABASE, WEBHOOK, METRICS = "canary-of-database", "canary-of-the-webhook", "canary-of-the-metrics"
SECRETS = (TOKEN, TOKEN.partition(":")[2], DATABASE, WEBHOOK, METRICS)
WORD = "zzcanary"
"""Stands in everything that people write and are called."""
PATIENCE = 30.0  # seconds


class Bot:
    """The bot, and all that it and the commands beside it have written."""

    def __init__(self, place: Path, settings: dict[str, str]) -> None:
        self._place = place
        self._environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
        self._log = place / "written.log"

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """`python -m bot run`, while the block runs."""
        process = await self._start("run")
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            await process.wait()

    async def command(self, *arguments: str) -> int:
        """Another command of the bot. Returns its status."""
        return await (await self._start(*arguments)).wait()

    async def _start(self, *arguments: str) -> asyncio.subprocess.Process:
        with self._log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                *arguments,
                cwd=self._place,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    @property
    def written(self) -> str:
        """To the log and to the terminal."""
        return self._log.read_text()


@pytest.fixture
async def telegram() -> AsyncIterator[PreviewServer]:
    async with PreviewServer(token=TOKEN, sleep=lambda _: asyncio.sleep(0.1)) as server:
        yield server


async def test_whatever_happens_no_canary_is_written(
    telegram: PreviewServer, tmp_path: Path, postgres_url: str, unused_tcp_port: int
) -> None:
    olivia = telegram.add_user(f"Olivia {WORD}", language_code="en", started=True)
    ana = telegram.add_user(f"Ana {WORD}", username=WORD, language_code="en", started=True)
    bo = telegram.add_user(f"Bo {WORD}", language_code="en")
    programme = f"{PROGRAMME}rated: [ceremony, visit]\n"
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram.url,
        "DATABASE_URL": _with_password(postgres_url),
        "KNOWLEDGE_DIR": str(write_folder(tmp_path, programme=programme)),
        "WEBHOOK_URL": "https://bot.example",
        "WEBHOOK_SECRET": WEBHOOK,
        "METRICS_TOKEN": METRICS,
        "PORT": str(unused_tcp_port),
        "ENCODER": "off",
        "ORGANIZER_IDS": str(olivia.id),
        "ADMIN_IDS": str(olivia.id),
        "LOG_LEVEL": "DEBUG",
    }
    bot, here = Bot(tmp_path, settings), f"http://127.0.0.1:{unused_tcp_port}"
    async with bot.running():
        await _until(lambda: telegram.world.pusher is not None)
        assert telegram.world.pusher
        telegram.world.pusher.url = f"{here}/telegram"
        pages = await _pages(here)
        group = telegram.add_group(f"Group {WORD}", [olivia, ana])

        async def say(words: str, user: object = ana, **where: object) -> None:
            before = len(telegram.ledger)
            await telegram.say(user, f"{words} {WORD}", **where)  # type: ignore[arg-type]
            await _until(lambda: len(telegram.ledger) > before)

        await say("/start")
        await say("Which colour has")
        await say("/human Help")
        card = next(each for each in telegram.sent(olivia) if "inquiry-take" in str(each))
        await say("Advice", olivia, reply_to=card)
        await say("/broadcast News", olivia)
        for verb in ("bc:send:", "bc:sure:"):
            await _press(telegram, verb)
        await _until(lambda: f"News {WORD}" in str(telegram.sent(ana)))
        await telegram.press(telegram.sent(ana)[-1], data="rate:opening:5")
        await telegram.press(telegram.sent(ana)[-1], data="rate-comment:opening")
        await _until(lambda: "comment in one message" in str(telegram.sent(ana)))
        await say("It was good.")
        await say("/mydata")
        await telegram.ask_inline(ana, f"emergency {WORD}")
        await telegram.say(olivia, f"@{telegram.bot.username} where is {WORD}", group)
        await _until(lambda: len(telegram.sent(group)) > 0)
        telegram.inject({"message": {"text": WORD, "chat": WORD}})
        telegram.faults.add("sendMessage", Kind.BAD_REQUEST, description="Bad Request: no rights")
        telegram.faults.add("sendMessage", Kind.CLOSE_AFTER_ACCEPT, nth=2)
        for _ in range(2):
            await say("Which number has", olivia)
        async with _without_misses(postgres_url):
            await telegram.say(bo, f"Which shape has {WORD}")
            await _until(lambda: "UndefinedTable" in bot.written)
        async with telegram.unreachable():
            await asyncio.sleep(1)
        pages += await _pages(here)
        assert await bot.command("backup", str(tmp_path / "backup.zip")) == 0
        await bot.command("doctor")
        await bot.command("check")
    assert "The bot is running" in bot.written
    assert [secret for secret in (*SECRETS, WORD) if secret in bot.written.lower()] == []
    assert [secret for secret in (*SECRETS, WORD) if secret in pages.lower()] == []
    assert "# HELP" in pages
    shown = str([telegram.sent(chat) for chat in (ana, olivia, group)])
    assert WORD in shown
    assert [secret for secret in SECRETS if secret in shown] == []


async def test_a_setting_that_is_wrong_is_named_without_its_value(tmp_path: Path) -> None:
    wrong = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "DATABASE_URL": f"mysql://root:{DATABASE}@host/db",
        "KNOWLEDGE_DIR": str(write_folder(tmp_path)),
        "WEBHOOK_SECRET": f"{WEBHOOK} !",
        "METRICS_TOKEN": f"{METRICS} !",
    }
    bot = Bot(tmp_path, wrong)
    assert await bot.command("run") != 0
    del wrong["WEBHOOK_SECRET"], wrong["METRICS_TOKEN"]
    without = Bot(tmp_path, wrong)
    for command in (("run",), ("migrate",), ("backup", "backup.zip"), ("doctor",)):
        assert await without.command(*command) != 0
    assert "WEBHOOK_SECRET" in bot.written
    assert "DATABASE_URL" in bot.written
    assert [secret for secret in SECRETS if secret in bot.written] == []


def _with_password(url: str) -> str:
    """The server asks local users for none, and takes any."""
    address = urlsplit(url)
    user, _, rest = address.netloc.rpartition("@")
    name = user.partition(":")[0] or "postgres"
    return address._replace(netloc=f"{name}:{DATABASE}@{rest}").geturl()


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - what happens in another process has no event
            await asyncio.sleep(0.02)


async def _press(telegram: PreviewServer, verb: str) -> None:
    """Presses the newest button of a kind, as soon as there is one."""
    found: list[tuple[dict[str, object], str]] = []

    def is_there() -> bool:
        found[:] = [
            (shown, button["callback_data"])
            for chat in telegram.world.chats
            for shown in telegram.sent(chat)
            for row in shown.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
            if str(button.get("callback_data")).startswith(verb)
        ]
        return bool(found)

    await _until(is_there)
    await telegram.press(found[-1][0], data=found[-1][1])


async def _pages(here: str) -> str:
    """What the web server says to whoever asks, knows the secrets, or only believes to."""
    said = []
    async with aiohttp.ClientSession() as session:
        for path, headers in (
            ("/health", {}),
            ("/metrics", {"Authorization": f"Bearer {METRICS}"}),
            ("/metrics", {"Authorization": "Bearer wrong"}),
            ("/calendar/guessed/en.ics", {}),
        ):
            async with session.get(here + path, headers=headers) as response:
                said.append(await response.text())
        for headers in ({}, {SECRET_HEADER: WEBHOOK}):
            async with session.post(
                f"{here}/telegram", data=f"{{{WORD}".encode(), headers=headers
            ) as response:
                said.append(await response.text())
    return "\n".join(said)


@asynccontextmanager
async def _without_misses(url: str) -> AsyncIterator[None]:
    """A table is missing while the block runs: each statement about it fails, with all its values."""
    engine = create_engine(urlsplit(url)._replace(scheme="postgresql+psycopg").geturl())
    for names in (("misses", "gone"), ("gone", "misses")):
        with engine.begin() as connection:
            connection.execute(text(f"ALTER TABLE {names[0]} RENAME TO {names[1]}"))
        if names[0] == "misses":
            yield
    engine.dispose()
