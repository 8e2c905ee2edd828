"""Which chat a call means, whether the bot may write there, and what it may ask about it."""

from typing import Any

from bot.preview.errors import ApiError, bad_request, forbidden
from bot.preview.params import Params
from bot.preview.world import Chat, User, World

Json = dict[str, Any]

_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
_MEMBER = {"status": "member"}


def known_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    """The chat a call names. Raises 400 when there is none the bot knows."""
    if not params.text(name):
        raise bad_request(f"{name} is empty")
    chat = world.chats.get(params.integer(name))
    if chat is None:
        raise bad_request("chat not found")
    return chat


def reachable_chat(world: World, params: Params) -> Chat:
    """The chat a call names, in which the bot may write. Raises 400 or 403 when it may not."""
    chat = known_chat(world, params)
    if chat.migrated_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.migrated_to},
        )
    if chat.kicked:
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if chat.type == "private":
        _check_person(world, chat)
    return chat


def _check_person(world: World, chat: Chat) -> None:
    person = chat.members[0]
    if person.deactivated:
        raise forbidden("user is deactivated")
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started:
        if any(person in group.members for group in world.chats.values() if group.type != "private"):
            raise forbidden("bot can't initiate conversation with a user")
        raise bad_request("chat not found")


def named_message(chat: Chat, params: Params, missing: str) -> Json:
    """The message a call names. Raises 400 with the text `missing` when it is not there."""
    if params.integer("message_id") <= 0:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request(missing)
    return message


async def send_chat_action(world: World, params: Params) -> bool:
    """Shows 'typing…' and the like for five seconds."""
    chat = reachable_chat(world, params)
    if params.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.events.publish("typing", chat_id=chat.id, action=params.text("action"))
    return True


async def get_chat(world: World, params: Params) -> Json:
    """A chat's full information."""
    chat = known_chat(world, params)
    pinned = {"pinned_message": chat.messages[chat.pinned[-1]]} if chat.pinned else {}
    return {
        **chat.as_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
        **pinned,
    }


async def get_chat_member(world: World, params: Params) -> Json:
    """Whether somebody belongs to a chat."""
    chat = known_chat(world, params)
    user: User | None = world.users.get(params.integer("user_id"))
    if params.integer("user_id") == world.bot.id and not chat.kicked:
        return {"user": world.bot.as_json(), **_MEMBER}
    if user is None:
        raise bad_request("user not found")
    return {"user": user.as_json(), **(_MEMBER if user in chat.members else {"status": "left"})}


async def create_forum_topic(world: World, params: Params) -> Json:
    """Opens a topic in a group that has topics."""
    chat = reachable_chat(world, params)
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    name = params.text("name").strip()
    if not 1 <= len(name) <= 128:
        raise bad_request("TOPIC_TITLE_INVALID")
    look = {"name": name, "icon_color": 7322096}
    message = world.post(chat, world.bot, {"forum_topic_created": look, "is_topic_message": True})
    message["message_thread_id"] = message["message_id"]
    chat.topics[message["message_id"]] = name
    return {"message_thread_id": message["message_id"], **look}


async def pin_chat_message(world: World, params: Params) -> bool:
    """Pins a message on top of a chat."""
    chat = reachable_chat(world, params)
    message = named_message(chat, params, "message to pin not found")
    if message["message_id"] not in chat.pinned:
        chat.pinned.append(message["message_id"])
    world.events.publish("pinned", chat_id=chat.id, pinned=list(chat.pinned))
    return True


async def unpin_chat_message(world: World, params: Params) -> bool:
    """Unpins the message named, or the newest one."""
    chat = reachable_chat(world, params)
    message_id = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    world.events.publish("pinned", chat_id=chat.id, pinned=list(chat.pinned))
    return True


async def set_message_reaction(world: World, params: Params) -> bool:
    """Sets the bot's reaction to a message; at most one."""
    chat = reachable_chat(world, params)
    message = named_message(chat, params, "message to react not found")
    reactions = params.json("reaction") or []
    if not isinstance(reactions, list) or len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(
        not isinstance(item, dict) or item.get("type") not in {"emoji", "custom_emoji"} for item in reactions
    ):
        raise bad_request("REACTION_INVALID")
    world.events.publish(
        "reaction",
        chat_id=chat.id,
        message_id=message["message_id"],
        emoji=[r.get("emoji") for r in reactions],
    )
    return True
