"""Which updates the bot asks Telegram for, and a raw one as the library's type."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from telegram import Bot, Update
from telegram.constants import ChatType

ASKED_FOR = ("message", "edited_message", "callback_query", "my_chat_member")
"""For allowed_updates."""
_HANDLED = ("message", "edited_message", "callback_query")


def read_update(raw: Mapping[str, Any], bot: Bot) -> Update | None:
    """An update that handlers may act on; None for any other kind, which is not even looked at.

    Raises what the library raises when a field that it needs is missing or is of the wrong type.
    """
    content = {kind: raw[kind] for kind in _HANDLED if raw.get(kind)}
    return Update.de_json({"update_id": raw["update_id"], **content}, bot) if content else None


class Person(NamedTuple):
    """Who wrote in a private chat."""

    chat_id: int
    language_code: str | None


def person_in(raw: Mapping[str, Any]) -> Person | None:
    """Who wrote an update, though the library may not be able to read it; None without a private chat."""
    for kind in _HANDLED:
        part = _mapping(raw.get(kind))
        chat = _mapping(part.get("chat") or _mapping(part.get("message")).get("chat"))
        if chat.get("type") == ChatType.PRIVATE and isinstance(chat.get("id"), int):
            code = _mapping(part.get("from")).get("language_code")
            return Person(chat["id"], code if isinstance(code, str) else None)
    return None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
