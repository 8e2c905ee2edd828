"""Who wants a reminder, and who had it: a row for each person, session (or day), start and kind."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, delete, literal, select

from bot.store.database import insert
from bot.store.tables import conversations, reminders

_row = reminders.c
_chat = conversations.c


class ReminderKind(StrEnum):
    """What a reminder is about."""

    BEFORE = "before"  # a session that begins soon
    EVENING = "evening"  # the next day
    MORNING = "morning"  # the day


class ReminderState(StrEnum):
    """What became of a reminder. Those to come have no row: they are computed from the schedule."""

    QUEUED = "queued"  # handed to the outbox
    LATE = "late"  # dropped: the bot was down until it was of no use


class ReminderKey(NamedTuple):
    """What makes a reminder one and the same for a person."""

    kind: ReminderKind
    subject: str  # a session's id, or a day such as 2016-10-11
    starts_at: datetime  # of the session, or of the day


class Waiting(NamedTuple):
    """Somebody who is still to get a reminder."""

    chat_id: int
    language: str | None
    quiet: bool  # no sound at night


def waiting(connection: Connection, key: ReminderKey, minutes: int | None, limit: int) -> list[Waiting]:
    """Up to `limit` people who want a reminder (`minutes` before) and have not got it."""
    had = select(_row.chat_id).where(
        _row.chat_id == _chat.chat_id, *_is(key), _row.state == ReminderState.QUEUED
    )
    rows = connection.execute(
        select(_chat.chat_id, _chat.language, _chat.guessed_language, _chat.quiet)
        .where(_wants(key.kind, minutes), ~had.exists())
        .order_by(_chat.chat_id)
        .limit(limit)
    )
    return [Waiting(row.chat_id, row.language or row.guessed_language, row.quiet) for row in rows]


def note_queued(connection: Connection, key: ReminderKey, chat_ids: Collection[int]) -> set[int]:
    """Notes that a reminder goes to these chats now, and returns those that did not have it yet."""
    rows = [{"chat_id": chat_id, **key._asdict(), "state": ReminderState.QUEUED} for chat_id in chat_ids]
    statement = insert(connection, reminders).values(rows)
    statement = statement.on_conflict_do_update(
        index_elements=["chat_id", "kind", "subject", "starts_at"],
        set_={"state": ReminderState.QUEUED},
        where=_row.state == ReminderState.LATE,  # the clock was set back, as rehearsals do
    )
    return set(connection.scalars(statement.returning(_row.chat_id)))


def note_late(connection: Connection, key: ReminderKey, minutes: int | None, due_at: datetime) -> int:
    """Notes who missed a reminder that they wanted before it was due, and says how many are new."""
    missed = select(
        _chat.chat_id,
        *(literal(value, _row[name].type) for name, value in key._asdict().items()),
        literal(ReminderState.LATE, _row.state.type),
    ).where(_wants(key.kind, minutes), _chat.reminders_since < due_at)
    statement = insert(connection, reminders).from_select(
        ["chat_id", "kind", "subject", "starts_at", "state"], missed
    )
    statement = statement.on_conflict_do_nothing().returning(_row.chat_id)
    return len(connection.scalars(statement).all())


def queued(connection: Connection, after: datetime) -> list[ReminderKey]:
    """Reminders handed to the outbox of what starts after a moment."""
    rows = connection.execute(
        select(_row.kind, _row.subject, _row.starts_at)
        .where(_row.state == ReminderState.QUEUED, _row.starts_at > after)
        .distinct()
    )
    return [ReminderKey(ReminderKind(row.kind), row.subject, row.starts_at) for row in rows]


def forget(connection: Connection, key: ReminderKey, chat_ids: Collection[int]) -> None:
    """As if these chats had never had a reminder: it was called off before it was sent."""
    connection.execute(delete(reminders).where(*_is(key), _row.chat_id.in_(chat_ids)))


def _is(key: ReminderKey) -> tuple[ColumnElement[bool], ...]:
    return (_row.kind == key.kind, _row.subject == key.subject, _row.starts_at == key.starts_at)


def _wants(kind: ReminderKind, minutes: int | None) -> ColumnElement[bool]:
    if kind is ReminderKind.BEFORE:
        return and_(_chat.remind_before.is_not(None), _chat.remind_before == minutes)
    return (_chat.remind_evening if kind is ReminderKind.EVENING else _chat.remind_morning).is_(True)
