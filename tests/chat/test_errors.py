"""What each error of the library means, row by row."""

import json
from datetime import timedelta

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.chat.errors import MissingPhotoError, classify
from bot.chat.raw_bot import make_bot
from bot.outbox.verdict import Fault
from bot.preview.server import PreviewServer
from bot.settings import Settings


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


NO_TELEGRAM = caused(InvalidToken("Not Found (404)"), TelegramError("Invalid server response"))
ROWS = [
    (caused(NetworkError("httpx.ConnectError"), httpx.ConnectError("refused")), Fault.NOT_SENT),
    (caused(TimedOut(), httpx.ConnectTimeout("")), Fault.NOT_SENT),
    (caused(TimedOut(), httpx.PoolTimeout("")), Fault.NOT_SENT),
    (caused(TimedOut(), httpx.ReadTimeout("")), Fault.IN_DOUBT),
    (caused(TimedOut(), httpx.WriteTimeout("")), Fault.IN_DOUBT),
    (caused(NetworkError("x"), httpx.RemoteProtocolError("closed")), Fault.IN_DOUBT),
    (caused(NetworkError("x"), httpx.ReadError("reset")), Fault.IN_DOUBT),
    (caused(TelegramError("Invalid server response"), json.JSONDecodeError("", "", 0)), Fault.IN_DOUBT),
    (KeyError("result"), Fault.IN_DOUBT),
    (NetworkError("Internal Server Error"), Fault.IN_DOUBT),
    (NetworkError("Bad Gateway"), Fault.IN_DOUBT),
    (NetworkError("Too Many Requests"), Fault.WAIT),
    (Forbidden("Forbidden: bot was blocked by the user"), Fault.UNREACHABLE),
    (Forbidden("Forbidden: user is deactivated"), Fault.UNREACHABLE),
    (BadRequest("Chat not found"), Fault.UNREACHABLE),
    (BadRequest("PEER_ID_INVALID"), Fault.UNREACHABLE),
    (BadRequest("Not enough rights to send text messages to the chat"), Fault.UNREACHABLE),
    (BadRequest("Can't parse entities"), Fault.CONTENT),
    (BadRequest("Message is too long"), Fault.CONTENT),
    (BadRequest("Wrong file identifier/HTTP URL specified"), Fault.CONTENT),
    (NetworkError("Request Entity Too Large"), Fault.CONTENT),
    (NetworkError("Content Too Large (413)"), Fault.CONTENT),
    (MissingPhotoError("a.jpg"), Fault.CONTENT),
    (InvalidToken("Unauthorized"), Fault.FATAL),
    (caused(InvalidToken("rejected by the server"), InvalidToken("Unauthorized")), Fault.FATAL),
    (NO_TELEGRAM, Fault.NOT_SENT),
    (caused(InvalidToken("rejected by the server"), NO_TELEGRAM), Fault.NOT_SENT),
    (Conflict("terminated by other getUpdates request"), Fault.NOT_SENT),
    (OperationalError("SELECT", {}, Exception("database is locked")), Fault.NOT_SENT),
    (RuntimeError("a fault of our own"), Fault.IN_DOUBT),
]


@pytest.mark.parametrize(("error", "fault"), ROWS, ids=lambda value: str(value)[:40])
def test_each_error_has_its_verdict(error: Exception, fault: Fault) -> None:
    assert classify(error).fault is fault


@pytest.mark.parametrize("wait", [7, timedelta(seconds=7)])
def test_a_wait_says_how_long(wait: int | timedelta) -> None:
    verdict = classify(RetryAfter(wait))
    assert (verdict.fault, verdict.seconds) == (Fault.WAIT, 7.0)


def test_a_migrated_group_says_its_new_id() -> None:
    verdict = classify(ChatMigrated(-1009))
    assert (verdict.fault, verdict.chat_id) == (Fault.MIGRATED, -1009)


async def test_a_refused_token_is_not_repeated_in_the_reason(server: PreviewServer) -> None:
    token = "1:" + "x" * 35
    bot = make_bot(Settings(telegram_bot_token=SecretStr(token), telegram_api_url=server.url))
    with pytest.raises(InvalidToken) as caught:
        await bot.initialize()
    await bot.shutdown()
    verdict = classify(caught.value)
    assert (verdict.fault, token in verdict.reason) == (Fault.FATAL, False)
