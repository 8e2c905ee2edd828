"""Who is let in while the programme is for the invited only: people, and groups of the chat."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, delete, exists, literal, select, update

from bot.store.chats import PRIVATE
from bot.store.database import insert
from bot.store.tables import admissions, chats, memberships, roles

_row = admissions.c


class Standing(StrEnum):
    """How somebody stands at the door."""

    OUTSIDE = "outside"  # came without an invitation
    WAITING = "waiting"  # asked the organizers
    ADMITTED = "admitted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody who came to the door."""

    chat_id: int  # a person's own id, or a group's
    standing: Standing
    card: str | None  # source of the deliveries that ask the organizers
    given_by: int | None  # who let them in or refused them; None by a link
    changed_at: datetime


def read(connection: Connection, chat_id: int) -> Admission | None:
    """How somebody stands; None when they never were at a closed door, nor came by a link."""
    row = connection.execute(select(admissions).where(_row.chat_id == chat_id)).one_or_none()
    return Admission(**{**row._mapping, "standing": Standing(row.standing)}) if row else None


def is_in(connection: Connection, chat_id: int) -> bool:
    """Whether somebody was let in, or belongs to a group of participants and was not refused."""
    found = read(connection, chat_id)
    if found:
        return found.standing is Standing.ADMITTED
    member = select(memberships.c.chat_id).where(memberships.c.chat_id == chat_id).limit(1)
    return connection.scalar(member) is not None


def shut_out(chat_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition that whoever a column names is not let in."""
    return exists().where(_row.chat_id == chat_id, _row.standing != Standing.ADMITTED)


def note_outside(connection: Connection, chat_id: int, now: datetime) -> None:
    """Somebody came to the closed door; how they stood before stays."""
    values = {"chat_id": chat_id, "standing": Standing.OUTSIDE, "changed_at": now}
    connection.execute(insert(connection, admissions).values(values).on_conflict_do_nothing())


def ask(connection: Connection, chat_id: int, card: str, now: datetime) -> bool:
    """Somebody asks to be let in. Returns whether they may: who waits or was refused has asked already."""
    note_outside(connection, chat_id, now)
    statement = (
        update(admissions)
        .where(_row.chat_id == chat_id, _row.standing == Standing.OUTSIDE)
        .values(standing=Standing.WAITING, card=card, changed_at=now)
    )
    return connection.execute(statement).rowcount == 1


def admit(connection: Connection, chat_id: int, now: datetime, *, by: int | None) -> None:
    """Lets somebody in, however they stood: `by` an organizer, or None by a link."""
    values = {"standing": Standing.ADMITTED, "given_by": by, "changed_at": now}
    statement = insert(connection, admissions).values(chat_id=chat_id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["chat_id"], set_=values))


def change(
    connection: Connection, chat_id: int, old: Standing, new: Standing, *, by: int | None, now: datetime
) -> bool:
    """Decides, if somebody still stands as `old`. Returns whether they did."""
    statement = (
        update(admissions)
        .where(_row.chat_id == chat_id, _row.standing == old)
        .values(standing=new, given_by=by, changed_at=now)
    )
    return connection.execute(statement).rowcount == 1


def close(connection: Connection, staff: Collection[int], now: datetime) -> None:
    """Puts everybody outside who is there, but for staff, members of groups and who was let in.

    `staff` are the people to whom the settings give a role.
    """
    known = (
        exists().where(_row.chat_id == chats.c.chat_id),
        exists().where(memberships.c.chat_id == chats.c.chat_id),
        exists().where(roles.c.person_id == chats.c.chat_id),
    )
    others = select(
        chats.c.chat_id, literal(Standing.OUTSIDE, _row.standing.type), literal(now, _row.changed_at.type)
    ).where(chats.c.kind == PRIVATE, chats.c.chat_id.not_in(staff), *(~each for each in known))
    statement = insert(connection, admissions).from_select(["chat_id", "standing", "changed_at"], others)
    connection.execute(statement.on_conflict_do_nothing())


def open_door(connection: Connection) -> None:
    """Nobody stands outside any more."""
    connection.execute(delete(admissions).where(_row.standing != Standing.ADMITTED))
