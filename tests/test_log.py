"""Logging never writes a secret."""

import logging
import sys

from bot.log import Redact

TOKEN = "987654321:AAabcdefghijklmnopqrstuvwxyz0123456"


def record(message: str, *values: object) -> logging.LogRecord:
    return logging.LogRecord("bot", logging.INFO, __file__, 1, message, values, None)


def test_a_token_in_a_url_is_blanked_even_when_nobody_named_it() -> None:
    line = Redact([]).format(record("POST %s", f"https://api.example/bot{TOKEN}/sendMessage"))
    assert TOKEN not in line
    assert "sendMessage" in line


def test_named_secrets_are_blanked_in_tracebacks() -> None:
    try:
        raise ValueError("the password was hunter2hunter2")
    except ValueError:
        entry = record("it failed")
        entry.exc_info = sys.exc_info()
    line = Redact(["hunter2hunter2"]).format(entry)
    assert "hunter2" not in line
    assert "ValueError" in line


def test_other_text_stays_as_it_is() -> None:
    assert Redact([]).format(record("12 updates in 3:05 minutes")).endswith("12 updates in 3:05 minutes")
