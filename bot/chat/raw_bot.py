"""python-telegram-bot's Bot, with its methods callable by the name Telegram gives them."""

from typing import Any

from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.settings import Settings

LONG_POLL_SECONDS = 50
"""The longest that Telegram waits in getUpdates."""


class RawBot(ExtBot[None]):
    """Takes and gives plain JSON values, so that a call can wait in the database and no new field is lost."""

    async def raw(self, method: str, params: dict[str, Any], *, read_seconds: float = 20) -> Any:
        """The `result` of a Bot API method. `params` may hold the library's InputFile.

        Raises telegram.error.TelegramError, or KeyError when Telegram answers `ok: false` with status 200.
        """
        return await self._post(method, params, read_timeout=read_seconds)


def make_bot(settings: Settings) -> RawBot:
    """The bot of the settings' token, at the settings' Bot API server. Connects at its first call.

    Raises ValueError when there is no token.
    """
    if settings.telegram_bot_token is None:
        raise ValueError("TELEGRAM_BOT_TOKEN: is missing.")
    return RawBot(
        token=settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url.rstrip('/')}/bot",
        request=HTTPXRequest(
            connection_pool_size=32,
            write_timeout=20,
            media_write_timeout=60,
            connect_timeout=10,
            pool_timeout=10,
        ),
        get_updates_request=HTTPXRequest(connection_pool_size=1, connect_timeout=10),
    )
