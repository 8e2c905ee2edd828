"""What somebody wrote to the bot lately, from the updates that are still kept."""

import json

from sqlalchemy import Connection, select

from bot.store.tables import updates

_LOOKED_AT = 20  # updates; presses are among them


def earlier_questions(connection: Connection, chat_id: int, most: int) -> list[str]:
    """The latest texts of a private chat that are no commands, the newest first."""
    rows = connection.scalars(
        select(updates.c.raw)
        .where(updates.c.chat_id == chat_id, updates.c.raw.is_not(None))
        .order_by(updates.c.position.desc())
        .limit(_LOOKED_AT)
    )
    texts = [json.loads(raw).get("message", {}).get("text", "") for raw in rows]
    return [text for text in texts if text and not text.startswith("/")][:most]
