"""Which topic of a group is about whom."""

from sqlalchemy import Connection, delete, select

from bot.store.database import insert
from bot.store.tables import topics

_row = topics.c


def read(connection: Connection, chat_id: int, person_id: int) -> int | None:
    """The topic about a person, by Telegram's id."""
    found: int | None = connection.scalar(
        select(_row.thread_id).where(_row.chat_id == chat_id, _row.person_id == person_id)
    )
    return found


def write(connection: Connection, chat_id: int, person_id: int, thread_id: int) -> None:
    """Remembers the topic about a person, in place of another."""
    statement = insert(connection, topics).values(chat_id=chat_id, person_id=person_id, thread_id=thread_id)
    keys = ["chat_id", "person_id"]
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_={"thread_id": thread_id}))


def forget(connection: Connection, chat_id: int, thread_id: int) -> None:
    """A topic was deleted."""
    connection.execute(delete(topics).where(_row.chat_id == chat_id, _row.thread_id == thread_id))
