"""The whole bot announces: drafts, sends and follows a schedule through restarts."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from pydantic import SecretStr

from bot.app import run_bot
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.settings import Settings
from tests.chat.staff.broadcast_stage import full_label, labels
from tests.knowledge_folder import write_folder

PEOPLE = 40


@pytest_asyncio.fixture
async def telegram(clock: SettableClock) -> AsyncIterator[PreviewServer]:
    async with PreviewServer() as server:
        yield server


@pytest.fixture
def olivia(telegram: PreviewServer) -> User:
    return telegram.add_user("Olivia", started=True)


@pytest.fixture
def settings(telegram: PreviewServer, olivia: User, tmp_path: Path, database_url: str) -> Settings:
    return Settings(
        telegram_bot_token=SecretStr(telegram.token),
        telegram_api_url=telegram.url,
        database_url=SecretStr(database_url),
        knowledge_dir=write_folder(tmp_path),
        organizer_ids=frozenset({olivia.id}),
        cache_dir=tmp_path / "cache",
        encoder="off",
    )


@asynccontextmanager
async def running(settings: Settings, clock: SettableClock) -> AsyncIterator[None]:
    stop = asyncio.Event()
    bot = asyncio.create_task(run_bot(settings, clock=clock, stop=stop))
    try:
        yield
    finally:
        stop.set()
    async with asyncio.timeout(20):
        await bot


async def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what happens in the server has no event
            await asyncio.sleep(0.02)


def with_button(telegram: PreviewServer, user: User, label: str) -> dict[str, Any] | None:
    """The latest message to somebody that has a button whose label begins so."""
    found = (m for m in reversed(telegram.sent(user)) if any(each.startswith(label) for each in labels(m)))
    return next(found, None)


async def press(telegram: PreviewServer, user: User, label: str) -> None:
    await until(lambda: with_button(telegram, user, label) is not None)
    message = with_button(telegram, user, label)
    assert message
    await telegram.press(message, full_label(message, label))


def copies(telegram: PreviewServer, people: list[User], text: str) -> list[int]:
    return [sum(message.get("text") == text for message in telegram.sent(person)) for person in people]


async def crowd(telegram: PreviewServer) -> list[User]:
    """People who have all written to the bot."""
    people = [telegram.add_user(f"P{number}", started=True) for number in range(PEOPLE)]
    for person in people:
        await telegram.say(person, "/start")
    await until(lambda: all(telegram.sent(person) for person in people), 60)
    return people


async def test_a_draft_and_a_sending_go_on_after_a_restart_and_nobody_gets_it_twice(
    telegram: PreviewServer, settings: Settings, olivia: User, clock: SettableClock
) -> None:
    async with running(settings, clock):
        people = await crowd(telegram)
        await telegram.say(olivia, "/broadcast The bus is late")
        await until(lambda: with_button(telegram, olivia, "📣 Send") is not None)
    async with running(settings, clock):
        await press(telegram, olivia, "📣 Send to 4")
        await press(telegram, olivia, "Yes")
        await until(lambda: sum(copies(telegram, people, "The bus is late")) >= 3)
    assert sum(copies(telegram, people, "The bus is late")) < PEOPLE
    async with running(settings, clock):
        await until(lambda: "Report on announcement 1" in str(telegram.sent(olivia)))
    assert copies(telegram, people, "The bus is late") == [1] * PEOPLE
    [report] = [m for m in telegram.sent(olivia) if "Report on announcement" in m.get("text", "")]
    assert f"sent: {PEOPLE + len([olivia])}" in report["text"]


async def test_a_move_in_the_chat_moves_answers_and_is_announced(
    telegram: PreviewServer, settings: Settings, olivia: User, clock: SettableClock
) -> None:
    ana = telegram.add_user("Ana", started=True)
    async with running(settings, clock):
        await telegram.say(ana, "When is the visit to the port?")
        await until(lambda: "14:00" in str(telegram.sent(ana)))
        answer = telegram.sent(ana)[0]
        await telegram.say(olivia, "/move port-visit 15:00")
        await press(telegram, olivia, "At 13:15 as before")
        await press(telegram, olivia, "📣 Send")
        await press(telegram, olivia, "Yes")
        await until(lambda: any("Moved: Visit to the port" in str(m) for m in telegram.sent(ana)[1:]))
        await until(lambda: "What I told you here has changed" in str(telegram.sent(ana)[0]))
        assert telegram.sent(ana)[0]["message_id"] == answer["message_id"]
        await telegram.say(ana, "When is the visit to the port?")
        await until(lambda: "15:00–17:00" in str(telegram.sent(ana)[-1]))
