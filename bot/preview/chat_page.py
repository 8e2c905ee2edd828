"""The chat page's side of the server: its files, the state it shows, and live events."""

import asyncio
import json
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.preview.guard import guard
from bot.preview.methods.profile import shown_commands, shown_description
from bot.preview.page_actions import page_actions
from bot.preview.stage import Stage
from bot.preview.world import Chat

Json = dict[str, Any]

FOLDER = Path(__file__).parent / "page"
HEARTBEAT = 15.0  # seconds of silence after which the page is told that the connection lives


def mount(stage: Stage) -> None:
    """Adds the page to the stage's server, which must not be started yet."""
    page, app = _Page(stage), stage.server.app
    app.middlewares.append(guard)
    app.add_routes(
        [
            web.get("/", page.index),
            web.static("/page", FOLDER),
            web.get("/media/{file_id}", page.media),
            web.get("/api/state", page.state),
            web.get("/api/events", page.events),
            *page_actions(stage),
        ]
    )


class _Page:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._world = stage.server.world

    async def index(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(FOLDER / "index.html", headers={"Cache-Control": "no-store"})

    async def media(self, request: web.Request) -> web.Response:
        file = self._world.files.get(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        picture = file.mime.startswith(("image/", "audio/")) and "svg" not in file.mime
        disposition = "inline" if picture else "attachment"
        return web.Response(
            body=file.content,
            content_type=file.mime if picture else "application/octet-stream",
            headers={"Content-Disposition": disposition, "Cache-Control": "private, max-age=86400"},
        )

    async def state(self, _: web.Request) -> web.Response:
        world = self._world
        state = {
            "title": self._stage.setting.title,
            "bot": world.bot.as_json(),
            "people": [
                {**persona.user.as_json(), "role": persona.role.value, "blocked": persona.user.blocked}
                for persona in self._stage.people
            ],
            "languages": [{"code": code, "name": name} for code, name in self._stage.setting.languages],
            "chats": [self._chat_state(chat) for chat in world.chats.values()],
            "clock": self._stage.clock_state(),
        }
        return web.json_response(state, headers={"Cache-Control": "no-store"})

    def _chat_state(self, chat: Chat) -> Json:
        profile = self._world.profile
        language = chat.members[0].language_code or "" if chat.type == "private" else ""
        return {
            **chat.as_json(),
            "members": [user.id for user in chat.members],
            "messages": list(chat.messages.values()),
            "pinned": chat.pinned,
            "commands": shown_commands(profile, chat.type, language),
            "description": shown_description(profile, language),
        }

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: each a JSON object with its `kind`."""
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await stream.prepare(request)
        with self._world.events.listen() as events:
            await stream.write(b"retry: 1000\n\n")
            while True:
                try:
                    event = await asyncio.wait_for(events.get(), HEARTBEAT)
                except TimeoutError:
                    await stream.write(b": still here\n\n")
                    continue
                data = json.dumps({"kind": event.kind, **event.data})
                await stream.write(f"data: {data}\n\n".encode())
