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


async def write(connection: AsyncConnection, sha256: str, archive: bytes, now: datetime) -> None:
    """Keeps `archive` as the last good copy; a copy kept already costs nothing."""
    table = knowledge_copies.c
    if await connection.scalar(select(table.sha256).where(table.sha256 == sha256)):
        return
    await connection.execute(
        insert(connection, knowledge_copies).values(sha256=sha256, archive=archive, saved_at=now)
    )
    await connection.execute(delete(knowledge_copies).where(table.sha256 != sha256))
