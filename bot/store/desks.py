"""The organizers' chat, to which questions for people go; without one they go to each organizer."""

from sqlalchemy import Connection, select

from bot.store import chats
from bot.store.database import insert
from bot.store.tables import desks

_ONLY = 1  # the id of the one row


def read(connection: Connection) -> int | None:
    """The chat; None when there is none, or the bot was put out of it."""
    chat_id = connection.scalar(select(desks.c.chat_id).where(desks.c.id == _ONLY))
    row = chats.read(connection, chat_id) if chat_id is not None else None
    return None if row and row.gone_at else chat_id


def choose(connection: Connection, chat_id: int | None) -> None:
    """Makes a chat the organizers', or none."""
    _write(connection, chat_id=chat_id)


def settle(connection: Connection, setting: int | None) -> None:
    """Takes the settings' chat when it is another than at the last start.

    What was chosen in chat since then, or the id that the chat has moved to, is not undone by a restart.
    """
    known = connection.execute(select(desks.c.setting).where(desks.c.id == _ONLY)).one_or_none()
    if setting is not None and (known is None or known.setting != setting):
        _write(connection, chat_id=setting, setting=setting)


def _write(connection: Connection, **values: int | None) -> None:
    statement = insert(connection, desks).values(id=_ONLY, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
