"""What staff did: who, when, what. Rows are added and never changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.store.tables import audit


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done."""

    at: datetime
    person_id: int | None  # None for the bot itself
    action: str  # such as role.give
    subject: str  # to whom or to what, without personal text


def note(connection: Connection, person_id: int | None, action: str, subject: str, now: datetime) -> None:
    """Writes down that somebody did something."""
    connection.execute(insert(audit).values(at=now, person_id=person_id, action=action, subject=subject))


def latest(connection: Connection, most: int = 20) -> list[Deed]:
    """What was done last, the newest first."""
    table = audit.c
    rows = connection.execute(
        select(table.at, table.person_id, table.action, table.subject).order_by(table.id.desc()).limit(most)
    )
    return [Deed(row.at, row.person_id, row.action, row.subject) for row in rows]
