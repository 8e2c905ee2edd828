"""A group that has become a supergroup has another id: it is written wherever the old one stands."""

from sqlalchemy import Connection, Table, delete, select, update

from bot.store.tables import (
    admissions,
    broadcasts,
    chats,
    conversations,
    desks,
    memberships,
    receipts,
    reminders,
    steps,
)

_KEYED_BY_CHAT = (admissions, chats, conversations, memberships, receipts, reminders, steps)


def move(connection: Connection, old: int, new: int) -> None:
    """Puts `new` for `old`. What is already known under the new id stays as it is."""
    for table in _KEYED_BY_CHAT:
        _move(connection, table, old, new)
    connection.execute(update(chats).where(chats.c.chat_id == new).values(kind="supergroup"))
    connection.execute(update(desks).where(desks.c.chat_id == old).values(chat_id=new))
    rows = connection.execute(select(broadcasts.c.id, broadcasts.c.audience)).all()
    for row in rows:
        named = row.audience.get("chats", ())
        if old in named:
            audience = {**row.audience, "chats": [new if chat_id == old else chat_id for chat_id in named]}
            connection.execute(update(broadcasts).where(broadcasts.c.id == row.id).values(audience=audience))


def _move(connection: Connection, table: Table, old: int, new: int) -> None:
    there = table.alias()
    others = [column.name for column in table.primary_key if column.name != "chat_id"]
    same = select(there.c.chat_id).where(
        there.c.chat_id == new, *(there.c[name] == table.c[name] for name in others)
    )
    moved = update(table).where(table.c.chat_id == old, ~same.exists()).values(chat_id=new)
    connection.execute(moved)
    connection.execute(delete(table).where(table.c.chat_id == old))
