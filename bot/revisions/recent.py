"""What participants have asked lately, as far as it is still kept."""

import json
from typing import Any

from sqlalchemy import Connection, select

from bot.store.tables import updates
from bot.store.updates import UpdateState

MOST = 300  # questions
_LOOKED_AT = 2_000  # updates
_LONGEST = 200  # characters; what is longer is a story


def recent_questions(connection: Connection) -> list[str]:
    """Texts from private chats, without commands, each once; the newest first."""
    table = updates.c
    readable = table.raw.is_not(None), table.state != UpdateState.QUARANTINED
    query = select(table.raw).where(*readable).order_by(table.position.desc()).limit(_LOOKED_AT)
    texts = (_question(json.loads(raw)) for raw in connection.scalars(query))
    return list(dict.fromkeys(text for text in texts if text))[:MOST]


def _question(update: Any) -> str | None:
    """The text of an update of Telegram's, which may be anything."""
    message = update.get("message") if isinstance(update, dict) else None
    if not isinstance(message, dict):
        return None
    text, chat = message.get("text"), message.get("chat")
    private = isinstance(chat, dict) and chat.get("type") == "private"
    if not private or not isinstance(text, str) or text.startswith("/") or len(text) > _LONGEST:
        return None
    return " ".join(text.split()) or None
