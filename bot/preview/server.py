"""A local Bot API server for one bot, and what people do in its chats: for the chat page and tests."""

import asyncio
import itertools
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self

from aiohttp import web

from bot.clock import Clock, system_clock
from bot.preview import people
from bot.preview.api import BODY_BYTES, Api
from bot.preview.faults import Faults
from bot.preview.files import Upload
from bot.preview.ledger import Accepted
from bot.preview.webhook import Sleep
from bot.preview.world import FIRST_USER, Chat, Press, User, World

Json = dict[str, Any]

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105 made up, opens nothing
BOT_USERNAME = "preview_bot"


class PreviewServer:
    """`async with PreviewServer() as server:` listens on 127.0.0.1 and plays Telegram for one bot.

    `server.url` and `server.token` go into the bot's settings. `limits` switches on Telegram's rate limits
    and its protection from hasty polling. `sleep` waits between a webhook's retries.
    """

    def __init__(
        self,
        *,
        clock: Clock = system_clock,
        token: str = TOKEN,
        port: int = 0,
        limits: bool = False,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        bot_id = int(token.partition(":")[0])
        bot = User(bot_id, "Programme assistant", username=BOT_USERNAME, is_bot=True)
        self.world = World(clock=clock, bot=bot, limits=limits, sleep=sleep)
        self.port = port  # 0 until it listens: any free one
        self.app = web.Application(client_max_size=BODY_BYTES)
        self._api = Api(self.world, token)
        self.app.add_routes(self._api.routes())
        self._runner = web.AppRunner(
            self.app, access_log=None, shutdown_timeout=0.5, handler_cancellation=True
        )
        self._site: web.TCPSite | None = None
        self._user_ids = itertools.count(FIRST_USER)

    # Its life

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await self._listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self.world.pusher is not None:
            await self.world.pusher.stop()
        self.world.updates.stop_poll("the server stops")
        await self._runner.cleanup()

    async def _listen(self) -> None:
        self._site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await self._site.start()
        self.port = self._runner.addresses[0][1]

    @asynccontextmanager
    async def unreachable(self) -> AsyncIterator[None]:
        """Nobody can connect, and open connections break, until the block ends."""
        if self._site is not None:
            await self._site.stop()
        for connection in self._runner.server.connections if self._runner.server else ():
            if connection.transport is not None:
                connection.transport.abort()
        await asyncio.sleep(0.01)  # lets callers in this process see their connections break
        try:
            yield
        finally:
            await self._listen()

    @property
    def url(self) -> str:
        """The address to use instead of `https://api.telegram.org`."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        """The bot's token. Set another one to revoke it."""
        return self._api.token

    @token.setter
    def token(self, token: str) -> None:
        self._api.token = token

    # What a test sees and sets

    @property
    def bot(self) -> User:
        """The bot."""
        return self.world.bot

    @property
    def ledger(self) -> list[Accepted]:
        """Every accepted call that shows in a chat, in order."""
        return self.world.ledger

    @property
    def faults(self) -> Faults:
        """The script of what goes wrong."""
        return self.world.faults

    @property
    def next_update_id(self) -> int:
        """The id of the next update; may be set, also lower, as Telegram does after a week of silence."""
        return self.world.updates.next_id

    @next_update_id.setter
    def next_update_id(self, update_id: int) -> None:
        self.world.updates.next_id = update_id

    def messages(self, where: Chat | User | int) -> list[Json]:
        """Copies of all messages of a chat, as the Bot API shows them, the oldest first."""
        return [dict(message) for message in self._chat(where).messages.values()]

    def sent(self, where: Chat | User | int) -> list[Json]:
        """Copies of the bot's own messages in a chat, the oldest first."""
        return [message for message in self.messages(where) if message["from"]["id"] == self.bot.id]

    async def wait_for(
        self,
        where: Chat | User | int,
        n: int = 1,
        timeout: float = 5.0,  # noqa: ASYNC109 a test names its patience
    ) -> list[Json]:
        """Waits until the bot has `n` messages in a chat, and returns its messages.

        Raises TimeoutError, with what there is, after `timeout` seconds.
        """
        try:
            await self.wait_until(lambda: len(self.sent(where)) >= n, timeout)
        except TimeoutError:
            found = [message.get("text") or sorted(message) for message in self.messages(where)]
            raise TimeoutError(
                f"waited {timeout} s for {n} messages of the bot; the chat holds {found}"
            ) from None
        return self.sent(where)

    async def wait_until(
        self,
        condition: Callable[[], bool],
        timeout: float = 5.0,  # noqa: ASYNC109 as above
    ) -> None:
        """Waits until `condition` holds. Raises TimeoutError after `timeout` seconds."""
        with self.world.events.listen() as events:
            async with asyncio.timeout(timeout):
                while not condition():
                    try:
                        await asyncio.wait_for(events.get(), 0.05)
                    except TimeoutError:
                        continue

    # Who there is

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
        self.world.add_user(user).started = started
        return user

    def add_group(
        self, title: str, members: Sequence[User], *, privacy: bool = True, basic: bool = False
    ) -> Chat:
        """A group to which the first member adds the bot; a supergroup unless `basic`."""
        group = self.world.add_group(title, list(members), privacy=privacy, basic=basic)
        self._tell_membership(group, members[0], "left", "member")
        return group

    def block(self, user: User) -> None:
        """The person blocks the bot."""
        user.blocked = True
        self._tell_membership(self._chat(user), user, "member", "kicked")

    def unblock(self, user: User) -> None:
        """The person takes the block back."""
        user.blocked = False
        self._tell_membership(self._chat(user), user, "kicked", "member")

    def remove_from(self, group: Chat, by: User) -> None:
        """Somebody removes the bot from a group."""
        group.kicked = True
        self._tell_membership(group, by, "member", "kicked")

    def migrate(self, group: Chat) -> Chat:
        """A basic group becomes a supergroup, under another id."""
        new = self.world.add_group(group.title or "", group.members, privacy=group.privacy, basic=False)
        group.migrated_to = new.id
        by = group.members[0]
        for chat, note in (
            (group, {"migrate_to_chat_id": new.id}),
            (new, {"migrate_from_chat_id": group.id}),
        ):
            self.world.updates.add("message", dict(self.world.post(chat, by, note)))
        return new

    # What people do

    async def say(
        self, user: User, text: str, chat: Chat | User | int | None = None, reply_to: Json | None = None
    ) -> Json:
        """The person writes a text, in the private chat unless `chat` names a group."""
        return self._send(user, people.written(text), chat, reply_to)

    async def send_sticker(self, user: User, chat: Chat | None = None) -> Json:
        """The person sends a sticker."""
        return self._send(user, people.sticker(self.world.files), chat)

    async def send_voice(self, user: User, chat: Chat | None = None) -> Json:
        """The person sends a voice message."""
        return self._send(user, people.voice(self.world.files), chat)

    async def send_photo(
        self, user: User, chat: Chat | None = None, *, content: bytes | None = None, caption: str = ""
    ) -> Json:
        """The person sends a photo."""
        return self._send(user, people.photo(self.world.files, content, caption), chat)

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
        file = self.world.files.add("document", Upload(content, name, mime))
        return self._send(user, people.document(file, caption), chat)

    async def send_location(
        self, user: User, chat: Chat | None = None, *, latitude: float = 37.5665, longitude: float = 126.978
    ) -> Json:
        """The person sends where they are."""
        return self._send(user, {"location": {"latitude": latitude, "longitude": longitude}}, chat)

    async def edit(self, message: Json, text: str) -> Json:
        """The person who wrote `message` changes its text."""
        chat = self._chat(message["chat"]["id"])
        stored = chat.messages[message["message_id"]]
        self.world.revise(chat, stored, people.written(text), drop=("entities",))
        if people.seen_by_bot(chat, stored, self.bot):
            self.world.updates.add("edited_message", dict(stored))
        return dict(stored)

    async def press(
        self, message: Json, label: str = "", *, user: User | None = None, data: str | None = None
    ) -> Press:
        """Somebody presses the button `label` of the message as given; `data` forges what it sends.

        Raises LookupError when the message has no such button.
        """
        chat = self._chat(message["chat"]["id"])
        user = user or chat.members[0]
        if data is None:
            data = _data_of(message, label)
        press = Press(str(secrets.randbits(63)), user, chat, self.world.clock().timestamp())
        self.world.presses[press.id] = press
        gone = {"chat": chat.as_json(), "message_id": message["message_id"], "date": 0}
        query = {
            "id": press.id,
            "from": user.as_json(),
            "message": dict(chat.messages.get(message["message_id"], gone)),
            "chat_instance": str(abs(chat.id)),
            "data": data,
        }
        self.world.updates.add("callback_query", query)
        return press

    async def ask_inline(self, user: User, text: str) -> str:
        """The person types the bot's name and `text` in some chat. Returns the query's id.

        The bot's results appear in `server.world.inline_answers`.
        """
        query_id = str(secrets.randbits(63))
        self.world.inline_answers[query_id] = None
        self.world.updates.add(
            "inline_query", {"id": query_id, "from": user.as_json(), "query": text, "offset": ""}
        )
        return query_id

    def inject(self, update: Json) -> Json:
        """Queues a raw update as it is, well-formed or not; it gets an update_id if it has none."""
        return self.world.updates.inject(update)

    def _send(
        self, user: User, content: Json, where: Chat | User | int | None, reply_to: Json | None = None
    ) -> Json:
        chat = self._chat(user if where is None else where)
        if chat.type == "private":
            if user.blocked:
                self.unblock(user)
            chat.started = True
        reply = {} if reply_to is None else {"reply_to_message": reply_to}
        message = self.world.post(chat, user, {**content, **reply})
        if people.seen_by_bot(chat, message, self.bot):
            self.world.updates.add("message", dict(message))
        return dict(message)

    def _chat(self, where: Chat | User | int) -> Chat:
        return self.world.chats[where if isinstance(where, int) else where.id]

    def _tell_membership(self, chat: Chat, by: User, old: str, new: str) -> None:
        change = people.chat_member_change(chat, by, self.bot, date=self.world.unix_time, old=old, new=new)
        self.world.updates.add("my_chat_member", change)


def _data_of(message: Json, label: str) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    labels = {button["text"]: button.get("callback_data") for row in rows for button in row}
    data = labels.get(label)
    if data is None:
        raise LookupError(f"no button {label!r} that calls the bot; there are {sorted(labels)}")
    return str(data)
