"""The chat page's side of the server: its files, the state it shows, live events, and what its people do."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.preview.clock import SettableClock
from bot.preview.errors import ApiError
from bot.preview.files import Upload
from bot.preview.guard import guard
from bot.preview.methods.profile import shown_commands, shown_description
from bot.preview.personas import Casting, Persona, Role
from bot.preview.server import PreviewServer
from bot.preview.world import Chat, User

Json = dict[str, Any]

FOLDER = Path(__file__).parent / "page"
HEARTBEAT = 15.0  # seconds of silence after which the page is told that the connection lives


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when the rehearsal takes place."""

    title: str
    zone: ZoneInfo
    days: tuple[date, ...] = ()  # of the programme, empty when unknown
    languages: tuple[tuple[str, str], ...] = (("en", "English"),)  # codes and their own names
    group_title: str = "Programme group"


async def _nothing() -> None:
    pass


@dataclass
class ChatPage:
    """Everything the page asks for. Mount it before the server starts."""

    server: PreviewServer
    clock: SettableClock
    setting: Setting
    on_reset: Callable[[], Awaitable[None]] = _nothing  # starts the bot afresh, its database empty
    on_new_staff: Callable[[], Awaitable[None]] = _nothing  # starts the bot again with new roles
    people: list[Persona] = field(default_factory=list)

    def mount(self) -> None:
        """Adds the page to the server."""
        app = self.server.app
        app.middlewares.append(guard)
        app.add_routes(
            [
                web.get("/", self._index),
                web.static("/page", FOLDER),
                web.get("/media/{file_id}", self._media),
                web.get("/api/state", self._state),
                web.get("/api/events", self._events),
                *(
                    web.post(f"/api/{name}", _answering(action))
                    for name, action in {
                        "say": self._say,
                        "edit": self._edit,
                        "press": self._press,
                        "send": self._send,
                        "persona": self._add_persona,
                        "clock": self._set_clock,
                        "reset": self._reset,
                    }.items()
                ),
            ]
        )

    def cast(self, casting: Casting) -> Persona:
        """Adds somebody to play."""
        user = self.server.add_user(casting.name, language_code=casting.language)
        persona = Persona(user, casting.role)
        self.people.append(persona)
        return persona

    # What the page shows

    async def _index(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(FOLDER / "index.html", headers={"Cache-Control": "no-store"})

    async def _media(self, request: web.Request) -> web.Response:
        file = self.server.world.files.get(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        picture = file.mime.startswith(("image/", "audio/")) and "svg" not in file.mime
        disposition = "inline" if picture else "attachment"
        return web.Response(
            body=file.content,
            content_type=file.mime if picture else "application/octet-stream",
            headers={"Content-Disposition": disposition, "Cache-Control": "private, max-age=86400"},
        )

    async def _state(self, _: web.Request) -> web.Response:
        world = self.server.world
        state = {
            "title": self.setting.title,
            "bot": world.bot.as_json(),
            "people": [
                {**persona.user.as_json(), "role": persona.role.value, "blocked": persona.user.blocked}
                for persona in self.people
            ],
            "languages": [{"code": code, "name": name} for code, name in self.setting.languages],
            "chats": [self._chat_state(chat) for chat in world.chats.values()],
            "clock": self._clock_state(),
        }
        return web.json_response(state, headers={"Cache-Control": "no-store"})

    def _chat_state(self, chat: Chat) -> Json:
        profile = self.server.world.profile
        language = chat.members[0].language_code or "" if chat.type == "private" else ""
        return {
            **chat.as_json(),
            "members": [user.id for user in chat.members],
            "messages": list(chat.messages.values()),
            "pinned": chat.pinned,
            "commands": shown_commands(profile, chat.type, language),
            "description": shown_description(profile, language),
        }

    def _clock_state(self) -> Json:
        return {
            "now": self.clock().timestamp(),
            "is_set": self.clock.is_set,
            "zone": self.setting.zone.key,
            "days": [day.isoformat() for day in self.setting.days],
        }

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: each a JSON object with its `kind`."""
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await stream.prepare(request)
        with self.server.world.events.listen() as events:
            await stream.write(b"retry: 1000\n\n")
            while True:
                try:
                    event = await asyncio.wait_for(events.get(), HEARTBEAT)
                except TimeoutError:
                    await stream.write(b": still here\n\n")
                    continue
                data = json.dumps({"kind": event.kind, **event.data})
                await stream.write(f"data: {data}\n\n".encode())

    # What its people do

    async def _say(self, values: Json, _: Upload | None) -> Json:
        chat, user = self._where(values)
        replied = chat.messages.get(values.get("reply_to") or 0)
        return await self.server.say(user, _text(values), chat, replied)

    async def _edit(self, values: Json, _: Upload | None) -> Json:
        chat, user = self._where(values)
        message = chat.messages.get(values.get("message_id", 0))
        if message is None or message["from"]["id"] != user.id or "text" not in message:
            raise web.HTTPConflict(text="That message is not there any more.")
        return await self.server.edit(message, _text(values))

    async def _press(self, values: Json, _: Upload | None) -> Json:
        chat, user = self._where(values)
        message = chat.messages.get(values.get("message_id", 0))
        if message is None:
            raise web.HTTPConflict(text="That message is not there any more.")
        press = await self.server.press(message, user=user, data=str(values.get("data", "")))
        return {"press_id": press.id}

    async def _send(self, values: Json, upload: Upload | None) -> Json:
        """A photo, file, voice message, sticker or location."""
        chat, user = self._where(values)
        caption = str(values.get("caption") or "")
        match values.get("what"):
            case "photo" if upload:
                return await self.server.send_photo(user, chat, content=upload.content, caption=caption)
            case "document" if upload:
                return await self.server.send_document(
                    user, chat, content=upload.content, name=upload.name, mime=upload.mime, caption=caption
                )
            case "voice":
                return await self.server.send_voice(user, chat)
            case "sticker":
                return await self.server.send_sticker(user, chat)
            case "location":
                return await self.server.send_location(user, chat)
        raise web.HTTPBadRequest(text="Choose a photo, file, voice message, sticker or location.")

    async def _add_persona(self, values: Json, _: Upload | None) -> Json:
        name = str(values.get("name") or "").strip()[:64]
        known = {code for code, _ in self.setting.languages}
        if not name or values.get("language") not in known or values.get("role") not in list(Role):
            raise web.HTTPBadRequest(text="A person needs a name, a language and a role.")
        persona = self.cast(Casting(name, values["language"], Role(values["role"])))
        if persona.role is not Role.PARTICIPANT:
            await self.on_new_staff()
        return {"id": persona.user.id}

    async def _set_clock(self, values: Json, _: Upload | None) -> Json:
        """`moment` (local time of the programme), `hours` to go on, or neither: back to now."""
        try:
            if "moment" in values:
                self.clock.set(datetime.fromisoformat(values["moment"]).replace(tzinfo=self.setting.zone))
            elif "hours" in values:
                self.clock.advance(timedelta(hours=float(values["hours"])))
            else:
                self.clock.back_to_now()
        except (ValueError, TypeError, OverflowError):
            raise web.HTTPBadRequest(text="Write the time as 2030-05-31T14:00.") from None
        self.server.world.events.publish("clock", clock=self._clock_state())
        return self._clock_state()

    async def _reset(self, _: Json, __: Upload | None) -> Json:
        await self.on_reset()
        return {}

    def _where(self, values: Json) -> tuple[Chat, User]:
        world = self.server.world
        chat, user = world.chats.get(values.get("chat_id", 0)), world.users.get(values.get("user_id", 0))
        if chat is None or user is None or user not in chat.members:
            raise web.HTTPBadRequest(text="Choose a chat that this person belongs to.")
        return chat, user


Action = Callable[[Json, Upload | None], Awaitable[Json]]


def _answering(action: Action) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler of a POST with JSON, or with a form of `values` (JSON) and `file`."""

    async def handle(request: web.Request) -> web.Response:
        upload: Upload | None = None
        try:
            if request.content_type == "multipart/form-data":
                form = await request.post()
                values = json.loads(str(form.get("values", "{}")))
                file = form.get("file")
                if isinstance(file, web.FileField):
                    upload = Upload(file.file.read(), file.filename, file.content_type)
            else:
                values = await request.json()
            if not isinstance(values, dict):
                raise TypeError
        except (ValueError, TypeError):
            raise web.HTTPBadRequest(text="Send a JSON object.") from None
        try:
            return web.json_response(await action(values, upload))
        except ApiError as error:
            raise web.HTTPBadRequest(text=error.description) from None

    return handle


def _text(values: Json) -> str:
    text = str(values.get("text") or "").strip()
    if not text or len(text) > 4096:
        raise web.HTTPBadRequest(text="A message has 1 to 4,096 characters.")
    return text
