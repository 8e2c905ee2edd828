"""Which schedule participants have been told of, so that a restart loses no change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.store.database import insert
from bot.store.tables import known_schedules

_ONLY = 1


@dataclass(frozen=True, slots=True)
class KnownSchedule:
    """The one row."""

    told: Mapping[str, Any]  # JSON: the schedule that participants have been told of, or will be by a draft
    seen: str  # the revision that was live at the last look
    seen_at: datetime  # since when


def read(connection: Connection) -> KnownSchedule | None:
    """What is known; None before the first look."""
    table = known_schedules.c
    query = select(table.told, table.seen, table.seen_at).where(table.id == _ONLY).with_for_update()
    row = connection.execute(query).one_or_none()
    return KnownSchedule(row.told, row.seen, row.seen_at) if row else None


def write(connection: Connection, known: KnownSchedule) -> None:
    """Keeps `known` in place of what was known."""
    values = {"told": dict(known.told), "seen": known.seen, "seen_at": known.seen_at}
    statement = insert(connection, known_schedules).values(id=_ONLY, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
