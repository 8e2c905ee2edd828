"""Which deliveries go next: taken as far as the pace allows, and marked before they are sent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, or_, select, update

from bot.outbox.delivery import Delivery, DeliveryState, Lane
from bot.outbox.pacing import LONGEST_DEBT, Limit, Pace
from bot.store.database import insert
from bot.store.tables import deliveries, paces

LEASE = timedelta(seconds=15)  # a sender that is alive renews it in time; one that is dead does not
WHOLE_BOT = 0  # stands for all chats in the table of paces
PROBE = 5.0  # seconds between two replies that are tried while Telegram asks the whole bot to wait

_row = deliveries.c
_pace = paces.c


def claim(
    connection: Connection,
    sender: str,
    now: datetime,
    pace: Pace,
    room: int,
    *,
    newest_first: bool = False,
) -> list[Delivery]:
    """Takes up to `room` due deliveries of different chats and marks them `sending` by `sender`.

    By lane, then the longest waiting first, or the newest first: a caller that alternates lets neither a
    backlog nor a rush keep the other waiting. Within a chat and lane the order is kept: only what has never
    been due, such as a reminder for tomorrow, is overtaken.
    """
    seconds = now.timestamp()
    # The lock on this row keeps other processes from claiming meanwhile.
    whole = connection.execute(select(paces).where(_pace.chat_id == WHOLE_BOT).with_for_update()).one()
    owed = whole.owed_until
    if not pace.overall.allows(owed, seconds):
        return []
    due = _due(now, pace, newest_first=newest_first)
    if whole.paused_until > seconds:
        if 0 <= seconds - owed < PROBE:
            return []
        room, due = 1, due.where(_row.lane == Lane.REPLY)
    taken: dict[int, Delivery] = {}
    debts: dict[int, float] = {}
    for row in connection.execute(due.limit(4 * room)):  # some may be of one chat
        if row.chat_id in taken:
            continue
        taken[row.chat_id] = delivery = Delivery.from_row(row)
        messages = max(1, len(delivery.call.photos))  # an album is one for each picture
        debts[row.chat_id] = pace.of(row.chat_id).owed_after(row.owed_until or 0.0, seconds, messages)
        owed = pace.overall.owed_after(owed, seconds, messages)
        if len(taken) == room or not pace.overall.allows(owed, seconds):
            break
    if taken:
        _mark_sending(connection, [delivery.id for delivery in taken.values()], sender, now)
        _owe(connection, {WHOLE_BOT: owed, **debts})
    return list(taken.values())


def seconds_to_next(connection: Connection, now: datetime, pace: Pace) -> float | None:
    """After how many seconds a queued delivery may be due; None when none waits for a moment."""
    seconds = now.timestamp()
    whole = connection.execute(select(paces).where(_pace.chat_id == WHOLE_BOT)).one()
    if not pace.overall.allows(whole.owed_until, seconds):
        return float(_free_at(pace.overall, whole.owed_until, 0.0, seconds) - seconds)
    rows = connection.execute(
        select(_row.chat_id, _row.lane, _row.attempts, _row.not_before, _pace.owed_until, _pace.paused_until)
        .select_from(deliveries.outerjoin(paces, _pace.chat_id == _row.chat_id))
        .where(_row.state == DeliveryState.QUEUED, ~_is_sending_to_chat())
        .order_by(_row.lane, _row.id)
        .limit(200)  # beyond these, the sender's own poll is soon enough
    )
    behind_another: set[tuple[int, int]] = set()
    earliest: float | None = None
    for row in rows:
        if (row.chat_id, row.lane) in behind_another:
            continue
        if row.attempts > 0 or row.not_before is None or row.not_before <= now:
            behind_another.add((row.chat_id, row.lane))
        free = _free_at(pace.of(row.chat_id), row.owed_until or 0.0, row.paused_until or 0.0, seconds)
        ready = max(free, row.not_before.timestamp() if row.not_before else 0.0)
        earliest = ready if earliest is None else min(earliest, ready)
    if earliest is None:
        return None
    return float(max(earliest - seconds, min(PROBE, whole.paused_until - seconds), 0.0))


def renew(connection: Connection, sender: str, now: datetime) -> None:
    """Says that `sender` is alive and still sending what it claimed."""
    connection.execute(
        update(deliveries)
        .where(_row.claimed_by == sender, _row.state == DeliveryState.SENDING)
        .values(claimed_until=now + LEASE)
    )


def _due(now: datetime, pace: Pace, *, newest_first: bool) -> Select[Any]:
    seconds = now.timestamp()
    earlier = deliveries.alias()
    behind_another = exists().where(
        earlier.c.chat_id == _row.chat_id,
        earlier.c.state == DeliveryState.QUEUED,
        earlier.c.lane == _row.lane,
        earlier.c.id < _row.id,
        or_(earlier.c.attempts > 0, earlier.c.not_before.is_(None), earlier.c.not_before <= now),
    )
    chat_allowance = case((_row.chat_id > 0, pace.private.allowance), else_=pace.group.allowance)
    chat_is_free = or_(
        _pace.chat_id.is_(None),
        and_(
            _pace.paused_until <= seconds,
            or_(_pace.owed_until <= seconds + chat_allowance, _pace.owed_until > seconds + LONGEST_DEBT),
        ),
    )
    return (
        select(deliveries, _pace.owed_until)
        .select_from(deliveries.outerjoin(paces, _pace.chat_id == _row.chat_id))
        .where(
            _row.state == DeliveryState.QUEUED,
            or_(_row.not_before.is_(None), _row.not_before <= now),
            or_(_row.expires_at.is_(None), _row.expires_at > now),
            chat_is_free,
            ~_is_sending_to_chat(),
            ~behind_another,
        )
        .order_by(_row.lane, _row.id.desc() if newest_first else _row.id)
    )


def _is_sending_to_chat() -> ColumnElement[bool]:
    under_way = deliveries.alias()
    return exists().where(under_way.c.chat_id == _row.chat_id, under_way.c.state == DeliveryState.SENDING)


def _mark_sending(connection: Connection, ids: Sequence[int], sender: str, now: datetime) -> None:
    connection.execute(
        update(deliveries)
        .where(_row.id.in_(ids))
        .values(state=DeliveryState.SENDING, claimed_by=sender, claimed_until=now + LEASE, not_before=None)
    )


def _owe(connection: Connection, debts: dict[int, float]) -> None:
    statement = insert(connection, paces)
    changed = {"owed_until": statement.excluded.owed_until}
    connection.execute(
        statement.on_conflict_do_update(index_elements=["chat_id"], set_=changed),
        [{"chat_id": chat_id, "owed_until": owed, "paused_until": 0.0} for chat_id, owed in debts.items()],
    )


def _free_at(limit: Limit, owed_until: float, paused_until: float, now: float) -> float:
    return max(paused_until, now if limit.allows(owed_until, now) else owed_until - limit.allowance)
