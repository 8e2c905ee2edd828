"""The Bot API over HTTP: `/bot<token>/<method>`, `/file/bot<token>/<path>`, and faults on request."""

import asyncio
import re
from typing import Any, NoReturn

from aiohttp import web

from bot.preview.errors import ApiError
from bot.preview.faults import Fault, Kind
from bot.preview.files import FILE_BYTES
from bot.preview.methods import METHODS
from bot.preview.params import Params, read_params
from bot.preview.world import World

BODY_BYTES = FILE_BYTES + (1 << 20)  # a largest file and the rest of the call
_NAMES = {name.lower(): name for name in METHODS}


class Api:
    """Answers the calls of one bot."""

    def __init__(self, world: World, token: str) -> None:
        self.token = token
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """The routes to serve."""
        return [
            web.route("*", r"/bot{token:[^/]+}/{method}", self._call),
            web.get(r"/file/bot{token:[^/]+}/{path:.+}", self._download),
        ]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request)
            name = _NAMES.get(request.match_info["method"].lower())
            if name is None:
                raise ApiError(404, "Not Found: method not found")
            params = await read_params(request)
        except ApiError as error:
            return _refusal(error)
        except web.HTTPRequestEntityTooLarge:
            return _refusal(ApiError(413, "Request Entity Too Large"))
        fault = self._world.faults.take(name, params)
        if fault is None:
            return await self._answer(name, params)
        return await self._go_wrong(request, fault, name, params)

    async def _answer(self, name: str, params: Params) -> web.Response:
        try:
            result = await METHODS[name](self._world, params)
        except ApiError as error:
            return _refusal(error)
        return _json({"ok": True, "result": result})

    async def _go_wrong(
        self, request: web.Request, fault: Fault, name: str, params: Params
    ) -> web.StreamResponse:
        if fault.kind.accepted:
            answer = await self._answer(name, params)
            return await _spoiled(request, fault, answer)
        refusal = fault.refusal()
        return _refusal(refusal) if refusal else await _drop(request, never_answer=fault.kind is Kind.STALL)

    async def _download(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request)
            file = self._world.files.get(request.match_info["path"].rpartition("/")[2])
            if file is None:
                raise ApiError(404, "Not Found")
        except ApiError as error:
            return _refusal(error)
        return web.Response(body=file.content, content_type=file.mime)

    def _check_token(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if not re.fullmatch(r"\d+:[\w-]{30,}", token):
            raise ApiError(404, "Not Found")
        if token != self.token:
            raise ApiError(401, "Unauthorized")


def _json(body: dict[str, Any], status: int = 200) -> web.Response:
    return web.json_response(body, status=status)


def _refusal(error: ApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.status, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return _json(body, error.status)


async def _spoiled(request: web.Request, fault: Fault, answer: web.Response) -> web.StreamResponse:
    """What the caller gets for a call that took effect."""
    match fault.kind:
        case Kind.SLOW:
            await asyncio.sleep(fault.seconds)
            return answer
        case Kind.JUNK:
            return web.Response(text="<html>bad gateway</html>", content_type="text/html")
        case Kind.NOT_OK:
            return _json({"ok": False})
        case Kind.TRUNCATE:
            return await _truncated(request, answer)
    refusal = fault.refusal()
    return _refusal(refusal) if refusal else await _drop(request, never_answer=fault.kind is Kind.HANG)


async def _drop(request: web.Request, *, never_answer: bool) -> NoReturn:
    """Closes the connection without an answer; with `never_answer` the caller has to lose patience first."""
    if never_answer:
        await asyncio.get_running_loop().create_future()  # cancelled when the caller hangs up
    if request.transport is not None:
        request.transport.abort()
    raise asyncio.CancelledError


async def _truncated(request: web.Request, answer: web.Response) -> web.StreamResponse:
    whole = (answer.text or "").encode()
    part = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(whole))})
    await part.prepare(request)
    await part.write(whole[: len(whole) // 2])
    await _drop(request, never_answer=False)
