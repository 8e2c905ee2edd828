"""Which updates the bot asks Telegram for, and a raw one as the library's type."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from telegram import Bot, Update
from telegram.constants import ChatType

from bot.store.chats import PRIVATE, Seen

ASKED_FOR = ("message", "edited_message", "callback_query", "my_chat_member", "inline_query")
"""For allowed_updates."""
_BY_PEOPLE = ("message", "edited_message", "callback_query")


def read_update(raw: Mapping[str, Any], bot: Bot) -> Update | None:
    """An update that handlers may act on; None for any other kind, which is not even looked at.

    Raises what the library raises when a field that it needs is missing or is of the wrong type.
    """
    content = {kind: raw[kind] for kind in ASKED_FOR if raw.get(kind)}
    return Update.de_json({"update_id": raw["update_id"], **content}, bot) if content else None


def seen_in(update: Update) -> Seen | None:
    """The chat of an update that somebody wrote or pressed; None for news about the chat itself."""
    chat, user = update.effective_chat, update.effective_user
    if chat is None or update.my_chat_member or (update.message and update.message.migrate_to_chat_id):
        return None
    if chat.type == PRIVATE and user:
        return Seen(chat.id, PRIVATE, user.full_name, user.username, user.language_code)
    return Seen(chat.id, chat.type, chat.title or "", chat.username)


def person_id_in(update: Update) -> int | None:
    """The numeric id of the person who wrote or pressed; None for anonymous admins, channels and bots."""
    message, user = update.message or update.edited_message, update.effective_user
    if user is None or user.is_bot or (message and message.sender_chat):
        return None
    return user.id


class Person(NamedTuple):
    """Who wrote in a private chat."""

    chat_id: int
    language_code: str | None


def person_in(raw: Mapping[str, Any]) -> Person | None:
    """Who wrote an update, though the library may not be able to read it; None without a private chat."""
    for kind in _BY_PEOPLE:
        part = _mapping(raw.get(kind))
        chat = _mapping(part.get("chat") or _mapping(part.get("message")).get("chat"))
        if chat.get("type") == ChatType.PRIVATE and isinstance(chat.get("id"), int):
            code = _mapping(part.get("from")).get("language_code")
            return Person(chat["id"], code if isinstance(code, str) else None)
    return None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
