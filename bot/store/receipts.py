"""Who has pressed 'Understood' under which broadcast."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.store.database import insert
from bot.store.tables import receipts


def give(connection: Connection, broadcast_id: int, chat_id: int, now: datetime) -> bool:
    """Notes that somebody has understood. Returns False when that was known."""
    row = {"broadcast_id": broadcast_id, "chat_id": chat_id, "given_at": now}
    statement = insert(connection, receipts).values(row).on_conflict_do_nothing()
    return connection.execute(statement.returning(receipts.c.chat_id)).first() is not None


def count(connection: Connection, broadcast_id: int) -> int:
    """How many have understood."""
    number = select(func.count()).select_from(receipts).where(receipts.c.broadcast_id == broadcast_id)
    found: int = connection.scalar(number) or 0
    return found


def given(connection: Connection, broadcast_id: int) -> set[int]:
    """The chats that have understood."""
    table = receipts.c
    return set(connection.scalars(select(table.chat_id).where(table.broadcast_id == broadcast_id)))
