"""A server, somebody who has started a chat, and python-telegram-bot's real Bot talking to it."""

import io
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import httpx
import pytest
import pytest_asyncio
from PIL import Image
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.preview.server import PreviewServer
from bot.preview.world import User

Call = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


@pytest_asyncio.fixture
async def server() -> AsyncIterator[PreviewServer]:
    async with PreviewServer() as server:
        yield server


@pytest.fixture
def linh(server: PreviewServer) -> User:
    return server.add_user("Linh", language_code="vi", started=True)


@pytest_asyncio.fixture
async def bot(server: PreviewServer) -> AsyncIterator[Bot]:
    request = HTTPXRequest(read_timeout=0.5, connect_timeout=0.5)
    async with Bot(
        server.token, base_url=f"{server.url}/bot", base_file_url=f"{server.url}/file/bot", request=request
    ) as bot:
        yield bot


@pytest_asyncio.fixture
async def call(server: PreviewServer) -> AsyncIterator[Call]:
    """Calls a method with JSON and returns the whole answer, ok or not."""
    async with httpx.AsyncClient(timeout=5) as client:

        async def call(method: str, **values: Any) -> dict[str, Any]:
            response = await client.post(f"{server.url}/bot{server.token}/{method}", json=values)
            answer: dict[str, Any] = response.json()
            assert answer.get("error_code", 200) == response.status_code
            return answer

        yield call


def picture(width: int = 640, height: int = 480, encoding: str = "JPEG") -> bytes:
    encoded = io.BytesIO()
    Image.new("RGB", (width, height), "#3a7").save(encoded, encoding)
    return encoded.getvalue()
