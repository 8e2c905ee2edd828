"""What people were answered lately, for the day on which it turns out to be wrong."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.outbox.delivery import DeliveryState, Lane
from bot.store.tables import deliveries

_row = deliveries.c
_WITH_WORDS = ("sendMessage", "sendPhoto")


@dataclass(frozen=True, slots=True)
class Answer:
    """One message that answered somebody."""

    chat_id: int
    message_id: int
    method: str
    params: dict[str, Any]


def answers_since(connection: Connection, since: datetime) -> list[Answer]:
    """The messages with words that answered people since a moment and were sent, the oldest first."""
    query = select(_row.chat_id, _row.method, _row.params, _row.message_ids).where(
        _row.lane == Lane.REPLY,
        _row.state == DeliveryState.SENT,
        _row.created_at >= since,
        _row.source.startswith("update:", autoescape=True),
        _row.method.in_(_WITH_WORDS),
    )
    return [
        Answer(row.chat_id, row.message_ids[0], row.method, row.params)
        for row in connection.execute(query.order_by(_row.id))
        if row.message_ids
    ]
