"""Keeps other web sites away from the local server: checks of Host and Origin, and strict headers."""

from collections.abc import Awaitable, Callable

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_LOCAL = {"127.0.0.1", "localhost", "[::1]"}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses a request that names another host (DNS rebinding), and a change that another site asks for.

    Calls of the Bot API need no Origin: they carry the token, which no web site knows.
    """
    if request.host.rpartition(":")[0] not in _LOCAL and request.host not in _LOCAL:
        raise web.HTTPForbidden(text="This server answers to 127.0.0.1 and localhost only.")
    is_page = not request.path.startswith(("/bot", "/file/bot"))
    if is_page and request.method != "GET" and request.headers.get("Origin") != f"http://{request.host}":
        raise web.HTTPForbidden(text="Only this server's own page may ask for that.")
    response = await handler(request)
    if is_page and not response.prepared:
        response.headers.update(_HEADERS)
        response.headers.setdefault("Cache-Control", "no-cache")
    return response
