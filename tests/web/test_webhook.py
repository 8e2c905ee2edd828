import asyncio
import gzip
import io
import logging
import resource
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.web.webhook import MOST_BYTES, SECRET_HEADER, Metrics, serving, webhook_app

SECRET = "canary-secret_0123456789"


class Server:
    """A webhook that stores in memory."""

    def __init__(self) -> None:
        self.stored: list[bytes] = []
        self.broken = False
        self.url = ""
        self.port = 0

    async def store(self, bodies: Sequence[bytes]) -> None:
        if self.broken:
            raise OSError("no space left on device")
        self.stored += bodies

    async def healthy(self) -> bool:
        return not self.broken

    @asynccontextmanager
    async def running(self, *, seconds: float = 10.0) -> AsyncIterator["Server"]:
        app = webhook_app("/hook/telegram", SECRET, self.store, self.healthy, body_seconds=seconds)
        async with serving(app, 0, host="127.0.0.1", idle_seconds=seconds) as self.port:
            self.url = f"http://127.0.0.1:{self.port}"
            yield self

    async def post(self, body: bytes, *headers: tuple[str, str], path: str = "/hook/telegram") -> int:
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url + path, data=io.BytesIO(body), headers=list(headers)) as response,
        ):
            return response.status

    async def raw(self, request: bytes) -> bytes:
        """Sends bytes, and returns what comes back until the connection ends."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(request)
            async with asyncio.timeout(30):
                return await reader.read()
        except ConnectionResetError:
            return b""
        finally:
            writer.close()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with Server().running() as running:
        yield running


async def test_an_update_with_the_secret_is_stored_as_it_came(server: Server) -> None:
    assert await server.post(b'{"update_id": 1}', (SECRET_HEADER, SECRET)) == 200
    assert server.stored == [b'{"update_id": 1}']


@pytest.mark.parametrize(
    "headers",
    [
        (),
        ((SECRET_HEADER, ""),),
        ((SECRET_HEADER, SECRET[:-1]),),
        ((SECRET_HEADER, SECRET + "x"),),
        ((SECRET_HEADER, SECRET.upper()),),
        ((SECRET_HEADER, SECRET), (SECRET_HEADER, SECRET)),
        ((SECRET_HEADER, "wrong"), (SECRET_HEADER, SECRET)),
        ((SECRET_HEADER, "päss"),),
        (("X-Secret", SECRET),),
    ],
)
async def test_who_does_not_prove_to_be_telegram_is_refused(
    server: Server, headers: tuple[tuple[str, str], ...], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert await server.post(b'{"update_id": 1}', *headers) == 401
    assert server.stored == []
    assert SECRET not in caplog.text


async def test_the_secret_is_asked_for_before_the_body_is_read(server: Server) -> None:
    answer = await server.raw(b"POST /hook/telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 401")


async def test_an_update_that_cannot_be_stored_is_left_to_telegram(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.broken = True
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{server.url}/hook/telegram", data=b"private words", headers={SECRET_HEADER: SECRET}
        ) as response,
    ):
        assert (response.status, response.headers["Retry-After"]) == (503, "5")
        assert await response.text() == ""
    assert "private words" not in caplog.text


@pytest.mark.parametrize(
    "body", [b"not JSON", b"[]", b"", '{"text": "ñ"}'.encode("latin-1"), b"[" * 100_000, b"\0"]
)
async def test_a_signed_body_is_taken_whatever_it_is(server: Server, body: bytes) -> None:
    """The store sets it aside: refused, it would hold up the other updates of its chat."""
    headers = ((SECRET_HEADER, SECRET), ("Content-Type", "text/plain; charset=utf-8"))
    assert await server.post(body, *headers) == 200
    assert server.stored == [body]


async def test_a_body_of_ninety_megabytes_is_refused_unread(server: Server) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    head = f"POST /hook/telegram HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\n"
    answer = await server.raw(f"{head}Content-Length: 90000000\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 413")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kilobytes
    assert server.stored == []


async def test_a_body_that_hides_its_size_is_cut_off(server: Server) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(90):
            yield bytes(100_000)

    async with aiohttp.ClientSession() as session:
        try:
            async with session.post(
                f"{server.url}/hook/telegram", data=chunks(), headers={SECRET_HEADER: SECRET}
            ) as response:
                assert response.status == 413
        except aiohttp.ClientConnectionError:
            pass  # the server hung up before the client had finished: as good
    assert server.stored == []


async def test_a_small_body_that_unpacks_to_a_large_one_is_refused(server: Server) -> None:
    packed = gzip.compress(bytes(50 * MOST_BYTES))
    assert len(packed) < MOST_BYTES
    assert await server.post(packed, (SECRET_HEADER, SECRET), ("Content-Encoding", "gzip")) in {400, 413}
    assert server.stored == []


async def test_a_body_of_the_largest_size_is_taken(server: Server) -> None:
    assert await server.post(b"x" * MOST_BYTES, (SECRET_HEADER, SECRET)) == 200
    assert await server.post(b"x" * (MOST_BYTES + 1), (SECRET_HEADER, SECRET)) == 413


async def test_a_caller_that_dribbles_is_let_go() -> None:
    async with Server().running(seconds=0.2) as server:
        head = f"POST /hook/telegram HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\n"
        half_a_head, half_a_body, nothing = await asyncio.gather(
            server.raw(head.encode()),
            server.raw(f"{head}Content-Length: 10\r\n\r\n12345".encode()),
            server.raw(b""),
        )
        assert (half_a_head, nothing) == (b"", b"")
        assert half_a_body.startswith(b"HTTP/1.1 408")
        assert await server.post(b"{}", (SECRET_HEADER, SECRET)) == 200


async def test_idle_connections_do_not_keep_telegram_out() -> None:
    async with Server().running() as server:
        idle = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(200)]
        assert await server.post(b"{}", (SECRET_HEADER, SECRET)) == 200
        for _, writer in idle:
            writer.close()


async def test_health_says_whether_all_is_well(server: Server) -> None:
    async with aiohttp.ClientSession() as session:
        for broken, status in ((False, 200), (True, 503)):
            server.broken = broken
            async with session.get(f"{server.url}/health") as response:
                assert response.status == status


async def test_other_pages_and_methods_are_not_there(server: Server) -> None:
    assert await server.post(b"{}", (SECRET_HEADER, SECRET), path="/") == 404
    async with aiohttp.ClientSession() as session, session.get(f"{server.url}/hook/telegram") as response:
        assert response.status == 405


async def test_a_call_under_way_is_finished_at_the_end() -> None:
    begun, gate = asyncio.Event(), asyncio.Event()

    class Slow(Server):
        async def store(self, bodies: Sequence[bytes]) -> None:
            begun.set()
            await gate.wait()
            await super().store(bodies)

    server = Slow()
    async with server.running():
        call = asyncio.create_task(server.post(b"{}", (SECRET_HEADER, SECRET)))
        await begun.wait()
        asyncio.get_running_loop().call_later(0.05, gate.set)
    assert await call == 200
    assert server.stored == [b"{}"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Authorization": "Bearer metrics-token"}, 200), ({"Authorization": "Bearer x"}, 401), ({}, 401)],
)
async def test_metrics_are_for_who_knows_the_token(headers: dict[str, str], status: int) -> None:
    async def text() -> bytes:
        return b"bot_people 3\n"

    async def nothing(*_: object) -> bool:
        return True

    app = webhook_app("/telegram", "s" * 16, nothing, nothing, metrics=Metrics("metrics-token", text))
    async with serving(app, 0, host="127.0.0.1") as port, aiohttp.ClientSession() as session:
        answer = await session.get(f"http://127.0.0.1:{port}/metrics", headers=headers)
        assert answer.status == status
        assert (await answer.read() == b"bot_people 3\n") == (status == 200)
