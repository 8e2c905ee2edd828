"""What Telegram says about the bot."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest_asyncio

from bot.chat.raw_bot import make_bot
from bot.clock import system_clock
from bot.doctor.finding import Finding, Health
from bot.doctor.there import examine_there
from bot.preview.server import PreviewServer
from bot.settings import Settings


@pytest_asyncio.fixture
async def server() -> AsyncIterator[PreviewServer]:
    async with PreviewServer(clock=system_clock) as server:
        yield server


def settings_of(server: PreviewServer, **others: object) -> Settings:
    return Settings.model_validate(
        {"telegram_bot_token": server.token, "telegram_api_url": server.url, **others}
    )


def health(findings: list[Finding]) -> dict[str, Health]:
    return {finding.about: finding.health for finding in findings}


async def test_all_is_well(server: PreviewServer) -> None:
    assert health(await examine_there(settings_of(server), system_clock)) == dict.fromkeys(
        ("clock", "token", "groups", "inline", "webhook"), Health.GOOD
    )


async def test_a_wrong_token_is_bad_and_not_shown(server: PreviewServer) -> None:
    findings = await examine_there(settings_of(server, telegram_bot_token="12:wrong"), system_clock)
    assert health(findings)["token"] is Health.BAD
    assert not any("12:wrong" in str(finding) for finding in findings)


async def test_no_token_is_bad() -> None:
    assert health(await examine_there(Settings(), system_clock)) == {"token": Health.BAD}


async def test_no_network_is_bad() -> None:
    nowhere = Settings.model_validate(
        {"telegram_bot_token": "12:x", "telegram_api_url": "http://127.0.0.1:9"}
    )
    assert health(await examine_there(nowhere, system_clock))["network"] is Health.BAD


async def test_a_clock_that_is_off_is_bad(server: PreviewServer) -> None:
    findings = await examine_there(settings_of(server), lambda: system_clock() + timedelta(minutes=5))
    assert health(findings)["clock"] is Health.BAD


async def test_a_webhook_that_somebody_set_is_bad_for_polling(server: PreviewServer) -> None:
    bot = make_bot(settings_of(server))
    await bot.raw("setWebhook", {"url": "https://example.org/telegram"})
    await bot.shutdown()
    assert health(await examine_there(settings_of(server), system_clock))["webhook"] is Health.BAD
    hooked = settings_of(server, webhook_url="https://example.org", webhook_secret="s" * 20)
    assert health(await examine_there(hooked, system_clock))["webhook"] is Health.GOOD
