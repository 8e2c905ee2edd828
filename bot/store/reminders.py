"""Who wants a reminder, and who had it: a row for each person, session (or day), start and kind."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, literal, or_, select

from bot.store.admissions import shut_out
from bot.store.database import insert
from bot.store.tables import chats, conversations, memberships, reminders

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

    @property
    def source(self) -> str:
        """What its deliveries are sent for."""
        return f"reminder:{self.kind}:{self.subject}:{self.starts_at.timestamp():.0f}"


class Audience(NamedTuple):
    """Whom a reminder concerns, where it does not concern everybody."""

    members_of: frozenset[str] = frozenset()  # those in one of these groups
    ungrouped: bool = False  # and those in no group
    strangers_to: frozenset[str] | None = None  # and those in groups, but in none of these


class Waiting(NamedTuple):
    """Somebody who is still to get a reminder."""

    chat_id: int
    language: str | None
    quiet: bool  # no sound at night
    groups: tuple[str, ...] = ()  # that they belong to


def waiting(
    connection: Connection,
    key: ReminderKey,
    minutes: int | None,
    limit: int,
    audience: Audience | None = None,
) -> list[Waiting]:
    """Up to `limit` people of `audience` who want a reminder (`minutes` before) and have not got it.

    People who blocked the bot do not wait; they do again when they return.
    """
    rows = connection.execute(
        select(_chat.chat_id, _chat.language, _chat.guessed_language, _chat.quiet)
        .where(*_waits(key, minutes, audience))
        .order_by(_chat.chat_id)
        .limit(limit)
    ).all()
    member, groups = memberships.c, defaultdict[int, list[str]](list)
    ids = [row.chat_id for row in rows]
    for row in connection.execute(select(member.chat_id, member.group).where(member.chat_id.in_(ids))):
        groups[row.chat_id].append(row.group)
    return [
        Waiting(
            row.chat_id, row.language or row.guessed_language, row.quiet, tuple(sorted(groups[row.chat_id]))
        )
        for row in rows
    ]


def count_waiting(
    connection: Connection, key: ReminderKey, minutes: int | None, audience: Audience | None = None
) -> int:
    """How many people `waiting` would find without a limit."""
    statement = select(func.count()).select_from(conversations).where(*_waits(key, minutes, audience))
    return connection.execute(statement).scalar_one()


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


def note_late(
    connection: Connection,
    key: ReminderKey,
    minutes: int | None,
    due_at: datetime,
    audience: Audience | None = None,
) -> int:
    """Notes who missed a reminder that they wanted before it was due, and says how many are new."""
    missed = select(
        _chat.chat_id,
        *(literal(value, _row[name].type) for name, value in key._asdict().items()),
        literal(ReminderState.LATE, _row.state.type),
    ).where(*_concerns(key, minutes, audience), _chat.reminders_since < due_at)
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


def queued_for(connection: Connection, chat_id: int) -> list[ReminderKey]:
    """Reminders handed to the outbox for a chat, sent ones too."""
    rows = connection.execute(
        select(_row.kind, _row.subject, _row.starts_at).where(
            _row.chat_id == chat_id, _row.state == ReminderState.QUEUED
        )
    )
    return [ReminderKey(ReminderKind(row.kind), row.subject, row.starts_at) for row in rows]


def forget(connection: Connection, key: ReminderKey, chat_ids: Collection[int]) -> None:
    """As if these chats had never had a reminder: it was called off before it was sent."""
    connection.execute(delete(reminders).where(*_is(key), _row.chat_id.in_(chat_ids)))


def _is(key: ReminderKey) -> tuple[ColumnElement[bool], ...]:
    return (_row.kind == key.kind, _row.subject == key.subject, _row.starts_at == key.starts_at)


def _waits(key: ReminderKey, minutes: int | None, audience: Audience | None) -> list[ColumnElement[bool]]:
    had = exists().where(_row.chat_id == _chat.chat_id, *_is(key), _row.state == ReminderState.QUEUED)
    return [*_concerns(key, minutes, audience), ~had]


def _concerns(key: ReminderKey, minutes: int | None, audience: Audience | None) -> list[ColumnElement[bool]]:
    """That somebody wants the reminder, is let in and can be written to, and belongs to the audience."""
    gone = exists().where(chats.c.chat_id == _chat.chat_id, chats.c.gone_at.is_not(None))
    conditions = [_wants(key.kind, minutes), ~gone, ~shut_out(_chat.chat_id)]
    if audience is not None:
        conditions.append(_belongs(audience))
    return conditions


def _belongs(audience: Audience) -> ColumnElement[bool]:
    member = memberships.c
    grouped = exists().where(member.chat_id == _chat.chat_id)
    either: list[ColumnElement[bool]] = [grouped.where(member.group.in_(audience.members_of))]
    if audience.ungrouped:
        either.append(~grouped)
    if audience.strangers_to is not None:
        either.append(and_(grouped, ~grouped.where(member.group.in_(audience.strangers_to))))
    return or_(*either)


def _wants(kind: ReminderKind, minutes: int | None) -> ColumnElement[bool]:
    if kind is ReminderKind.BEFORE:
        return and_(_chat.remind_before.is_not(None), _chat.remind_before == minutes)
    return (_chat.remind_evening if kind is ReminderKind.EVENING else _chat.remind_morning).is_(True)
