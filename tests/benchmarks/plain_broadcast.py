"""A broadcast as python-telegram-bot's users write it: a loop, with the library's own rate limiter.

`python -m tests.benchmarks.plain_broadcast FIRST_CHAT CHATS` also repeats what people write meanwhile.
"""

import asyncio
import sys
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import (
    AIORateLimiter,
    Application,
    ApplicationBuilder,
    CallbackContext,
    MessageHandler,
    filters,
)

from bot.settings import read_settings
from tests.benchmarks.telegram import NEWS

FIRST, CHATS = (int(argument) for argument in sys.argv[1:3])
App = Application[Any, Any, Any, Any, Any, Any]


async def echo(update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
    """Says the same."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


async def broadcast(application: App) -> None:
    """Sends to all, and prints how many failed."""
    sends = (application.bot.send_message(chat_id, NEWS) for chat_id in range(FIRST, FIRST + CHATS))
    results = await asyncio.gather(*sends, return_exceptions=True)
    failed = [result for result in results if isinstance(result, TelegramError)]
    print(f"failed: {len(failed)} {failed[:1]}", file=sys.stderr)


async def begin(application: App) -> None:
    """Beside the polling."""
    asyncio.get_running_loop().call_later(1.0, lambda: application.create_task(broadcast(application)))


def main() -> None:
    """Runs until it is terminated."""
    settings = read_settings(needs_token=True)
    assert settings.telegram_bot_token
    builder = ApplicationBuilder().token(settings.telegram_bot_token.get_secret_value())
    limiter: Any = AIORateLimiter(max_retries=5)  # Any: the library's own types do not fit each other
    builder = builder.base_url(f"{settings.telegram_api_url}/bot").rate_limiter(limiter)
    application = builder.concurrent_updates(True).post_init(begin).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
