"""python-telegram-bot's Bot, with its methods callable by the name Telegram gives them."""

from typing import Any

from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.settings import Settings


class RawBot(ExtBot[None]):
    """Takes and gives plain JSON values, so that a call can wait in the database and no new field is lost."""

    @property
    def id(self) -> int:
        """The bot's id, which its token begins with: known before Telegram has said anything."""
        return int(self.token.partition(":")[0])

    async def raw(self, method: str, params: dict[str, Any]) -> Any:
        """The `result` of a Bot API method. `params` may hold the library's InputFile.

        Raises telegram.error.TelegramError, or KeyError when Telegram answers `ok: false` with status 200.
        """
        return await self._post(method, params)

    async def shutdown(self) -> None:
        """Closes the connections, also those of a bot that Telegram never answered."""
        await super().shutdown()
        await self.request.shutdown()


def make_bot(settings: Settings) -> RawBot:
    """The bot of the settings' token, at the settings' Bot API server. Connects at its first call.

    Raises ValueError when there is no token.
    """
    if settings.telegram_bot_token is None:
        raise ValueError("TELEGRAM_BOT_TOKEN: is missing.")
    return RawBot(
        token=settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url.rstrip('/')}/bot",
        base_file_url=f"{settings.telegram_api_url.rstrip('/')}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=32,
            read_timeout=20,
            write_timeout=20,
            media_write_timeout=60,
            connect_timeout=10,
            pool_timeout=10,
        ),
    )
