"""A server that Telegram calls: proves the caller, stores the update, and only then says 200."""

import asyncio
import hmac
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.web.calendar import CalendarPages

logger = logging.getLogger(__name__)

Store = Callable[[Sequence[bytes]], Awaitable[object]]
"""Keeps the raw body of an update for good, or raises. What it cannot read it sets aside without raising."""

Page = Callable[[], Awaitable[bytes]]
"""Makes the body of a page."""

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"  # Prometheus' text format
MOST_BYTES = 2**20  # an update is far smaller
BODY_SECONDS = 10.0
IDLE_SECONDS = 10.0  # for the headers of a call, and between two calls on one connection
RETRY_AFTER = "5"  # seconds: when Telegram shall bring an update again that could not be stored


@dataclass(frozen=True, slots=True)
class Metrics:
    """The page `/metrics`, for who knows the token."""

    token: str
    text: Page

    async def page(self, request: web.Request) -> web.Response:
        """The metrics, or 401 without `Authorization: Bearer` and the token."""
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), f"Bearer {self.token}".encode()):
            return web.Response(status=401)
        return web.Response(body=await self.text(), headers={"Content-Type": METRICS_TYPE})


def webhook_app(
    path: str,
    secret: str,
    store: Store,
    healthy: Callable[[], Awaitable[bool]],
    *,
    metrics: Metrics | None = None,
    calendar: CalendarPages | None = None,
    body_seconds: float = BODY_SECONDS,
) -> web.Application:
    """The server's pages: `path` takes updates that come with `secret`, `/health` says 200 or 503.

    With `metrics` there is `/metrics` too, with `calendar` its pages.
    """

    async def receive(request: web.Request) -> web.Response:
        if not _is_from_telegram(request, secret):
            return web.Response(status=401)
        try:
            async with asyncio.timeout(body_seconds):
                body = await request.read()
        except TimeoutError:
            return web.Response(status=408)
        try:
            await store([body])
        except Exception:  # whatever it is, Telegram keeps the update and brings it again
            logger.exception("An update could not be stored; Telegram will bring it again")
            return web.Response(status=503, headers={"Retry-After": RETRY_AFTER})
        return web.Response()

    async def health(_request: web.Request) -> web.Response:
        return web.Response(text="ok") if await healthy() else web.Response(status=503, text="not healthy")

    app = web.Application(client_max_size=MOST_BYTES, middlewares=[_refuse_large])
    app.add_routes([web.post(path, receive), web.get("/health", health)])
    if metrics:
        app.add_routes([web.get("/metrics", metrics.page)])
    if calendar:
        app.add_routes(calendar.routes())
    return app


@asynccontextmanager
async def serving(
    app: web.Application, port: int, *, host: str | None = None, idle_seconds: float = IDLE_SECONDS
) -> AsyncIterator[int]:
    """Serves `app` while the block runs, on all interfaces unless `host` names one. Yields the port.

    At the end no new call is taken, and those under way have ten seconds. Raises OSError when the port is
    taken. Port 0 is a free one.
    """
    runner = web.AppRunner(
        app, access_log=None, keepalive_timeout=idle_seconds, lingering_time=0, shutdown_timeout=10.0
    )
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@web.middleware
async def _refuse_large(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Before a byte of the body is read; a body that hides its size is cut off by client_max_size."""
    if (request.content_length or 0) > MOST_BYTES:
        return web.Response(status=413)
    return await handler(request)


def _is_from_telegram(request: web.Request, secret: str) -> bool:
    given = request.headers.getall(SECRET_HEADER, [])
    return len(given) == 1 and hmac.compare_digest(given[0].encode(errors="surrogateescape"), secret.encode())
