"""People who use the bot: they join, write, press, edit, block. Each doing becomes an update for the bot."""

import itertools
import secrets
from collections.abc import Sequence
from typing import Any

from bot.preview import contents
from bot.preview.files import Upload
from bot.preview.world import FIRST_USER, Chat, Press, User, World

Json = dict[str, Any]


class People:
    """Everybody but the bot. Messages go in and come out as the Bot API shows them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._user_ids = itertools.count(FIRST_USER)

    def add_user(
        self,
        first_name: str = "Linh",
        *,
        language_code: str | None = "en",
        last_name: str | None = None,
        username: str | None = None,
        started: bool = False,
    ) -> User:
        """A person. `started` says that they wrote to the bot before, so that it may write to them."""
        user = User(next(self._user_ids), first_name, last_name, username, language_code)
        self._world.add_user(user).started = started
        return user

    def add_group(
        self, title: str, members: Sequence[User], *, privacy: bool = True, basic: bool = False
    ) -> Chat:
        """A group to which the first member adds the bot; a supergroup unless `basic`."""
        group = self._world.add_group(title, list(members), privacy=privacy, basic=basic)
        self._tell_membership(group, members[0], "left", "member")
        return group

    def open_topics(self, group: Chat) -> None:
        """A group gets topics."""
        group.forum = True

    def delete_topic(self, group: Chat, thread: int) -> None:
        """Somebody deletes a topic with all that is in it."""
        del group.topics[thread]
        for message in list(group.messages.values()):
            if message.get("message_thread_id") == thread:
                self._world.remove(group, message["message_id"])

    def block(self, user: User) -> None:
        """The person blocks the bot."""
        user.blocked = True
        self._tell_membership(self._world.chat(user), user, "member", "kicked")

    def unblock(self, user: User) -> None:
        """The person takes the block back."""
        user.blocked = False
        self._tell_membership(self._world.chat(user), user, "kicked", "member")

    def remove_from(self, group: Chat, by: User) -> None:
        """Somebody removes the bot from a group."""
        group.kicked = True
        self._tell_membership(group, by, "member", "kicked")

    def migrate(self, group: Chat) -> Chat:
        """A basic group becomes a supergroup, under another id."""
        new = self._world.add_group(group.title or "", group.members, privacy=group.privacy, basic=False)
        group.migrated_to = new.id
        by = group.members[0]
        for chat, note in (
            (group, {"migrate_to_chat_id": new.id}),
            (new, {"migrate_from_chat_id": group.id}),
        ):
            self._world.updates.add("message", dict(self._world.post(chat, by, note)))
        return new

    async def say(
        self, user: User, text: str, chat: Chat | User | int | None = None, reply_to: Json | None = None
    ) -> Json:
        """The person writes a text, in the private chat unless `chat` names a group."""
        return self._send(user, contents.written(text), chat, reply_to)

    async def send_sticker(self, user: User, chat: Chat | None = None) -> Json:
        """The person sends a sticker."""
        return self._send(user, contents.sticker(self._world.files), chat)

    async def send_voice(self, user: User, chat: Chat | None = None) -> Json:
        """The person sends a voice message."""
        return self._send(user, contents.voice(self._world.files), chat)

    async def send_photo(
        self,
        user: User,
        chat: Chat | None = None,
        *,
        content: bytes | None = None,
        caption: str = "",
        reply_to: Json | None = None,
    ) -> Json:
        """The person sends a photo."""
        return self._send(user, contents.photo(self._world.files, content, caption), chat, reply_to)

    async def send_album(
        self, user: User, pictures: Sequence[bytes | None], chat: Chat | None = None, *, caption: str = ""
    ) -> list[Json]:
        """The person sends photos as one album: an update for each; the caption stands under the first."""
        album = {"media_group_id": str(secrets.randbelow(10**17) + 10**17)}
        return [
            self._send(
                user,
                {**contents.photo(self._world.files, picture, "" if number else caption), **album},
                chat,
            )
            for number, picture in enumerate(pictures)
        ]

    async def forward(self, user: User, message: Json, chat: Chat | User | int | None = None) -> Json:
        """The person forwards a message that somebody wrote."""
        left_out = {"message_id", "from", "chat", "date", "reply_to_message", "reply_markup", "edit_date"}
        content = {name: value for name, value in message.items() if name not in left_out}
        origin = {"type": "user", "date": message["date"], "sender_user": message["from"]}
        return self._send(user, {**content, "forward_origin": origin}, chat)

    async def send_document(
        self,
        user: User,
        chat: Chat | None = None,
        *,
        content: bytes = b"A file.",
        name: str = "file.txt",
        mime: str = "text/plain",
        caption: str = "",
    ) -> Json:
        """The person sends a file."""
        file = self._world.files.add("document", Upload(content, name, mime))
        return self._send(user, contents.document(file, caption), chat)

    async def send_location(
        self, user: User, chat: Chat | None = None, *, latitude: float = 37.5665, longitude: float = 126.978
    ) -> Json:
        """The person sends where they are."""
        return self._send(user, {"location": {"latitude": latitude, "longitude": longitude}}, chat)

    async def edit(self, message: Json, text: str) -> Json:
        """The person who wrote `message` changes its text."""
        chat = self._world.chat(message["chat"]["id"])
        stored = chat.messages[message["message_id"]]
        self._world.revise(chat, stored, contents.written(text), drop=("entities",))
        if contents.seen_by_bot(chat, stored, self._world.bot):
            self._world.updates.add("edited_message", dict(stored))
        return dict(stored)

    async def press(
        self, message: Json, label: str = "", *, user: User | None = None, data: str | None = None
    ) -> Press:
        """Somebody presses the button `label` of the message as given; `data` forges what it sends.

        Raises LookupError when the message has no such button.
        """
        chat = self._world.chat(message["chat"]["id"])
        user = user or chat.members[0]
        if data is None:
            data = _data_of(message, label)
        press = Press(str(secrets.randbits(63)), user, chat, self._world.clock().timestamp())
        self._world.presses[press.id] = press
        gone = {"chat": chat.as_json(), "message_id": message["message_id"], "date": 0}
        query = {
            "id": press.id,
            "from": user.as_json(),
            "message": dict(chat.messages.get(message["message_id"], gone)),
            "chat_instance": str(abs(chat.id)),
            "data": data,
        }
        self._world.updates.add("callback_query", query)
        return press

    async def ask_inline(self, user: User, text: str) -> str:
        """The person types the bot's name and `text` in some chat. Returns the query's id.

        The bot's results appear in `server.world.inline_answers`.
        """
        query_id = str(secrets.randbits(63))
        self._world.inline_answers[query_id] = None
        self._world.updates.add(
            "inline_query", {"id": query_id, "from": user.as_json(), "query": text, "offset": ""}
        )
        return query_id

    def _send(
        self, user: User, content: Json, where: Chat | User | int | None, reply_to: Json | None = None
    ) -> Json:
        chat = self._world.chat(user if where is None else where)
        if chat.type == "private":
            if user.blocked:
                self.unblock(user)
            chat.started = True
        reply = {} if reply_to is None else {"reply_to_message": reply_to, **_topic_of(reply_to)}
        message = self._world.post(chat, user, {**content, **reply})
        if contents.seen_by_bot(chat, message, self._world.bot):
            self._world.updates.add("message", dict(message))
        return dict(message)

    def _tell_membership(self, chat: Chat, by: User, old: str, new: str) -> None:
        change = contents.chat_member_change(
            chat, by, self._world.bot, date=self._world.unix_time, old=old, new=new
        )
        self._world.updates.add("my_chat_member", change)


def _topic_of(message: Json) -> Json:
    names = ("message_thread_id", "is_topic_message")
    return {name: message[name] for name in names if name in message}


def _data_of(message: Json, label: str) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    labels = {button["text"]: button.get("callback_data") for row in rows for button in row}
    data = labels.get(label)
    if data is None:
        raise LookupError(f"no button {label!r} that calls the bot; there are {sorted(labels)}")
    return str(data)
