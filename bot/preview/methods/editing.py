"""Methods that change or delete messages."""

from typing import Any

from bot.preview.errors import bad_request
from bot.preview.methods.chats import named_message, reachable_chat
from bot.preview.methods.media import input_media
from bot.preview.methods.sending import caption_of, markup_of, text_of
from bot.preview.params import Params
from bot.preview.world import Chat, World

Json = dict[str, Any]

DELETABLE = 48 * 3600  # seconds
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


async def edit_message_text(world: World, params: Params) -> Json:
    """A new text for one of the bot's messages."""
    chat, message = _own_message(world, params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    content = {**text_of(params), **markup_of(params)}
    return _edit(world, "editMessageText", params, (chat, message), content, "text", "entities")


async def edit_message_caption(world: World, params: Params) -> Json:
    """A new caption for one of the bot's photos or documents."""
    chat, message = _own_message(world, params)
    if not message.keys() & {"photo", "document"}:
        raise bad_request("there is no caption in the message to edit")
    content = {**caption_of(params), **markup_of(params)}
    return _edit(world, "editMessageCaption", params, (chat, message), content, "caption", "caption_entities")


async def edit_message_reply_markup(world: World, params: Params) -> Json:
    """New buttons, or none, under one of the bot's messages."""
    chat, message = _own_message(world, params)
    return _edit(world, "editMessageReplyMarkup", params, (chat, message), markup_of(params))


async def edit_message_media(world: World, params: Params) -> Json:
    """Another photo or document in one of the bot's messages."""
    chat, message = _own_message(world, params)
    content = {**await input_media(world, params, params.json("media")), **markup_of(params)}
    names = ("photo", "document", "text", "entities", "caption", "caption_entities")
    return _edit(world, "editMessageMedia", params, (chat, message), content, *names)


def _own_message(world: World, params: Params) -> tuple[Chat, Json]:
    if params.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = reachable_chat(world, params)
    message = named_message(chat, params, "message to edit not found")
    if message["from"]["id"] != world.bot.id or "forward_origin" in message:
        raise bad_request("message can't be edited")
    return chat, message


def _edit(
    world: World,
    method: str,
    params: Params,
    target: tuple[Chat, Json],
    content: Json,
    *names: str,
) -> Json:
    """Replaces the fields `names` and the buttons of a message. Raises 400 when nothing would change."""
    chat, message = target
    replaced = (*names, "reply_markup")
    if all(message.get(name) == content.get(name) for name in replaced):
        raise bad_request(_NOT_MODIFIED)
    world.limits.spend(chat.id)
    world.revise(chat, message, content, drop=replaced)
    world.enter(method, chat, [message], params)
    return message


async def delete_message(world: World, params: Params) -> bool:
    """Deletes a message that is less than 48 hours old."""
    chat = reachable_chat(world, params)
    message = named_message(chat, params, "message to delete not found")
    if not _deletable(world, chat, message):
        raise bad_request("message can't be deleted for everyone")
    world.remove(chat, message["message_id"])
    world.enter("deleteMessage", chat, [message], params)
    return True


async def delete_messages(world: World, params: Params) -> bool:
    """Deletes 1–100 messages; those that cannot be found or deleted are passed over."""
    chat = reachable_chat(world, params)
    ids = params.json("message_ids")
    if not isinstance(ids, list) or not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[message_id] for message_id in ids if message_id in chat.messages]
    gone = [message for message in found if _deletable(world, chat, message)]
    for message in gone:
        world.remove(chat, message["message_id"])
    world.enter("deleteMessages", chat, gone, params)
    return True


def _deletable(world: World, chat: Chat, message: Json) -> bool:
    mine = message["from"]["id"] == world.bot.id
    return (mine or chat.type == "private") and world.unix_time - int(message["date"]) < DELETABLE
