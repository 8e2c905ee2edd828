"""An organizer, some participants and everything that announcements need, run step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.broadcasts.loop import Broadcasting
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import Press, User
from bot.store import broadcasts
from bot.store.broadcasts import BroadcastRow
from tests.chat.conftest import Bot

Json = dict[str, Any]


@dataclass
class Stage:
    """Who is there, and what they do."""

    bot: Bot
    server: PreviewServer
    loop: Broadcasting
    host_clock: SettableClock
    olivia: User  # an organizer
    people: Sequence[User]  # participants who have written to the bot

    async def say(self, user: User, text: str) -> list[Json]:
        """Writes, and returns what the bot has sent to that person since."""
        before = len(self.server.sent(user))
        await self.server.say(user, text)
        await self.settle()
        return self.server.sent(user)[before:]

    async def settle(self) -> None:
        """Handles and sends everything, and lets the loop look once."""
        await self.bot.settle()
        await self.loop.look()
        await self.bot.send()

    async def later(self, seconds: float) -> None:
        """Some seconds of the host go by."""
        self.host_clock.advance(timedelta(seconds=seconds))
        await self.settle()

    def card(self, user: User | None = None) -> Json:
        """The last message of the bot that has buttons of an announcement."""
        return next(
            message
            for message in reversed(self.server.sent(user or self.olivia))
            if any(data.startswith("bc:") for data in actions(message))
        )

    async def press(self, label: str, *, on: Json | None = None, user: User | None = None) -> Press:
        """Presses the button whose label begins so."""
        message = on or self.card(user)
        press = await self.server.press(message, full_label(message, label), user=user)
        await self.settle()
        return press

    async def broadcasts(self) -> list[BroadcastRow]:
        """All announcements, the oldest first."""
        rows = await self.bot.database.read(lambda connection: broadcasts.latest(connection, 100))
        return rows[::-1]

    def received(self, user: User) -> list[str]:
        """The words of all messages that the bot has sent to somebody."""
        return [message.get("text") or message.get("caption") or "" for message in self.server.sent(user)]

    async def announce(self, text: str, *presses: str) -> None:
        """Sends a text to everybody after pressing some buttons of its card."""
        await self.say(self.olivia, f"/broadcast {text}")
        for label in (*presses, "📣 Send", "Yes"):
            await self.press(label)


def labels(message: Json) -> list[str]:
    """What stands on the buttons of a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def actions(message: Json) -> list[str]:
    """What the buttons of a message do."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button.get("callback_data", "") for row in rows for button in row]


def full_label(message: Json, label: str) -> str:
    """The whole label of the button that begins with `label`."""
    found = [each for each in labels(message) if each.startswith(label)]
    if not found:
        raise LookupError(f"no button {label!r} among {labels(message)}")
    return found[0]
