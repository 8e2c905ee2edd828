"""Finds the handler of an update with the library's Application, and lets out what the handler raises."""

from collections.abc import Awaitable, Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, CallbackContext

from bot.chat.handlers import Handlers
from bot.chat.raw_bot import RawBot
from bot.chat.staff.feature import Act

Context = CallbackContext[Any, Any, Any, Any]
Perform = Callable[[Act], Awaitable[None]]
"""Does what a handler is there for."""


@dataclass(slots=True)
class _Handling:
    """One update on its way through the Application, which by itself raises nothing."""

    perform: Perform
    error: Exception | None = None


_HANDLING: ContextVar[_Handling] = ContextVar("handling")


class Dispatcher:
    """The Application with its handlers. Its updater, job queue and persistence are not used."""

    def __init__(self, bot: RawBot, handlers: Handlers) -> None:
        application = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
        application.add_handlers(handlers.in_order(_callback))
        application.add_error_handler(_note)
        self._application: Application[Any, Any, Any, Any, Any, Any] = application

    async def start(self) -> None:
        """Asks Telegram who the bot is. Raises telegram.error.TelegramError; may be tried again."""
        await self._application.initialize()

    async def dispatch(self, update: Update, perform: Perform) -> None:
        """Gives `perform` what the first handler that fits does. Raises what that raises."""
        handling = _Handling(perform)
        _HANDLING.set(handling)
        await self._application.process_update(update)
        if handling.error:
            raise handling.error


def _callback(act: Act) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    async def callback(_update: Update, _context: Context) -> None:
        await _HANDLING.get().perform(act)

    return callback


async def _note(_update: object, context: Context) -> None:
    _HANDLING.get().error = context.error
