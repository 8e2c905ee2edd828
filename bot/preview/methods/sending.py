"""Methods that send text and places, and the steps that all sending shares."""

from typing import Any

from bot.preview.entities import checked_caption, checked_text, utf16_length
from bot.preview.errors import bad_request
from bot.preview.keyboards import checked_markup
from bot.preview.methods.chats import known_chat, named_message, reachable_chat
from bot.preview.params import Params
from bot.preview.world import Chat, World

Json = dict[str, Any]

_CONTENT = (
    "text", "entities", "photo", "document", "sticker", "voice", "location", "venue", "caption",
    "caption_entities",
)  # fmt: skip


def text_of(params: Params) -> Json:
    """The checked text of a message."""
    text, entities = checked_text(params.text("text"), params.text("parse_mode"), params.json("entities"))
    return {"text": text, **({"entities": entities} if entities else {})}


def caption_of(params: Params) -> Json:
    """The checked caption of a message, empty when there is none."""
    text, entities = checked_caption(
        params.text("caption"), params.text("parse_mode"), params.json("caption_entities")
    )
    return {
        **({"caption": text} if text else {}),
        **({"caption_entities": entities} if entities else {}),
    }


def markup_of(params: Params) -> Json:
    """The keyboard as it is shown with a message."""
    markup = checked_markup(params.json("reply_markup"))
    return {"reply_markup": markup} if markup and "inline_keyboard" in markup else {}


def deliver(world: World, method: str, params: Params, contents: list[Json], chat: Chat) -> list[Json]:
    """Sends messages into a chat at once: replies, limits and the ledger. Returns them as shown."""
    reply = {**_topic(chat, params), **_reply_to(chat, params)}
    world.limits.spend(chat.id, len(contents))
    messages = [world.post(chat, world.bot, {**reply, **content}) for content in contents]
    world.enter(method, chat, messages, params)
    return messages


def _topic(chat: Chat, params: Params) -> Json:
    """The topic that a message goes into; without one it goes into the group's general topic."""
    thread = params.integer("message_thread_id")
    if not chat.forum or not thread:
        return {}
    if thread not in chat.topics:
        raise bad_request("message thread not found")
    return {"message_thread_id": thread, "is_topic_message": True}


def _reply_to(chat: Chat, params: Params) -> Json:
    asked = params.json("reply_parameters") or {}
    message_id = asked.get("message_id") or params.integer("reply_to_message_id")
    if not message_id:
        return {}
    replied = chat.messages.get(message_id)
    if replied is None:
        if asked.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": {name: replied[name] for name in replied if name != "reply_to_message"}}


async def send_message(world: World, params: Params) -> Json:
    """A text."""
    chat = reachable_chat(world, params)
    content = {**text_of(params), **markup_of(params)}
    return deliver(world, "sendMessage", params, [content], chat)[0]


async def send_location(world: World, params: Params) -> Json:
    """A point on the map."""
    chat = reachable_chat(world, params)
    content = {"location": _location(params), **markup_of(params)}
    return deliver(world, "sendLocation", params, [content], chat)[0]


async def send_venue(world: World, params: Params) -> Json:
    """A point on the map with a name and an address."""
    chat = reachable_chat(world, params)
    location = _location(params)
    for name in ("title", "address"):
        if not params.text(name).strip():
            raise bad_request(f"venue {name} is empty")
        if utf16_length(params.text(name)) > 256:
            raise bad_request(f"venue {name} is too long")
    venue = {"location": location, "title": params.text("title"), "address": params.text("address")}
    content = {"location": location, "venue": venue, **markup_of(params)}
    return deliver(world, "sendVenue", params, [content], chat)[0]


def _location(params: Params) -> Json:
    latitude, longitude = params.number("latitude"), params.number("longitude")
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise bad_request("MEDIA_INVALID")
    return {"latitude": latitude, "longitude": longitude}


async def copy_message(world: World, params: Params) -> Json:
    """The same message again, without saying from where."""
    chat = reachable_chat(world, params)
    source = known_chat(world, params, "from_chat_id")
    original = named_message(source, params, "message to copy not found")
    content = {name: original[name] for name in _CONTENT if name in original}
    if "caption" in params.values and "text" not in content:
        content = {name: content[name] for name in content if not name.startswith("caption")}
        content |= caption_of(params)
    content |= markup_of(params)
    return {"message_id": deliver(world, "copyMessage", params, [content], chat)[0]["message_id"]}


async def forward_message(world: World, params: Params) -> Json:
    """The same message again, saying from whom."""
    chat = reachable_chat(world, params)
    source = known_chat(world, params, "from_chat_id")
    original = named_message(source, params, "message to forward not found")
    origin = {"type": "user", "date": original["date"], "sender_user": original["from"]}
    content = {"forward_origin": origin, **{name: original[name] for name in _CONTENT if name in original}}
    return deliver(world, "forwardMessage", params, [content], chat)[0]
