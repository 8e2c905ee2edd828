"""Logging: one line a record to standard error, and no secret in any of them."""

import logging
import re
from collections.abc import Iterable

from bot.settings import Settings

TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
"""What a bot token looks like, also inside the URL of a request."""


class Redact(logging.Formatter):
    """Formats a record, traceback included, and blanks what is secret in the finished text."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        longest_first = sorted({secret for secret in secrets if secret}, key=len, reverse=True)
        self._secrets = re.compile("|".join([*map(re.escape, longest_first), TOKEN.pattern]))

    def format(self, record: logging.LogRecord) -> str:
        """The line to write, secrets replaced by `***`."""
        return self._secrets.sub("***", super().format(record))


def set_up_logging(settings: Settings) -> None:
    """Sends all logging to standard error at the settings' level.

    httpx and httpcore log every request's URL, which holds the token, and telegram what people are told,
    which may quote them: they speak from WARNING on.
    """
    secrets = [
        secret.get_secret_value()
        for secret in (settings.telegram_bot_token, settings.webhook_secret, settings.metrics_token)
        if secret is not None
    ]
    if "@" in settings.database_url.get_secret_value():
        secrets.append(settings.database_url.get_secret_value())
        secrets.append(settings.database_url.get_secret_value().split("@")[0].rsplit(":", 1)[-1])
    handler = logging.StreamHandler()
    handler.setFormatter(Redact(secrets))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for chatty in ("httpx", "httpcore", "aiohttp.access", "alembic", "telegram"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
