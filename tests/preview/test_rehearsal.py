"""The bot under rehearsal: which settings it gets, and when it is started anew."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from pydantic import SecretStr

from bot.clock import Clock
from bot.preview.personas import Casting, Role
from bot.preview.rehearsal import Rehearsal
from bot.preview.stage import Stage
from bot.settings import Settings

from .stage import set_stage


class Player:
    """Stands in for the bot: notes its settings, runs until it is stopped or told to fail."""

    def __init__(self) -> None:
        self.runs: list[Settings] = []
        self.clocks: list[Clock] = []
        self.ended = 0
        self.fail = asyncio.Event()

    async def __call__(self, settings: Settings, *, clock: Clock, stop: asyncio.Event) -> None:
        self.runs.append(settings)
        self.clocks.append(clock)
        waits = [asyncio.ensure_future(event.wait()) for event in (stop, self.fail)]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        self.ended += 1
        if self.fail.is_set():
            raise OSError("the disk is full")


@pytest.fixture
def player() -> Player:
    return Player()


@pytest.fixture
def stage() -> Stage:
    return set_stage()


@pytest_asyncio.fixture
async def rehearsal(stage: Stage, player: Player, tmp_path: Path) -> AsyncIterator[Rehearsal]:
    own = Settings(
        telegram_bot_token=SecretStr("123456:the-real-one"),
        database_url=SecretStr("postgresql://live"),
        webhook_url="https://bot.example",
        webhook_secret=SecretStr("x" * 20),
        admin_ids=frozenset({1}),
        log_level="ERROR",
    )
    async with stage.server:
        rehearsal = Rehearsal(own, player, stage, tmp_path)
        await rehearsal.start()
        await asyncio.sleep(0)
        yield rehearsal
        await rehearsal.stop()


async def test_the_bot_gets_nothing_that_leads_out_of_this_machine(
    rehearsal: Rehearsal, player: Player, stage: Stage, tmp_path: Path
) -> None:
    (settings,) = player.runs
    assert settings.telegram_bot_token == SecretStr(stage.server.token)
    assert settings.telegram_api_url == stage.server.url
    assert settings.database_url.get_secret_value() == f"sqlite:///{tmp_path}/preview-1.db"
    assert settings.webhook_url is None
    assert settings.log_level == "ERROR"
    assert player.clocks == [stage.clock]
    assert settings.organizer_ids == {stage.people[2].user.id}
    assert settings.admin_ids == frozenset()


async def test_starting_again_keeps_the_database_and_learns_new_roles(
    rehearsal: Rehearsal, player: Player, stage: Stage
) -> None:
    admin = stage.cast(Casting("Max", "en", Role.ADMIN))
    await stage.server.say(stage.people[0].user, "hello")
    await rehearsal.start_again()
    await asyncio.sleep(0)
    first, second = player.runs
    assert player.ended == 1
    assert second.admin_ids == {admin.user.id}
    assert second.database_url == first.database_url
    assert len(stage.server.messages(stage.people[0].user)) == 1


async def test_starting_afresh_empties_chats_and_database(
    rehearsal: Rehearsal, player: Player, stage: Stage
) -> None:
    await stage.server.say(stage.people[0].user, "hello")
    await rehearsal.start_afresh()
    await asyncio.sleep(0)
    first, second = player.runs
    assert second.database_url != first.database_url
    assert stage.server.messages(stage.people[0].user) == []
    assert stage.server.world.updates.waiting() == []


async def test_two_wishes_at_once_are_done_one_after_the_other(rehearsal: Rehearsal, player: Player) -> None:
    await asyncio.gather(rehearsal.start_again(), rehearsal.start_afresh(), rehearsal.start_again())
    await asyncio.sleep(0)
    assert (len(player.runs), player.ended) == (4, 3)


async def test_a_bot_that_ends_by_itself_is_a_failure(rehearsal: Rehearsal, player: Player) -> None:
    player.fail.set()
    with pytest.raises(OSError, match="the disk is full"):
        await asyncio.wait_for(rehearsal.failure(), 5)
