"""What was answered in which group lately, so that it need not be said again at once."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from bot.store.database import insert
from bot.store.tables import deliveries, group_answers

AGAIN = timedelta(minutes=10)  # after that, people have scrolled on

_row = group_answers.c


def said_lately(connection: Connection, chat_id: int, subject: str, now: datetime) -> int | None:
    """The message that answered this in the last ten minutes, if it is known to have arrived."""
    source = connection.scalar(
        select(_row.source).where(
            _row.chat_id == chat_id, _row.subject == subject, _row.said_at > now - AGAIN
        )
    )
    if source is None:
        return None
    table = deliveries.c
    message_ids = connection.scalar(
        select(table.message_ids)
        .where(table.source == source, table.chat_id == chat_id, table.message_ids.is_not(None))
        .order_by(table.part)
        .limit(1)
    )
    return int(message_ids[0]) if message_ids else None


def note(connection: Connection, chat_id: int, subject: str, source: str, now: datetime) -> None:
    """It is being answered by the deliveries of `source`."""
    values = {"source": source, "said_at": now}
    statement = insert(connection, group_answers).values(chat_id=chat_id, subject=subject, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["chat_id", "subject"], set_=values))


def forget_old(connection: Connection, now: datetime) -> None:
    """Drops what may be said again."""
    connection.execute(delete(group_answers).where(_row.said_at <= now - AGAIN))
