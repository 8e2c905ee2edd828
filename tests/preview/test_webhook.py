"""The webhook's pusher: secret, order per chat, retries, and that it takes turns with getUpdates."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from telegram import Bot
from telegram.error import Conflict

from bot.preview.server import PreviewServer
from bot.preview.webhook import chat_of
from bot.preview.world import User


class Receiver:
    """A webhook that answers as told and notes what it got."""

    def __init__(self) -> None:
        self.url = ""
        self.got: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answer: Callable[[dict[str, Any]], web.Response] = lambda _: web.Response()

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.got.append(update)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return self.answer(update)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


class Sleeps:
    """Waits that end at once and are noted."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture
def sleeps() -> Sleeps:
    return Sleeps()


@pytest_asyncio.fixture
async def server(sleeps: Sleeps) -> AsyncIterator[PreviewServer]:
    async with PreviewServer(sleep=sleeps) as server:
        yield server


async def test_updates_are_pushed_with_the_secret(
    server: PreviewServer, bot: Bot, linh: User, receiver: Receiver
) -> None:
    await server.say(linh, "waited")
    await bot.set_webhook(receiver.url, secret_token="s3cret")
    await server.say(linh, "came")
    await server.wait_until(lambda: receiver.texts == ["waited", "came"])
    assert receiver.secrets == ["s3cret", "s3cret"]
    await server.wait_until(lambda: server.world.updates.waiting() == [])


async def test_a_refused_update_comes_again_and_holds_back_only_its_own_chat(
    server: PreviewServer, bot: Bot, linh: User, receiver: Receiver, sleeps: Sleeps
) -> None:
    other = server.add_user("Sok")
    failures = iter([503, 500, 302])

    def answer(update: dict[str, Any]) -> web.Response:
        mine = update["message"]["text"] == "first"
        return web.Response(status=next(failures, 200) if mine else 200)

    receiver.answer = answer
    await bot.set_webhook(receiver.url)
    for user, text in ((linh, "first"), (linh, "second"), (other, "other")):
        await server.say(user, text)
    await server.wait_until(lambda: len(receiver.got) == 6)
    assert [text for text in receiver.texts if text != "other"] == ["first"] * 4 + ["second"]
    assert receiver.texts.index("other") < receiver.texts.index("second")
    assert sleeps.seconds == [1, 2, 4]


async def test_waits_grow_to_a_minute_or_two_and_the_bots_own_wish_is_kept(
    server: PreviewServer, bot: Bot, linh: User, receiver: Receiver, sleeps: Sleeps
) -> None:
    receiver.answer = lambda _: web.Response(status=200 if len(receiver.got) > 10 else 500)
    await bot.set_webhook(receiver.url)
    await server.say(linh, "x")
    await server.wait_until(lambda: server.world.updates.waiting() == [])
    assert sleeps.seconds[:6] == [1, 2, 4, 8, 16, 32]
    assert all(60 <= seconds <= 120 for seconds in sleeps.seconds[7:])
    receiver.answer = lambda _: web.Response(
        status=200 if len(receiver.got) > 13 else 503, headers={"Retry-After": "7"}
    )
    await server.say(linh, "y")
    await server.wait_until(lambda: server.world.updates.waiting() == [])
    assert sleeps.seconds[10:] == [7, 7]


async def test_a_receiver_that_is_away_gets_everything_later(
    server: PreviewServer, bot: Bot, linh: User, receiver: Receiver
) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await server.say(linh, "x")
    pusher = server.world.pusher
    assert pusher is not None
    await server.wait_until(lambda: pusher.last_error is not None)
    info = await bot.get_webhook_info()
    assert info.pending_update_count == 1
    assert info.last_error_message is not None and "Connection failed" in info.last_error_message
    await bot.set_webhook(receiver.url)
    await server.wait_until(lambda: receiver.texts == ["x"])


async def test_asking_conflicts_with_a_webhook_until_it_is_deleted(
    server: PreviewServer, bot: Bot, linh: User, receiver: Receiver
) -> None:
    receiver.answer = lambda _: web.Response(status=500)
    await bot.set_webhook(receiver.url, max_connections=3)
    assert (await bot.get_webhook_info()).max_connections == 3
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await server.say(linh, "x")
    await server.wait_until(lambda: bool(receiver.got))
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    assert len(await bot.get_updates()) == 1


async def test_setting_a_webhook_ends_a_waiting_poll(
    server: PreviewServer, bot: Bot, receiver: Receiver
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await server.wait_until(lambda: server.world.updates.polled)
    await bot.set_webhook(receiver.url)
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll


async def test_pending_updates_may_be_dropped(server: PreviewServer, bot: Bot, linh: User) -> None:
    await server.say(linh, "x")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        ({"update_id": 1, "message": {"chat": {"id": -5}, "from": {"id": 7}}}, -5),
        ({"update_id": 1, "callback_query": {"from": {"id": 7}, "message": {"chat": {"id": -5}}}}, -5),
        ({"update_id": 1, "inline_query": {"from": {"id": 7}}}, 7),
        ({"update_id": 1, "message": {"date": "x"}}, 0),
        ({"update_id": 1, "message": None, "callback_query": {"message": "x"}}, 0),
    ],
)
def test_the_chat_of_an_update(update: dict[str, Any], chat: int) -> None:
    assert chat_of(update) == chat
