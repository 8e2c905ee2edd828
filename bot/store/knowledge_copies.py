"""The last good copy of the knowledge folder, for the day when the folder is broken."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.store.database import insert
from bot.store.tables import knowledge_copies


def read(connection: Connection) -> bytes | None:
    """The last good copy; None when there never was one."""
    table = knowledge_copies.c
    found: bytes | None = connection.scalar(select(table.archive).order_by(table.saved_at.desc()).limit(1))
    return found


def has(connection: Connection, revision: str) -> bool:
    """Whether the copy kept is of this revision."""
    table = knowledge_copies.c
    return bool(connection.scalar(select(table.revision).where(table.revision == revision)))


def write(connection: Connection, revision: str, archive: bytes, now: datetime) -> None:
    """Keeps `archive` in place of the copy kept before."""
    connection.execute(delete(knowledge_copies))
    row = {"revision": revision, "archive": archive, "saved_at": now}
    connection.execute(insert(connection, knowledge_copies).values(row).on_conflict_do_nothing())
