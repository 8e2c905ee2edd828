"""The last good copy of the knowledge folder, for the day when the folder is broken."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import insert
from bot.store.tables import knowledge_copies


async def read(connection: AsyncConnection) -> bytes | None:
    """The last good copy; None when there never was one."""
    table = knowledge_copies.c
    found: bytes | None = await connection.scalar(
        select(table.archive).order_by(table.saved_at.desc()).limit(1)
    )
    return found


async def has(connection: AsyncConnection, revision: str) -> bool:
    """Whether the copy kept is of this revision."""
    table = knowledge_copies.c
    return bool(await connection.scalar(select(table.revision).where(table.revision == revision)))


async def write(connection: AsyncConnection, revision: str, archive: bytes, now: datetime) -> None:
    """Keeps `archive` in place of the copy kept before."""
    await connection.execute(delete(knowledge_copies))
    row = {"revision": revision, "archive": archive, "saved_at": now}
    await connection.execute(insert(connection, knowledge_copies).values(row).on_conflict_do_nothing())
