"""Which deliveries go next: taken as far as the pace allows, and marked before they are sent."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, or_, select, update

from bot.outbox.budgets import Budgets, free_at, owe
from bot.outbox.delivery import Delivery, DeliveryState, Lane
from bot.outbox.pacing import LONGEST_DEBT, PAID, WHOLE_BOT, Pace
from bot.outbox.standing import Governed, governed
from bot.store.tables import deliveries, paces

LEASE = timedelta(seconds=15)  # a sender that is alive renews it in time; one that is dead does not
PROBE = 5.0  # seconds between two replies that are tried while Telegram asks the whole bot to wait
CROWD = 140  # replies; when more wait, the last of them waits for more than five seconds

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

    By lane, then the longest waiting first; so each chat has its turn, since none has two calls under way
    or sends for long more than its own pace allows. When a crowd waits for replies, `newest_first` takes the
    newest of them: a caller that alternates lets those who ask now not wait for the whole crowd. Within a
    chat and lane the order is kept: only what has never been due, such as a reminder for tomorrow, is
    overtaken.
    """
    budgets = Budgets.read(connection, pace, now.timestamp(), lock=True)
    sources = governed(connection)
    if not (budgets.allows(WHOLE_BOT) or (sources.paid and budgets.allows(PAID))):
        return []
    due = _due(now, pace, budgets, sources)
    if budgets.paused_until > budgets.now:
        if 0 <= budgets.now - budgets.owed_until[WHOLE_BOT] < PROBE:
            return []
        room, due = 1, due.where(_row.lane == Lane.REPLY)
    newest_first = newest_first and _is_crowded(connection)
    due = due.order_by(_row.lane, _row.id.desc() if newest_first else _row.id)
    taken, debts = _take(connection.execute(due.limit(4 * room)), budgets, sources, room)
    if taken:
        marked = _mark_sending(connection, [delivery.id for delivery in taken], sender, now)
        taken = [delivery for delivery in taken if delivery.id in marked]
        owe(connection, budgets.owed_until | debts)
    return taken


def seconds_to_next(connection: Connection, now: datetime, pace: Pace) -> float | None:
    """After how many seconds a queued delivery may be due; None when none waits for a moment."""
    seconds = now.timestamp()
    budgets = Budgets.read(connection, pace, seconds)
    sources = governed(connection)
    if not (budgets.allows(WHOLE_BOT) or sources.paid):
        return budgets.claimable_at(WHOLE_BOT) - seconds
    columns = (_row.source, _row.chat_id, _row.lane, _row.attempts, _row.not_before)
    rows = connection.execute(
        select(*columns, _pace.owed_until, _pace.paused_until)
        .select_from(deliveries.outerjoin(paces, _pace.chat_id == _row.chat_id))
        .where(
            _row.state == DeliveryState.QUEUED,
            ~_is_sending_to_chat(),
            _row.source.not_in(sources.being_tried),
        )
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
        ready = max(
            free_at(pace.of(row.chat_id), row.owed_until or 0.0, seconds),
            row.paused_until or 0.0,
            budgets.claimable_at(_budget(row.source, sources)),
            row.not_before.timestamp() if row.not_before else 0.0,
        )
        earliest = ready if earliest is None else min(earliest, ready)
    if earliest is None:
        return None
    return float(max(earliest - seconds, min(PROBE, budgets.paused_until - seconds), 0.0))


def renew(connection: Connection, sender: str, now: datetime) -> None:
    """Says that `sender` is alive and still sending what it claimed."""
    connection.execute(
        update(deliveries)
        .where(_row.claimed_by == sender, _row.state == DeliveryState.SENDING)
        .values(claimed_until=now + LEASE)
    )


def _take(
    rows: Any, budgets: Budgets, sources: Governed, room: int
) -> tuple[list[Delivery], dict[int, float]]:
    """The deliveries that fit into the budgets, and what their chats owe then."""
    taken: list[Delivery] = []
    debts: dict[int, float] = {}
    tried: set[str] = set()
    for row in rows:
        budget = _budget(row.source, sources)
        if row.chat_id in debts or row.source in tried or not budgets.allows(budget):
            continue
        if row.source in sources.on_trial:
            tried.add(row.source)
        delivery = Delivery.from_row(row)
        messages = delivery.call.messages
        limit = budgets.pace.of(row.chat_id)
        debts[row.chat_id] = limit.owed_after(row.owed_until or 0.0, budgets.now, messages)
        taken.append(replace(delivery, begins_at=budgets.spend(budget, messages)))
        if len(taken) == room:
            break
    return taken, debts


def _due(now: datetime, pace: Pace, budgets: Budgets, sources: Governed) -> Select[Any]:
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
    conditions = [
        _row.state == DeliveryState.QUEUED,
        or_(_row.not_before.is_(None), _row.not_before <= now),
        or_(_row.expires_at.is_(None), _row.expires_at > now),
        chat_is_free,
        ~_is_sending_to_chat(),
        ~behind_another,
    ]
    if sources.being_tried:
        conditions.append(_row.source.not_in(sources.being_tried))
    if not budgets.allows(WHOLE_BOT):
        conditions.append(_row.source.in_(sources.paid))
    return (
        select(deliveries, _pace.owed_until)
        .select_from(deliveries.outerjoin(paces, _pace.chat_id == _row.chat_id))
        .where(*conditions)
    )


def _budget(source: str, sources: Governed) -> int:
    return PAID if source in sources.paid else WHOLE_BOT


def _is_crowded(connection: Connection) -> bool:
    waiting = select(_row.id).where(_row.state == DeliveryState.QUEUED, _row.lane == Lane.REPLY)
    number = connection.scalar(select(func.count()).select_from(waiting.limit(CROWD + 1).subquery()))
    return number is not None and number > CROWD


def _is_sending_to_chat() -> ColumnElement[bool]:
    under_way = deliveries.alias()
    return exists().where(under_way.c.chat_id == _row.chat_id, under_way.c.state == DeliveryState.SENDING)


def _mark_sending(connection: Connection, ids: Collection[int], sender: str, now: datetime) -> set[int]:
    """Returns which of them were still queued: another process may have called one off."""
    statement = (
        update(deliveries)
        .where(_row.id.in_(ids), _row.state == DeliveryState.QUEUED)
        .values(state=DeliveryState.SENDING, claimed_by=sender, claimed_until=now + LEASE, not_before=None)
    )
    return set(connection.scalars(statement.returning(_row.id)))
