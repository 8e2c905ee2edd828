"""A local Bot API server for one bot, for the chat page and for tests of the whole bot."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Self

from aiohttp import web

from bot.clock import Clock, system_clock
from bot.preview.api import BODY_BYTES, Api
from bot.preview.faults import Faults
from bot.preview.ledger import Accepted
from bot.preview.people import People
from bot.preview.webhook import Sleep
from bot.preview.world import Chat, User, World

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
        self._play(People(self.world))

    def _play(self, people: People) -> None:
        """Lends out what people do: `await server.say(user, "hello")`. Each is described in `People`."""
        self.add_user, self.add_group, self.migrate = people.add_user, people.add_group, people.migrate
        self.block, self.unblock, self.remove_from = people.block, people.unblock, people.remove_from
        self.open_topics, self.delete_topic = people.open_topics, people.delete_topic
        self.say, self.edit, self.press = people.say, people.edit, people.press
        self.send_photo, self.send_document = people.send_photo, people.send_document
        self.send_album, self.forward = people.send_album, people.forward
        self.send_sticker, self.send_voice = people.send_sticker, people.send_voice
        self.send_location, self.ask_inline = people.send_location, people.ask_inline
        self.inject = self.world.updates.inject

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
        return [dict(message) for message in self.world.chat(where).messages.values()]

    def sent(self, where: Chat | User | int) -> list[Json]:
        """Copies of the bot's own messages in a chat, the oldest first."""
        return [message for message in self.messages(where) if message["from"]["id"] == self.bot.id]

    async def wait_for(
        self,
        where: Chat | User | int,
        n: int = 1,
        timeout: float = 20.0,  # noqa: ASYNC109 a test names its patience
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
        timeout: float = 20.0,  # noqa: ASYNC109 as above
    ) -> None:
        """Waits until `condition` holds. Raises TimeoutError after `timeout` seconds."""
        with self.world.events.listen() as events:
            async with asyncio.timeout(timeout):
                while not condition():
                    try:
                        await asyncio.wait_for(events.get(), 0.05)
                    except TimeoutError:
                        continue
