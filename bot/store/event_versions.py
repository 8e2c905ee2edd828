"""How often the event of each session has changed, for the calendars that phones keep."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.store.database import insert
from bot.store.tables import event_versions


@dataclass(frozen=True, slots=True)
class EventVersion:
    """The row of one session."""

    session_id: str
    sequence: int
    facts: str  # a hash of what the event is made of
    session: Mapping[str, Any]  # JSON: as it was
    cancelled: bool
    since: datetime


def read(connection: Connection) -> list[EventVersion]:
    """All rows."""
    return [EventVersion(**row._mapping) for row in connection.execute(select(event_versions))]


def write(connection: Connection, version: EventVersion) -> None:
    """Keeps `version` in place of what was known of the session."""
    values = asdict(version)
    statement = insert(connection, event_versions).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["session_id"], set_=values))
