"""All deliveries of one source taken together: paused, resumed, sent again, counted by recipient."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, func, select, update

from bot.outbox.call import PAID, Call
from bot.outbox.delivery import DeliveryState, Lane, enqueue
from bot.outbox.standing import HELD, Standing, change, standing
from bot.store.tables import deliveries

_row = deliveries.c

_LATEST_TO_END = (
    DeliveryState.SENT,
    DeliveryState.EXPIRED,
    DeliveryState.CANCELLED,
    DeliveryState.FAILED,
    DeliveryState.UNREACHABLE,
    DeliveryState.IN_DOUBT,
    DeliveryState.PAUSED,
    DeliveryState.QUEUED,
    DeliveryState.SENDING,
)
"""A recipient's state is the last of these that a part of theirs is in: sent means that all is."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One message, or album, of a source in a chat."""

    chat_id: int
    part: int
    method: str
    params: dict[str, Any]
    state: DeliveryState
    message_ids: tuple[int, ...]
    error: str | None


def queue(
    connection: Connection, source: str, calls: Sequence[Call], *, expires_at: datetime | None = None
) -> int:
    """Queues a part of a broadcast as it stands (paused, paid for, cancelled), and says how many are new.

    To reach thousands, give some hundreds in each transaction: answers go out between these. What was
    queued before is not queued again, so after a crash one may begin anew.
    """
    found = standing(connection, source)
    if found and found.standing is Standing.CANCELLED:
        return 0
    if found and found.paid:
        calls = [replace(call, params={**call.params, **PAID}) for call in calls]
    number = enqueue(connection, source, calls, Lane.BROADCAST, expires_at=expires_at)
    if found and found.standing in HELD:
        _change(connection, source, DeliveryState.QUEUED, DeliveryState.PAUSED)
    return number


def pause(connection: Connection, source: str) -> int:
    """Holds what is still queued of a source, and says how many that were."""
    return _hold(connection, source, Standing.PAUSED)


def stop(connection: Connection, source: str, reason: str) -> int:
    """Does the same because Telegram refuses what it says."""
    return _hold(connection, source, Standing.STOPPED, reason)


def resume(connection: Connection, source: str) -> int:
    """Lets go what was held, at first to one recipient, and says how many that were."""
    change(connection, source, Standing.TRIAL)
    return _change(connection, source, DeliveryState.PAUSED, DeliveryState.QUEUED)


def call_off(connection: Connection, source: str) -> int:
    """Cancels what is queued or paused of a source, and says how many that were."""
    change(connection, source, Standing.CANCELLED)
    return sum(
        _change(connection, source, state, DeliveryState.CANCELLED)
        for state in (DeliveryState.QUEUED, DeliveryState.PAUSED)
    )


def repeat_doubtful(connection: Connection, source: str) -> int:
    """Queues again what is in doubt, since somebody decided so, and says how many that were."""
    return _change(connection, source, DeliveryState.IN_DOUBT, DeliveryState.QUEUED)


def tally(connection: Connection, source: str) -> dict[DeliveryState, int]:
    """How many recipients are in each state; together they are all recipients."""
    rank = case({state: place for place, state in enumerate(_LATEST_TO_END)}, value=_row.state)
    by_chat = (
        select(func.max(rank).label("rank")).where(_row.source == source).group_by(_row.chat_id).subquery()
    )
    rows = connection.execute(select(by_chat.c.rank, func.count()).group_by(by_chat.c.rank))
    return {_LATEST_TO_END[rank]: number for rank, number in rows}


def states(connection: Connection, source: str) -> dict[int, DeliveryState]:
    """Each recipient's state."""
    found: dict[int, DeliveryState] = {}
    for row in connection.execute(select(_row.chat_id, _row.state).where(_row.source == source)):
        state = DeliveryState(row.state)
        found[row.chat_id] = max(state, found.get(row.chat_id, state), key=_LATEST_TO_END.index)
    return found


def copies(connection: Connection, source: str, only: Collection[DeliveryState] | None = None) -> list[Copy]:
    """What was made of a source, chat by chat in the order of sending; `only` in these states, if given."""
    query = select(
        _row.chat_id, _row.part, _row.method, _row.params, _row.state, _row.message_ids, _row.error
    ).where(_row.source == source)
    if only is not None:
        query = query.where(_row.state.in_(only))
    return [
        Copy(
            row.chat_id,
            row.part,
            row.method,
            row.params,
            DeliveryState(row.state),
            tuple(row.message_ids or ()),
            row.error,
        )
        for row in connection.execute(query.order_by(_row.chat_id, _row.part))
    ]


def _hold(connection: Connection, source: str, why: Standing, reason: str | None = None) -> int:
    change(connection, source, why, reason)
    return _change(connection, source, DeliveryState.QUEUED, DeliveryState.PAUSED)


def _change(connection: Connection, source: str, old: DeliveryState, new: DeliveryState) -> int:
    statement = update(deliveries).where(_row.source == source, _row.state == old).values(state=new)
    return connection.execute(statement).rowcount
