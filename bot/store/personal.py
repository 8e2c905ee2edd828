"""All that is kept about one person: collected for them, or erased so that only counts stay.

A person is a number. So that no table can be overlooked, every column of every table is searched for it;
listed here is only what goes as a whole.
"""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    and_,
    cast,
    delete,
    false,
    or_,
    select,
    update,
)

from bot.store.chats import PRIVATE
from bot.store.tables import (
    admissions,
    attachments,
    chats,
    conversations,
    deliveries,
    drafts,
    inquiries,
    memberships,
    metadata,
    misses,
    paces,
    ratings,
    reminders,
    steps,
    topics,
    updates,
)

_OWN = (
    admissions,
    chats,
    conversations,
    memberships,
    reminders,
    steps,
    paces,
    misses,
    drafts,
    inquiries,
    topics,
)
"""Tables whose rows are about one person each."""
PERSON_COLUMNS = frozenset({"chat_id", "person_id", "made_by", "given_by", "started_by", "setting"})
"""Columns that hold numbers of people, in any table."""
_WAITING, _CANCELLED, _DONE = ("queued", "paused"), "cancelled", "done"
_FEWEST_DIGITS = 5  # shorter numbers are found in columns of ids only, not inside texts


def collect(connection: Connection, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row that has the person's number in a column of ids, by table."""
    found = {}
    for table in metadata.sorted_tables:
        rows = (
            [
                {name: _shown(value) for name, value in row._mapping.items()}
                for row in connection.execute(select(table).where(_of(table, person_id)))
            ]
            if _ids(table)
            else []
        )
        if rows:
            found[table.name] = rows
    return found


def erase(connection: Connection, person_id: int) -> None:
    """Deletes what is theirs, calls off what waits for them, and takes their number out of all the rest.

    Rows that are counted stay, under a number that nobody has.
    """
    asked = connection.scalars(select(inquiries.c.id).where(inquiries.c.chat_id == person_id)).all()
    door = connection.scalar(select(admissions.c.card).where(admissions.c.chat_id == person_id))
    for table in _OWN:
        connection.execute(delete(table).where(_of(table, person_id)))
    shown = (deliveries.c.source.contains(f"inquiry:{number}:") for number in asked)  # to organizers
    at_the_door = deliveries.c.source.startswith(door) if door else false()
    theirs = or_(deliveries.c.chat_id == person_id, at_the_door, *shown)
    waiting = and_(theirs, deliveries.c.state.in_(_WAITING))
    connection.execute(update(deliveries).where(waiting).values(state=_CANCELLED))
    empty: dict[str, Any] = {
        "params": {},
        "photos": [],
        "error": None,
        "message_ids": None,
        "question_message_id": None,
    }
    connection.execute(update(deliveries).where(theirs).values(empty))
    raw = updates.c.raw
    named = (raw.contains(f'"id": {person_id}{end}') for end in ",}")  # in groups
    mine = or_(updates.c.chat_id == person_id, *named)
    connection.execute(update(updates).where(mine).values(raw=None, state=_DONE))
    connection.execute(update(ratings).where(ratings.c.chat_id == person_id).values(comment=None))
    nobody = -secrets.randbelow(2**62) - 2**61
    for table in metadata.sorted_tables:
        for column in _ids(table):
            connection.execute(update(table).where(column == person_id).values({column: nobody}))
        _scrub(connection, table, person_id)
    _drop_files(connection, person_id)


def inactive(connection: Connection, before: datetime) -> list[int]:
    """Participants who have not been seen since `before`."""
    table = chats.c
    query = select(table.chat_id).where(table.kind == PRIVATE, table.seen_at < before)
    return list(connection.scalars(query))


def _ids(table: Table) -> list[Column[Any]]:
    """The columns in which the number of a person may stand."""
    return [column for column in table.columns if column.name in PERSON_COLUMNS]


def _of(table: Table, person_id: int) -> ColumnElement[bool]:
    """The rows in which it does."""
    condition: ColumnElement[bool] = or_(*(column == person_id for column in _ids(table)))
    return condition


def _scrub(connection: Connection, table: Table, person_id: int) -> None:
    """Takes the number out of texts and JSON values."""
    number = str(person_id)
    columns = [column for column in table.columns if isinstance(column.type, Text | JSON)]
    if len(number) < _FEWEST_DIGITS or not columns:
        return
    key = list(table.primary_key)
    holds = or_(*(cast(column, Text).contains(number) for column in columns))
    for row in connection.execute(select(*key, *columns).where(holds)).all():
        kept = row._mapping
        values = {column.name: _without(kept[column.name], number) for column in columns}
        same = and_(*(column == kept[column.name] for column in key))
        connection.execute(update(table).where(same).values(values))


def _without(value: Any, number: str) -> Any:
    if isinstance(value, str):
        return re.sub(rf"(?<!\d){number}(?!\d)", "0", value)
    if isinstance(value, Mapping):
        return {_without(key, number): _without(each, number) for key, each in value.items()}
    if isinstance(value, list):
        return [_without(each, number) for each in value]
    return 0 if str(value) == number else value


def _drop_files(connection: Connection, person_id: int) -> None:
    """Files made for the person, such as what `collect` found, hold the number inside."""
    table = attachments.c
    number = str(person_id).encode()
    for row in connection.execute(select(table.sha256, table.data)).all():
        if number in row.data:
            connection.execute(delete(attachments).where(table.sha256 == row.sha256))


def _shown(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
