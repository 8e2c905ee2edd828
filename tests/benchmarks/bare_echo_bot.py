"""The smallest bot that python-telegram-bot makes: it repeats what people write. Remembers nothing.

`python -m tests.benchmarks.bare_echo_bot [AT_ONCE]`: how many updates it handles at the same time (default 1,
as the library does by itself).
"""

import sys
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, CallbackContext, MessageHandler, filters

from bot.settings import read_settings


async def echo(update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
    """Says the same."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Runs until it is terminated."""
    settings = read_settings(needs_token=True)
    assert settings.telegram_bot_token
    builder = ApplicationBuilder().token(settings.telegram_bot_token.get_secret_value())
    builder = builder.base_url(f"{settings.telegram_api_url}/bot")
    application = builder.concurrent_updates(int(sys.argv[1]) if len(sys.argv) > 1 else False).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
