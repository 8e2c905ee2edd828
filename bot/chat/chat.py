"""What the composition root needs of Telegram: handle an update, perform a call, judge an error."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.assistant.assistant import Assistant
from bot.chat.raw_bot import RawBot
from bot.clock import Clock
from bot.outbox.call import Call
from bot.settings import Settings

Writes = Callable[[AsyncConnection], Awaitable[None]]
"""What an update changes in the database; committed together with the update's 'done'."""


class Chat:
    """Talks to Telegram through one bot. `assistant` returns the live assistant, which may be swapped."""

    def __init__(
        self,
        bot: RawBot,
        assistant: Callable[[], Assistant],
        engine: AsyncEngine,
        clock: Clock,
        settings: Settings,
    ) -> None:
        raise NotImplementedError

    async def start(self) -> None:
        """Asks Telegram who the bot is and registers its commands. Raises what `classify` understands."""
        raise NotImplementedError

    async def stop(self) -> None:
        """Closes the connections."""
        raise NotImplementedError

    async def get_updates(self, offset: int | None, timeout_seconds: int) -> list[dict[str, Any]]:
        """Raw updates from `offset` on, waiting up to `timeout_seconds` for the first."""
        raise NotImplementedError

    async def set_webhook(self, url: str, secret: str) -> None:
        """Has Telegram call `url` with `secret` in its header."""
        raise NotImplementedError

    async def delete_webhook(self) -> None:
        """Back to polling; what waits at Telegram stays."""
        raise NotImplementedError

    async def handle(self, update: Mapping[str, Any]) -> Writes:
        """Computes everything that a raw update leads to, and returns what to commit."""
        raise NotImplementedError

    async def perform(self, call: Call) -> list[int]:
        """Sends one call and returns the ids of the messages it made or edited."""
        raise NotImplementedError

    async def in_doubt_notice(self, update: Mapping[str, Any]) -> list[Call]:
        """For an update whose answer may or may not have arrived: one line, and a button that asks again."""
        raise NotImplementedError

    async def apology(self, update: Mapping[str, Any], reference: str) -> list[Call]:
        """For an update that could not be handled: one line with the reference of the log's record."""
        raise NotImplementedError
