"""What Telegram says about the bot: token, webhook, groups, inline mode; and the time over there."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.chat.errors import classify
from bot.chat.raw_bot import RawBot, make_bot
from bot.clock import Clock
from bot.doctor.finding import Finding, bad, good, weak
from bot.settings import Settings

MOST_WAITING = 1000  # updates: more means that nobody fetches them
FURTHEST_OFF = 30.0  # seconds between this clock and Telegram's
PATIENCE = 10.0  # seconds

Json = Mapping[str, Any]


async def examine_there(settings: Settings, clock: Clock) -> list[Finding]:
    """The findings. `clock` is the host's."""
    if settings.telegram_bot_token is None:
        return [bad("token", "TELEGRAM_BOT_TOKEN is not set", "Ask @BotFather for a token.")]
    findings = [await _clock(settings.telegram_api_url, clock)]
    bot = make_bot(settings)
    try:
        me: Json = await bot.raw("getMe", {})
        findings += _me(me)
        findings += await _webhook(bot, settings)
    except Exception as error:  # the library raises more than its own errors
        mend = "Copy the token again from @BotFather; if that is right, check the network."
        findings.append(bad("token", f"Telegram refuses: {classify(error).reason}", mend))
    finally:
        await bot.shutdown()
    return findings


def _me(me: Json) -> Iterator[Finding]:
    yield good("token", f"Telegram knows the bot as @{me['username']}")
    if not me.get("can_join_groups"):
        yield weak(
            "groups", "the bot may not be added to groups", "If it should be: @BotFather, /setjoingroups."
        )
    elif me.get("can_read_all_group_messages"):
        yield weak(
            "groups",
            "the bot reads everything in groups (privacy mode is off)",
            "It needs only what is meant for it: @BotFather, /setprivacy, Enable.",
        )
    else:
        yield good("groups", "privacy mode is on: in groups it reads only what is meant for it")
    if me.get("supports_inline_queries"):
        yield good("inline", "inline mode is on")
    else:
        yield weak("inline", "inline mode is off", "To answer in any chat: @BotFather, /setinline.")


async def _webhook(bot: RawBot, settings: Settings) -> list[Finding]:
    info: Json = await bot.raw("getWebhookInfo", {})
    url, waiting = info.get("url") or "", int(info.get("pending_update_count", 0))
    wanted = f"{settings.webhook_url.rstrip('/')}/telegram" if settings.webhook_url else ""
    findings = []
    if url == wanted:
        findings.append(good("webhook", f"set to {url}" if url else "none, as polling needs it"))
    elif wanted:
        findings.append(weak("webhook", "Telegram calls another address", "Start the bot: it sets its own."))
    else:
        findings.append(
            bad("webhook", "a webhook is set, so polling gets nothing", "Stop the other bot, or WEBHOOK_URL.")
        )
    if error := info.get("last_error_message"):
        when = datetime.fromtimestamp(int(info.get("last_error_date", 0)), UTC)
        findings.append(
            weak(
                "webhook",
                f"Telegram's last call failed at {when:%Y-%m-%d %H:%M} UTC: {error}",
                "Check address and certificate.",
            )
        )
    if waiting > MOST_WAITING:
        findings.append(weak("waiting", f"{waiting} updates wait to be fetched", "Is the bot running?"))
    return findings


async def _clock(api: str, clock: Clock) -> Finding:
    try:
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            answer = await client.head(api)
        there = parsedate_to_datetime(answer.headers["Date"])
    except (httpx.HTTPError, KeyError, ValueError) as error:
        kind = type(error).__name__
        return bad("network", f"{api} does not answer ({kind})", "Check the network, and TELEGRAM_API_URL.")
    off = abs((clock() - there).total_seconds())
    if off > FURTHEST_OFF:
        return bad("clock", f"this clock is {off:,.0f} seconds off", "Switch network time (NTP) on.")
    return good("clock", "agrees with Telegram's")
