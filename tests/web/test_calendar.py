"""The pages of a calendar: the file, what is known already, and the way to the phone's calendar."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from bot.web.calendar import CalendarFile, CalendarPages
from bot.web.webhook import serving

SINCE = datetime(2031, 5, 4, 12, 30, 15, 500, tzinfo=UTC)
FILE = CalendarFile(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "abc123", SINCE)


async def find(secret: str, language: str) -> CalendarFile | None:
    return FILE if (secret, language) == ("s3cret", "en") else None


@pytest_asyncio.fixture
async def address() -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes(CalendarPages("https://bot.example/k/", find).routes())
    async with serving(app, 0, host="127.0.0.1") as port:
        yield f"http://127.0.0.1:{port}/k/calendar"


async def get(url: str, method: str = "GET", **headers: str) -> tuple[aiohttp.ClientResponse, bytes]:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, headers=names, allow_redirects=False) as response,
    ):
        return response, await response.read()


async def test_a_phone_gets_the_file_with_what_it_needs_to_ask_again(address: str) -> None:
    response, body = await get(f"{address}/s3cret/en.ics")
    assert (response.status, body) == (200, FILE.data)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["ETag"] == '"abc123"'
    assert response.headers["Last-Modified"] == "Sun, 04 May 2031 12:30:15 GMT"
    assert "no-cache" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("If_None_Match", '"abc123"', 304),
        ("If_None_Match", 'W/"abc123"', 304),
        ("If_None_Match", '"old", "abc123"', 304),
        ("If_None_Match", "*", 304),
        ("If_None_Match", '"old"', 200),
        ("If_Modified_Since", "Sun, 04 May 2031 12:30:15 GMT", 304),
        ("If_Modified_Since", "Sun, 04 May 2031 12:30:14 GMT", 200),
        ("If_Modified_Since", "nonsense", 200),
    ],
)
async def test_what_a_phone_has_already_is_not_sent_again(
    address: str, header: str, value: str, status: int
) -> None:
    response, body = await get(f"{address}/s3cret/en.ics", **{header: value})
    assert response.status == status
    assert body == (FILE.data if status == 200 else b"")
    assert response.headers["ETag"] == '"abc123"'


async def test_the_tag_counts_more_than_the_date(address: str) -> None:
    headers = {"If_None_Match": '"old"', "If_Modified_Since": "Sun, 04 May 2031 12:30:15 GMT"}
    assert (await get(f"{address}/s3cret/en.ics", **headers))[0].status == 200


async def test_a_head_request_gets_the_headers_only(address: str) -> None:
    response, body = await get(f"{address}/s3cret/en.ics", "HEAD")
    assert (response.status, body) == (200, b"")


async def test_the_page_for_people_leads_to_the_calendar_of_the_phone(address: str) -> None:
    response, _ = await get(f"{address}/s3cret/en")
    assert response.status == 302
    assert response.headers["Location"] == "webcal://bot.example/k/calendar/s3cret/en.ics"


@pytest.mark.parametrize("path", ["wrong/en.ics", "s3cret/xx.ics", "wrong/en", "s3cret", "", "../health"])
async def test_nothing_else_is_there(address: str, path: str) -> None:
    assert (await get(f"{address}/{path}"))[0].status == 404
