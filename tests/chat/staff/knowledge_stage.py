"""A bot whose knowledge an admin changes, played step by step."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.chat.chat import Chat
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.revisions.live import LiveKnowledge
from tests.chat.conftest import Bot

Json = dict[str, Any]


@dataclass
class Stage:
    """The bot, its local Telegram, and who plays. Without a name it is the admin who acts."""

    bot: Bot
    server: PreviewServer
    live: LiveKnowledge
    admin: User
    other_admin: User
    ana: User
    chat: Chat

    async def say(self, text: str, user: User | None = None) -> str:
        """What the bot said last to a text."""
        await self.server.say(user or self.admin, text)
        return await self.settled(user)

    async def send(self, name: str, content: bytes, user: User | None = None) -> str:
        """What the bot said last to a file."""
        await self.server.send_document(
            user or self.admin, name=name, content=content, mime="application/octet-stream"
        )
        return await self.settled(user)

    async def photo(self, content: bytes, caption: str = "") -> str:
        """What the bot said last to a picture."""
        await self.server.send_photo(self.admin, content=content, caption=caption)
        return await self.settled()

    async def press(self, label: str, user: User | None = None, message: Json | None = None) -> str:
        """The pop-up and what the bot said last after a press on the newest message with such a button."""
        where = user or self.admin
        found = message or next(
            each for each in reversed(self.server.sent(where)) if any(label in one for one in labels(each))
        )
        [exact] = [one for one in labels(found) if label in one][:1]
        press = await self.server.press(found, exact, user=where)
        said = await self.settled(user)
        return f"{(press.answer or {}).get('text') or ''}|{said}"

    async def settled(self, user: User | None = None) -> str:
        """The last thing that the bot said, once it has nothing left to say."""
        self.bot.clock.advance(timedelta(seconds=3))  # nobody types faster
        await self.bot.settle()
        return (self.texts(user) or [""])[-1]

    def texts(self, user: User | None = None) -> list[str]:
        """All that the bot said, also below pictures and files."""
        return [text_of(message) for message in self.server.sent(user or self.admin)]

    def buttons(self, user: User | None = None) -> list[str]:
        """The labels below the last message."""
        return labels(self.server.sent(user or self.admin)[-1])

    def files(self) -> list[tuple[str, bytes]]:
        """Name and content of the files that the admin got."""
        documents = [each["document"] for each in self.server.sent(self.admin) if "document" in each]
        contents = [self.server.world.files.get(each["file_id"]) for each in documents]
        return [
            (each["file_name"], content.content)
            for each, content in zip(documents, contents, strict=True)
            if content
        ]

    def live_text(self, name: str) -> str:
        """A file of the live revision."""
        return self.live.files[name].decode()


def labels(message: Json) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def text_of(message: Json) -> str:
    return str(message.get("text") or message.get("caption") or "")
