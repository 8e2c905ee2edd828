"""The state of one bot's Telegram in memory: people, chats, messages, files and the bot's profile."""

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.clock import Clock
from bot.preview.events import Events
from bot.preview.faults import Faults
from bot.preview.files import FileStore
from bot.preview.ledger import Accepted
from bot.preview.limits import RateLimits
from bot.preview.params import Params
from bot.preview.updates import UpdateQueue
from bot.preview.webhook import Pusher, Sleep

Json = dict[str, Any]

FIRST_USER = 7_000_000_001  # beyond 32 bits, as real ids are
FIRST_GROUP = -1_002_000_000_001
FIRST_BASIC_GROUP = -4_000_000_001


@dataclass(slots=True)
class User:
    """A person, or the bot itself."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    blocked: bool = False  # has blocked the bot
    deactivated: bool = False

    def as_json(self) -> Json:
        """The User object of the Bot API."""
        fields = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return {name: value for name, value in fields.items() if value is not None}


@dataclass(slots=True)
class Chat:
    """A private chat with the bot, or a group the bot is in."""

    id: int
    type: str  # private, group or supergroup
    members: list[User]
    ids: Iterator[int]  # of messages; private chats and basic groups share one counter
    title: str | None = None
    privacy: bool = True  # the bot sees only what is meant for it; groups only
    started: bool = False  # the person has written to the bot; private chats only
    kicked: bool = False  # the bot was removed
    migrated_to: int | None = None
    forum: bool = False  # has topics; supergroups only
    topics: dict[int, str] = field(default_factory=dict)  # names by the id of the message that opened them
    messages: dict[int, Json] = field(default_factory=dict)  # as the Bot API shows them, by message_id
    pinned: list[int] = field(default_factory=list)

    def as_json(self) -> Json:
        """The Chat object of the Bot API."""
        if self.type == "private":
            user = self.members[0].as_json()
            names: Json = {
                name: user[name] for name in ("first_name", "last_name", "username") if name in user
            }
            return {**names, "id": self.id, "type": self.type}
        forum = {"is_forum": True} if self.forum else {}
        return {"id": self.id, "type": self.type, "title": self.title, **forum}


@dataclass(slots=True)
class Press:
    """A button somebody pressed, and the bot's answer to it."""

    id: str
    user: User
    chat: Chat
    at: float  # unix time
    answer: Json | None = None


@dataclass(slots=True)
class Profile:
    """What the bot told Telegram about itself, by language and scope."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)  # (scope as JSON, language)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)


class World:
    """Everything that one bot and its people share."""

    def __init__(self, *, clock: Clock, bot: User, limits: bool, sleep: Sleep) -> None:
        self.clock = clock
        self.bot = bot
        self.events = Events()
        self.updates = UpdateQueue(clock, protective=limits)
        self.sleep = sleep  # between the pusher's attempts
        self.pusher: Pusher | None = None  # while a webhook is set
        self.limits = RateLimits(enabled=limits)
        self.faults = Faults()
        self.files = FileStore()
        self.ledger: list[Accepted] = []
        self.profile = Profile()
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.inline_answers: dict[str, list[Json] | None] = {}  # None while a query waits
        self.inline_buttons: dict[str, Json] = {}  # shown above the answers, by query
        self._shared_ids = itertools.count(1)

    @property
    def unix_time(self) -> int:
        """The present second."""
        return int(self.clock().timestamp())

    def add_user(self, user: User) -> Chat:
        """A person, with the private chat that they may start."""
        self.users[user.id] = user
        chat = Chat(user.id, "private", [user], self._shared_ids)
        self.chats[chat.id] = chat
        self.events.publish("chats")
        return chat

    def add_group(self, title: str, members: list[User], *, privacy: bool, basic: bool) -> Chat:
        """A group with the bot in it; a supergroup, which has its own message ids, unless `basic`."""
        number = sum(chat.type != "private" for chat in self.chats.values())
        if basic:
            chat = Chat(FIRST_BASIC_GROUP - number, "group", members, self._shared_ids, title, privacy)
        else:
            chat = Chat(FIRST_GROUP - number, "supergroup", members, itertools.count(1), title, privacy)
        self.chats[chat.id] = chat
        self.events.publish("chats")
        return chat

    def chat(self, where: Chat | User | int) -> Chat:
        """A chat by itself, by its id, or by the person whose private chat it is."""
        return self.chats[where if isinstance(where, int) else where.id]

    def post(self, chat: Chat, sender: User, content: Json) -> Json:
        """Puts a message into a chat and returns it as the Bot API shows it."""
        message = {
            "message_id": next(chat.ids),
            "from": sender.as_json(),
            "chat": chat.as_json(),
            "date": self.unix_time,
            **content,
        }
        chat.messages[message["message_id"]] = message
        self.events.publish("message", chat_id=chat.id, message=message)
        return message

    def revise(self, chat: Chat, message: Json, content: Json, *, drop: tuple[str, ...] = ()) -> Json:
        """Changes a message in place; the names in `drop` go unless `content` sets them."""
        for name in drop:
            message.pop(name, None)
        message.update(content)
        message["edit_date"] = self.unix_time
        self.events.publish("edited", chat_id=chat.id, message=message)
        return message

    def remove(self, chat: Chat, message_id: int) -> None:
        """Deletes a message for everybody."""
        del chat.messages[message_id]
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
        self.events.publish("deleted", chat_id=chat.id, message_id=message_id)

    def wipe(self) -> None:
        """Forgets everything but the people and the groups. Message ids go on."""
        for chat in self.chats.values():
            chat.messages.clear()
            chat.pinned.clear()
            chat.started = False
        self.updates.clear()
        self.presses.clear()
        self.inline_answers.clear()
        self.inline_buttons.clear()
        self.ledger.clear()
        self.files.forget()
        self.profile = Profile()
        self.events.publish("reset")

    def enter(self, method: str, chat: Chat, messages: list[Json], params: Params) -> None:
        """Writes an accepted call into the ledger."""
        self.ledger.append(
            Accepted(
                method=method,
                chat_id=chat.id,
                message_ids=tuple(message["message_id"] for message in messages),
                text="\n".join(text for m in messages if (text := m.get("text") or m.get("caption") or "")),
                files=tuple(digest for message in messages for digest in self._files_in(message)),
                uploaded=sum(len(upload.content) for upload in params.uploads.values()),
                params=dict(params.values),
                moment=self.clock(),
                seconds=time.monotonic(),
            )
        )

    def _files_in(self, message: Json) -> Iterator[str]:
        shown = [*message.get("photo", [])[-1:], *([message["document"]] if "document" in message else [])]
        for item in shown:
            if file := self.files.get(item["file_id"]):
                yield file.sha256
