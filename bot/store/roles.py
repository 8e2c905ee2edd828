"""Who is staff, by numeric id: given by the settings, or by an admin and kept in the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from sqlalchemy import Connection, delete, select

from bot.store.database import insert
from bot.store.tables import roles


class Role(IntEnum):
    """What somebody may do; each may do what the ones before may."""

    PARTICIPANT = 0
    ORGANIZER = 1
    ADMIN = 2


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role that an admin gave."""

    person_id: int
    role: Role
    given_by: int | None  # None: by the code of the first start
    given_at: datetime


def read(connection: Connection, person_id: int) -> Role:
    """The role that was given to a person."""
    found = connection.scalar(select(roles.c.role).where(roles.c.person_id == person_id))
    return Role[found.upper()] if found else Role.PARTICIPANT


def role_of(connection: Connection, person_id: int | None, settled: Mapping[int, Role]) -> Role:
    """The higher of the role in `settled` (the settings') and the one in the database.

    Anonymous admins of groups and channels have no id of a person, and no role.
    """
    if person_id is None:
        return Role.PARTICIPANT
    return max(settled.get(person_id, Role.PARTICIPANT), read(connection, person_id))


def given(connection: Connection, *, locked: bool = False) -> list[RoleRow]:
    """All roles that were given, the oldest first. `locked`: nobody takes one until the transaction ends."""
    statement = select(roles).order_by(roles.c.given_at, roles.c.person_id)
    rows = connection.execute(statement.with_for_update() if locked else statement)
    return [RoleRow(row.person_id, Role[row.role.upper()], row.given_by, row.given_at) for row in rows]


def give(connection: Connection, person_id: int, role: Role, now: datetime, *, by: int | None) -> None:
    """Gives a person a role in place of the one they had."""
    values = {"role": role.name.lower(), "given_by": by, "given_at": now}
    statement = insert(connection, roles).values(person_id=person_id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))


def take(connection: Connection, person_id: int) -> bool:
    """Takes a person's role away. Returns whether they had one."""
    return connection.execute(delete(roles).where(roles.c.person_id == person_id)).rowcount == 1
