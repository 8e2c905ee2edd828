"""What Telegram sent: the queue behind the inbox."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from bot.store.database import insert
from bot.store.tables import updates

LEASE = timedelta(seconds=6)  # a process that is alive renews it in time; what a dead one left waits so long
KEEP_RAW = timedelta(hours=48)  # what people wrote is not kept longer than support needs
KEEP_ID = timedelta(
    days=8
)  # Telegram sends an update again for a day at most; ids start anew after a quiet week


class UpdateState(StrEnum):
    """Where an update stands."""

    QUEUED = "queued"  # to be handled
    DONE = "done"  # handled; its writes are committed
    QUARANTINED = "quarantined"  # could not be read, or failed too often: kept for a look, never handled


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """An update as it came in. Without `update_id` it could not be read, and goes to quarantine."""

    update_id: int | None
    chat_id: int
    raw: str


@dataclass(frozen=True, slots=True)
class QueuedUpdate:
    """An update to handle."""

    position: int
    chat_id: int
    raw: str


def add(connection: Connection, new: Sequence[NewUpdate], now: datetime) -> int:
    """Stores updates in their order and says how many were not there before."""
    rows = [
        {
            "update_id": one.update_id,
            "chat_id": one.chat_id,
            "raw": one.raw,
            "state": UpdateState.QUARANTINED if one.update_id is None else UpdateState.QUEUED,
            "received_at": now,
        }
        for one in new
    ]
    if not rows:
        return 0
    statement = insert(connection, updates).on_conflict_do_nothing(index_elements=["update_id"])
    return len(connection.execute(statement.returning(updates.c.position), rows).all())


def claim(
    connection: Connection, handler: str, now: datetime, busy_chats: Collection[int], limit: int
) -> list[QueuedUpdate]:
    """Takes the first queued update of chats that nobody handles, for `handler`, until LEASE has passed.

    Half of `limit` are the longest waiting, half the newest: so neither a backlog keeps new questions
    waiting, nor do new questions keep an old one waiting for ever. What `handler` holds of chats that are
    not in `busy_chats` is taken again: it never heard that it got it.
    """
    table = updates.c
    first = (
        select(func.min(table.position).label("position"))
        .where(table.state == UpdateState.QUEUED, table.chat_id.not_in(busy_chats))
        .group_by(table.chat_id)
        .cte("first")
    )
    is_free = or_(table.claimed_until.is_(None), table.claimed_until < now, table.claimed_by == handler)
    free = select(table.position).where(table.position.in_(select(first.c.position)), is_free).cte("free")
    oldest = select(free.c.position).order_by(free.c.position).limit((limit + 1) // 2)
    newest = select(free.c.position).order_by(free.c.position.desc()).limit((limit + 1) // 2)
    rows = connection.execute(
        update(updates)
        # The last two conditions again: another process may have been faster by a moment.
        .where(
            or_(table.position.in_(oldest), table.position.in_(newest)),
            table.state == UpdateState.QUEUED,
            is_free,
        )
        .values(claimed_by=handler, claimed_until=now + LEASE)
        .returning(table.position, table.chat_id, table.raw)
    )
    return [QueuedUpdate(row.position, row.chat_id, row.raw) for row in rows]


def renew(connection: Connection, handler: str, now: datetime) -> None:
    """Says that `handler` is alive and still at what it took."""
    table = updates.c
    connection.execute(
        update(updates)
        .where(table.claimed_by == handler, table.state == UpdateState.QUEUED)
        .values(claimed_until=now + LEASE)
    )


def release(connection: Connection, handler: str) -> None:
    """Gives back what `handler` took and did not finish, so that others need not wait for its lease."""
    table = updates.c
    connection.execute(
        update(updates)
        .where(table.claimed_by == handler, table.state == UpdateState.QUEUED)
        .values(claimed_until=None)
    )


def finish(connection: Connection, position: int, handler: str, state: UpdateState) -> bool:
    """Takes an update out of the queue; False when another handler took over, whose work then counts."""
    table = updates.c
    statement = (
        update(updates)
        .where(table.position == position, table.state == UpdateState.QUEUED, table.claimed_by == handler)
        .values(state=state)
    )
    return connection.execute(statement).rowcount == 1


def read(connection: Connection, update_id: int) -> dict[str, Any] | None:
    """An update as it was received; None once it is forgotten."""
    raw = connection.scalar(select(updates.c.raw).where(updates.c.update_id == update_id))
    return json.loads(raw) if raw else None


def forget_old(connection: Connection, now: datetime) -> None:
    """Forgets what people wrote after KEEP_RAW, and that they wrote at all after KEEP_ID. The queue stays."""
    table = updates.c
    handled = table.state != UpdateState.QUEUED
    connection.execute(
        update(updates)
        .where(handled, table.raw.is_not(None), table.received_at < now - KEEP_RAW)
        .values(raw=None)
    )
    connection.execute(delete(updates).where(handled, table.received_at < now - KEEP_ID))
