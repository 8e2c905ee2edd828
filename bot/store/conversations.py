"""What is remembered of each chat: language and what was talked about last."""

from datetime import datetime
from typing import TypedDict

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import insert
from bot.store.tables import conversations


class ConversationRow(TypedDict):
    """The fields of one conversation, named as the assistant names them."""

    language: str | None
    guessed_language: str | None
    topics: tuple[str, ...]
    misses: int


async def read(connection: AsyncConnection, chat_id: int) -> ConversationRow | None:
    """What is remembered of a chat; None for a new one."""
    table = conversations.c
    row = (
        await connection.execute(
            select(table.language, table.guessed_language, table.topics, table.misses).where(
                table.chat_id == chat_id
            )
        )
    ).one_or_none()
    if row is None:
        return None
    return ConversationRow(
        language=row.language,
        guessed_language=row.guessed_language,
        topics=tuple(row.topics),
        misses=row.misses,
    )


async def write(connection: AsyncConnection, chat_id: int, row: ConversationRow, now: datetime) -> None:
    """Remembers `row` for a chat, in place of what was remembered."""
    values = {**row, "topics": list(row["topics"]), "updated_at": now}
    statement = insert(connection, conversations).values(chat_id=chat_id, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["chat_id"], set_=values))


async def move(connection: AsyncConnection, old: int, new: int) -> None:
    """A group has become a supergroup with another id: its conversation goes on there."""
    if await read(connection, new) is None:
        await connection.execute(
            update(conversations).where(conversations.c.chat_id == old).values(chat_id=new)
        )
    else:
        await connection.execute(delete(conversations).where(conversations.c.chat_id == old))
