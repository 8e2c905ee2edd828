"""People write and press, everything is handled and sent, and they read what came last."""

from datetime import timedelta
from typing import Any

from bot.preview.server import PreviewServer
from bot.preview.world import User
from tests.chat.conftest import Bot

Json = dict[str, Any]


async def say(bot: Bot, server: PreviewServer, user: User, text: str) -> Json:
    """Writes in private; the last message that the person has then."""
    bot.clock.advance(timedelta(seconds=3))  # nobody types faster
    await server.say(user, text)
    await bot.settle()
    return server.sent(user)[-1]


async def press(bot: Bot, server: PreviewServer, user: User, label: str, data: str | None = None) -> Json:
    """Presses the button of the last message whose label holds `label`; `data` forges what it sends."""
    bot.clock.advance(timedelta(seconds=3))
    message = server.sent(user)[-1]
    full = next((each for each in labels(message) if label in each), label)
    await server.press(message, full, user=user, data=data)
    await bot.settle()
    return server.sent(user)[-1]


def labels(message: Json) -> list[str]:
    """The labels of a message's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]
