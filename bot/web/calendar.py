"""The pages of calendars that phones subscribe to: the file, and a way to it for the phone's calendar."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from aiohttp import ETag, web

ICS = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What is at an address."""

    data: bytes
    etag: str
    modified: datetime  # aware


FindCalendar = Callable[[str, str], Awaitable[CalendarFile | None]]
"""Takes the secret and the language of an address; None when there is nothing."""


class CalendarPages:
    """`…/calendar/SECRET/LANGUAGE.ics` is the file; the same without `.ics` leads to its `webcal:` address.

    `public_url` is how the server is reached from outside; a path in it stands before `/calendar` here too.
    """

    def __init__(self, public_url: str, find: FindCalendar) -> None:
        scheme_less = public_url.partition("://")[2].rstrip("/")
        self._webcal = f"webcal://{scheme_less}"
        self._path = urlsplit(public_url).path.rstrip("/") + "/calendar/{secret}/{language}"
        self._find = find

    def routes(self) -> list[web.RouteDef]:
        """The pages."""
        return [
            web.get(f"{self._path}.ics", self._file),
            web.get(self._path, self._subscribe),
        ]

    async def _file(self, request: web.Request) -> web.Response:
        found = await self._find(request.match_info["secret"], request.match_info["language"])
        if found is None:
            return web.Response(status=404)
        headers = {"Cache-Control": "private, no-cache"}
        status = 304 if _is_known(request, found) else 200
        response = web.Response(status=status, headers=headers)
        response.etag, response.last_modified = found.etag, found.modified.replace(microsecond=0)
        if status == 200:
            response.body, response.headers["Content-Type"] = found.data, ICS
        return response

    async def _subscribe(self, request: web.Request) -> web.Response:
        """Telegram opens web addresses only; from there a phone goes on to its calendar."""
        secret, language = request.match_info["secret"], request.match_info["language"]
        if await self._find(secret, language) is None:
            return web.Response(status=404)
        address = f"{self._webcal}/calendar/{secret}/{language}.ics"
        return web.Response(status=302, headers={"Location": address})


def _is_known(request: web.Request, found: CalendarFile) -> bool:
    """Whether the phone has it already. Without ETags the date decides (RFC 9110, 13.2.2)."""
    if tags := request.if_none_match:
        return any(tag == ETag(found.etag) or tag.value in {"*", found.etag} for tag in tags)
    since = request.if_modified_since
    return since is not None and found.modified.replace(microsecond=0) <= since
