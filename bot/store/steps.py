"""What staff are in the middle of: the next thing that they were asked for, and what they gave so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from bot.store.database import insert
from bot.store.tables import steps


@dataclass(frozen=True, slots=True)
class Step:
    """An open step: the next message of this person in this chat belongs to it."""

    name: str  # such as broadcast.text
    state: Mapping[str, Any] = field(default_factory=dict)  # JSON values


def read(connection: Connection, chat_id: int, person_id: int) -> Step | None:
    """The open step of a person in a chat."""
    table = steps.c
    found = connection.execute(
        select(table.name, table.state).where(table.chat_id == chat_id, table.person_id == person_id)
    ).one_or_none()
    return Step(found.name, found.state) if found else None


def write(connection: Connection, chat_id: int, person_id: int, step: Step | None, now: datetime) -> None:
    """Opens `step` in place of the one that was open; None closes it."""
    table = steps.c
    if step is None:
        connection.execute(delete(steps).where(table.chat_id == chat_id, table.person_id == person_id))
        return
    values = {"name": step.name, "state": dict(step.state), "asked_at": now}
    statement = insert(connection, steps).values(chat_id=chat_id, person_id=person_id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["chat_id", "person_id"], set_=values))
