import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import pytest
from aiohttp import web

from bot.web.polling import Poller, TokenRefusedError

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _updates(*ids: object) -> Answer:
    return _json({"ok": True, "result": [{"update_id": update_id} for update_id in ids]})


def _json(content: object, status: int = 200) -> Answer:
    async def answer(_request: web.Request) -> web.Response:
        return web.json_response(content, status=status)

    return answer


def _error(status: int, description: str, **parameters: object) -> Answer:
    content = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
    return _json(content, status)


async def _hang(_request: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


async def _hang_up(request: web.Request) -> web.Response:
    assert request.transport
    request.transport.abort()
    return web.Response()


class Telegram:
    """Answers getUpdates from a list, and stops the poller when the list is at its end."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.asked: list[Any] = []
        self.connections: list[object] = []
        self.stored: list[Any] = []
        self.pauses: list[float] = []
        self.store_fails = 0
        self.stop = asyncio.Event()
        self.api = ""

    async def get_updates(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(await request.json())
        self.connections.append(request.transport)
        if not self.answers:
            self.stop.set()
            return await _hang(request)
        return await self.answers.pop(0)(request)

    async def store(self, received: Sequence[Any]) -> None:
        if self.store_fails:
            self.store_fails -= 1
            raise LookupError("the database is away")
        self.stored += received

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)

    async def poll(self, *answers: Answer, answer_seconds: float = 5) -> None:
        self.answers = list(answers)
        poller = Poller(
            self.api,
            self.store,
            ["message"],
            long_poll_seconds=0,
            answer_seconds=answer_seconds,
            pause=self.pause,
        )
        async with asyncio.timeout(30):
            await poller.run(self.stop)

    @property
    def offsets(self) -> list[int | None]:
        return [question.get("offset") for question in self.asked]


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    fake = Telegram()
    app = web.Application()
    app.add_routes([web.post(f"/bot{TOKEN}/getUpdates", fake.get_updates)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    fake.api = f"http://127.0.0.1:{runner.addresses[0][1]}/bot{TOKEN}"
    yield fake
    await runner.cleanup()


async def test_the_offset_follows_the_last_update_even_downwards(telegram: Telegram) -> None:
    await telegram.poll(_updates(935483237, 935483238), _updates(), _updates(911978041), _updates())
    assert telegram.offsets == [None, 935483239, 935483239, 911978042, 911978042]
    assert [update["update_id"] for update in telegram.stored] == [935483237, 935483238, 911978041]
    assert telegram.asked[0] == {"timeout": 0, "allowed_updates": ["message"]}


async def test_telegram_is_not_told_before_the_store_has_it(telegram: Telegram) -> None:
    telegram.store_fails = 1
    await telegram.poll(_updates(5), _updates(5))
    assert telegram.offsets == [None, None, 6]
    assert telegram.stored == [{"update_id": 5}]


async def test_an_update_that_is_no_update_does_not_stop_the_others(telegram: Telegram) -> None:
    batch = [{"update_id": 7}, "junk", {"update_id": "x"}]
    await telegram.poll(_json({"ok": True, "result": batch}))
    assert telegram.stored == batch
    assert telegram.offsets == [None, 8]


async def test_another_poller_is_announced_once_and_waited_for(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    conflict = _error(409, "Conflict: terminated by other getUpdates request")
    with caplog.at_level(logging.INFO):
        await telegram.poll(conflict, conflict, conflict, _updates(1))
    assert len(telegram.pauses) == 3
    assert all(5 <= seconds <= 30 for seconds in telegram.pauses)
    assert len(set(telegram.pauses)) > 1
    assert [record.levelname for record in caplog.records if record.name == "bot.web.polling"] == [
        "ERROR",
        "INFO",
    ]
    assert telegram.stored == [{"update_id": 1}]


@pytest.mark.parametrize(
    "bad",
    [
        _hang_up,
        _error(502, "Bad Gateway"),
        _json({"ok": False}),
        _json([1]),
        _json({"ok": True, "result": 7}),
        _json("Not Found", 404),
        _json({"ok": True, "result": [{"no": "id"}]}),
    ],
    ids=["reset", "502", "not ok", "a list", "no list", "404 of a middlebox", "no id"],
)
async def test_a_bad_answer_is_followed_by_another_try(telegram: Telegram, bad: Answer) -> None:
    await telegram.poll(bad, bad, _updates(1))
    assert telegram.stored[-1] == {"update_id": 1}
    assert len(telegram.pauses) == 2


async def test_pauses_grow_while_nothing_answers_and_stay_bounded(telegram: Telegram) -> None:
    await telegram.poll(*[_error(502, "Bad Gateway")] * 8)
    assert all(2**n / 2 <= seconds <= 2**n for n, seconds in enumerate(telegram.pauses[:5]))
    assert all(15 <= seconds <= 30 for seconds in telegram.pauses[5:])


async def test_a_429_is_obeyed(telegram: Telegram) -> None:
    await telegram.poll(_error(429, "Too Many Requests", retry_after=17))
    assert telegram.pauses == [17]


async def test_a_connection_that_hangs_is_given_up_and_made_anew(telegram: Telegram) -> None:
    await telegram.poll(_updates(1), _hang, _updates(2), answer_seconds=0.2)
    assert [update["update_id"] for update in telegram.stored] == [1, 2]
    assert telegram.connections[0] is telegram.connections[1]
    assert telegram.connections[2] is not telegram.connections[1]


@pytest.mark.parametrize("refusal", [_error(401, "Unauthorized"), _error(404, "Not Found")])
async def test_a_refused_token_ends_the_polling(telegram: Telegram, refusal: Answer) -> None:
    with pytest.raises(TokenRefusedError):
        await telegram.poll(refusal)


async def test_stopping_ends_a_long_poll_at_once(telegram: Telegram) -> None:
    asyncio.get_running_loop().call_later(0.1, telegram.stop.set)
    await telegram.poll(_hang)
    assert telegram.stored == []


async def test_the_token_is_never_logged(telegram: Telegram, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await telegram.poll(_hang_up, _error(502, "Bad Gateway"), _error(409, "Conflict"), _updates(1))
        telegram.api = f"http://127.0.0.1:1/bot{TOKEN}"
        telegram.stop = asyncio.Event()
        asyncio.get_running_loop().call_later(0.2, telegram.stop.set)
        await telegram.poll()
    ours = [record.getMessage() for record in caplog.records if record.name != "aiohttp.access"]
    assert len(ours) > 3
    assert TOKEN not in json.dumps(ours)
