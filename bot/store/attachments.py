"""Files that the bot made for somebody: kept until they are surely sent."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.store.database import insert
from bot.store.tables import attachments


def write(connection: Connection, sha256: str, data: bytes, now: datetime) -> None:
    """Keeps a file by the hash of its content."""
    row = {"sha256": sha256, "data": data, "made_at": now}
    statement = insert(connection, attachments).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["sha256"], set_={"made_at": now}))


def read(connection: Connection, sha256: str) -> bytes | None:
    """The content; None when it was forgotten."""
    found: bytes | None = connection.scalar(select(attachments.c.data).where(attachments.c.sha256 == sha256))
    return found


def forget_old(connection: Connection, before: datetime) -> None:
    """Drops files made before `before`."""
    connection.execute(delete(attachments).where(attachments.c.made_at < before))
