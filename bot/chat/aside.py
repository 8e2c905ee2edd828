"""Calls that nobody misses, sent at once: 'typing…', a button's end, a list to pick from."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from bot.chat.raw_bot import RawBot

logger = logging.getLogger(__name__)

_MOST_TYPING = 8  # at once; under load the answers need the connections more
_LAST_SECONDS = 2.0  # for the calls under way when the bot stops


class Aside:
    """Makes such calls beside the handling of an update."""

    def __init__(self, bot: RawBot) -> None:
        self._bot = bot
        self._under_way: set[asyncio.Task[None]] = set()

    def typing(self, chat_id: int, thread: Mapping[str, Any]) -> None:
        """Shows 'typing…' in a chat."""
        if len(self._under_way) < _MOST_TYPING:
            self._start("sendChatAction", {"chat_id": chat_id, "action": "typing", **thread})

    def end_press(self, press_id: str, text: str | None = None) -> None:
        """Ends the spinner of a pressed button, with at most 200 characters in a pop-up."""
        self._start(
            "answerCallbackQuery", {"callback_query_id": press_id, "text": text, "show_alert": bool(text)}
        )

    def answer_inline(
        self, query_id: str, results: Sequence[Mapping[str, Any]], seconds: int, opening: str = ""
    ) -> None:
        """Shows a list to who is typing; Telegram may show it to them again for so many seconds.

        With `opening`, a button of that label above it opens the private chat.
        """
        params: dict[str, Any] = {
            "inline_query_id": query_id,
            "results": list(results),
            "cache_time": seconds,
        }
        if opening:
            params["button"] = {"text": opening, "start_parameter": "inline"}
        self._start("answerInlineQuery", {**params, "is_personal": True})

    async def stop(self) -> None:
        """Waits a moment for the calls under way."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=_LAST_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _start(self, method: str, params: dict[str, Any]) -> None:
        task = asyncio.create_task(self._call(method, params))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _call(self, method: str, params: dict[str, Any]) -> None:
        try:
            await self._bot.raw(method, params)
        except Exception as error:  # whatever it is: the answer itself goes another way
            logger.debug("%s failed. %s", method, error)
