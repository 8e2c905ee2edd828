"""What is remembered of each chat: language, what was talked about last, and which reminders it wants."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, select

from bot.store.database import insert
from bot.store.tables import conversations


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """The fields of one conversation."""

    language: str | None
    guessed_language: str | None
    topics: tuple[str, ...]
    misses: int
    remind_before: int | None = None  # minutes
    remind_evening: bool = False
    remind_morning: bool = False
    quiet: bool = True
    reminders_since: datetime | None = None


def read(connection: Connection, chat_id: int) -> ConversationRow | None:
    """What is remembered of a chat; None for a new one."""
    table = conversations.c
    columns = [table[field.name] for field in fields(ConversationRow)]
    row = connection.execute(select(*columns).where(table.chat_id == chat_id)).one_or_none()
    return ConversationRow(**{**row._mapping, "topics": tuple(row.topics)}) if row else None


def write(connection: Connection, chat_id: int, row: ConversationRow, now: datetime) -> None:
    """Remembers `row` for a chat, in place of what was remembered."""
    values = {**asdict(row), "topics": list(row.topics), "updated_at": now}
    statement = insert(connection, conversations).values(chat_id=chat_id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["chat_id"], set_=values))
