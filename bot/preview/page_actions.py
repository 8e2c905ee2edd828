"""What the page's people do: each a POST with JSON, refused when another person or chat is meant."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.preview.errors import ApiError
from bot.preview.files import Upload
from bot.preview.personas import Casting, Role
from bot.preview.stage import Stage
from bot.preview.world import Chat, User

Json = dict[str, Any]
Action = Callable[[Json, Upload | None], Awaitable[Json]]


def page_actions(stage: Stage) -> list[web.RouteDef]:
    """The routes of everything that can be done on a page."""
    doings = _Doings(stage)
    actions: dict[str, Action] = {
        "say": doings.say,
        "edit": doings.edit,
        "press": doings.press,
        "send": doings.send,
        "persona": doings.add_persona,
        "clock": doings.set_clock,
        "reset": doings.reset,
    }
    return [web.post(f"/api/{name}", _answering(action)) for name, action in actions.items()]


class _Doings:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def say(self, values: Json, _: Upload | None) -> Json:
        chat, user = self._where(values)
        replied = chat.messages.get(values.get("reply_to") or 0)
        return await self._stage.server.say(user, _text(values), chat, replied)

    async def edit(self, values: Json, _: Upload | None) -> Json:
        chat, user = self._where(values)
        message = chat.messages.get(values.get("message_id", 0))
        if message is None or message["from"]["id"] != user.id or "text" not in message:
            raise web.HTTPConflict(text="That message is not there any more.")
        return await self._stage.server.edit(message, _text(values))

    async def press(self, values: Json, _: Upload | None) -> Json:
        chat, user = self._where(values)
        message = chat.messages.get(values.get("message_id", 0))
        if message is None:
            raise web.HTTPConflict(text="That message is not there any more.")
        press = await self._stage.server.press(message, user=user, data=str(values.get("data", "")))
        return {"press_id": press.id}

    async def send(self, values: Json, upload: Upload | None) -> Json:
        """A photo, file, voice message, sticker or location."""
        chat, user = self._where(values)
        caption = str(values.get("caption") or "")
        match values.get("what"):
            case "photo" if upload:
                return await self._stage.server.send_photo(
                    user, chat, content=upload.content, caption=caption
                )
            case "document" if upload:
                return await self._stage.server.send_document(
                    user, chat, content=upload.content, name=upload.name, mime=upload.mime, caption=caption
                )
            case "voice":
                return await self._stage.server.send_voice(user, chat)
            case "sticker":
                return await self._stage.server.send_sticker(user, chat)
            case "location":
                return await self._stage.server.send_location(user, chat)
        raise web.HTTPBadRequest(text="Choose a photo, file, voice message, sticker or location.")

    async def add_persona(self, values: Json, _: Upload | None) -> Json:
        name = str(values.get("name") or "").strip()[:64]
        known = {code for code, _ in self._stage.setting.languages}
        if not name or values.get("language") not in known or values.get("role") not in list(Role):
            raise web.HTTPBadRequest(text="A person needs a name, a language and a role.")
        persona = self._stage.cast(Casting(name, values["language"], Role(values["role"])))
        if persona.role is not Role.PARTICIPANT:
            await self._stage.on_new_staff()
        return {"id": persona.user.id}

    async def set_clock(self, values: Json, _: Upload | None) -> Json:
        """`moment` (local time of the programme), `hours` to go on, or neither: back to now."""
        try:
            if "moment" in values:
                self._stage.clock.set(
                    datetime.fromisoformat(values["moment"]).replace(tzinfo=self._stage.setting.zone)
                )
            elif "hours" in values:
                self._stage.clock.advance(timedelta(hours=float(values["hours"])))
            else:
                self._stage.clock.back_to_now()
        except (ValueError, TypeError, OverflowError):
            raise web.HTTPBadRequest(text="Write the time as 2030-05-31T14:00.") from None
        self._stage.server.world.events.publish("clock", clock=self._stage.clock_state())
        return self._stage.clock_state()

    async def reset(self, _: Json, __: Upload | None) -> Json:
        await self._stage.on_reset()
        return {}

    def _where(self, values: Json) -> tuple[Chat, User]:
        world = self._stage.server.world
        chat, user = world.chats.get(values.get("chat_id", 0)), world.users.get(values.get("user_id", 0))
        if chat is None or user is None or user not in chat.members:
            raise web.HTTPBadRequest(text="Choose a chat that this person belongs to.")
        return chat, user


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
