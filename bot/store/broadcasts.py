"""Broadcasts: drafts, those on their way and those that went out."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, insert, null, select, update

from bot.store.tables import broadcasts

_row = broadcasts.c


class Purpose(StrEnum):
    """What a broadcast does."""

    ANNOUNCE = "announce"  # sends something new
    CORRECT = "correct"  # changes every delivered copy of an earlier one
    RECALL = "recall"  # takes them back
    NUDGE = "nudge"  # reminds those who have not confirmed an earlier one


class BroadcastState(StrEnum):
    """Where a broadcast stands."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class NewBroadcast:
    """What a draft begins with. `content` and `audience` are JSON values."""

    purpose: Purpose
    made_by: int | None
    content: Mapping[str, Any] = field(default_factory=dict)
    audience: Mapping[str, Any] = field(default_factory=dict)
    about: int | None = None
    asks_receipt: bool = False
    changes: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class BroadcastRow:
    """One broadcast."""

    id: int
    purpose: Purpose
    state: BroadcastState
    about: int | None
    content: Mapping[str, Any]
    audience: Mapping[str, Any]
    silent: bool
    asks_receipt: bool
    for_newcomers: bool
    paid: bool
    changes: Mapping[str, Any] | None
    nonce: str
    made_by: int | None
    made_at: datetime
    show_at: datetime | None
    send_at: datetime | None
    started_by: int | None
    started_at: datetime | None
    ended_at: datetime | None
    shown: str | None
    looks: int
    error: str | None
    watched: Mapping[str, Any] | None

    @property
    def source(self) -> str:
        """What its deliveries are sent for."""
        return f"broadcast:{self.id}"


def add(connection: Connection, new: NewBroadcast, now: datetime) -> BroadcastRow:
    """Keeps a new draft."""
    values = {
        **asdict(new),
        "state": BroadcastState.DRAFT,
        "silent": False,
        "for_newcomers": False,
        "paid": False,
        "nonce": _nonce(),
        "made_at": now,
        "looks": 0,
    }
    row = connection.execute(insert(broadcasts).values(values).returning(*broadcasts.c)).one()
    return _read(row)


def read(connection: Connection, broadcast_id: int, *, lock: bool = False) -> BroadcastRow | None:
    """A broadcast; None when it was discarded. `lock` keeps others from changing it in this transaction."""
    query = select(broadcasts).where(_row.id == broadcast_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _read(row) if row else None


def in_states(connection: Connection, states: Collection[BroadcastState]) -> list[BroadcastRow]:
    """All in one of these states, the oldest first."""
    rows = connection.execute(select(broadcasts).where(_row.state.in_(states)).order_by(_row.id))
    return [_read(row) for row in rows]


def unfinished(connection: Connection) -> list[BroadcastRow]:
    """All that have begun to go out and whose end was not reported yet."""
    query = select(broadcasts).where(_row.started_at.is_not(None), _row.ended_at.is_(None))
    return [_read(row) for row in connection.execute(query.order_by(_row.id))]


def watched(connection: Connection) -> list[BroadcastRow]:
    """All whose receipts somebody watches."""
    query = select(broadcasts).where(_row.watched.is_not(None)).order_by(_row.id.desc())
    return [_read(row) for row in connection.execute(query)]


def about(connection: Connection, broadcast_id: int, purpose: Purpose) -> list[BroadcastRow]:
    """What was made of an earlier broadcast for a purpose, the oldest first."""
    query = select(broadcasts).where(_row.about == broadcast_id, _row.purpose == purpose)
    return [_read(row) for row in connection.execute(query.order_by(_row.id))]


def latest(connection: Connection, most: int) -> list[BroadcastRow]:
    """The newest announcements, the newest first."""
    query = select(broadcasts).where(_row.purpose == Purpose.ANNOUNCE).order_by(_row.id.desc()).limit(most)
    return [_read(row) for row in connection.execute(query)]


def for_newcomers(connection: Connection, most: int) -> list[BroadcastRow]:
    """The latest that who joins later is to see, the oldest of them first."""
    query = select(broadcasts).where(_row.for_newcomers.is_(True), _row.state == BroadcastState.DONE)
    rows = connection.execute(query.order_by(_row.id.desc()).limit(most)).all()
    return [_read(row) for row in reversed(rows)]


def revise(connection: Connection, broadcast_id: int, nonce: str, **values: Any) -> BroadcastRow | None:
    """Changes a draft or what waits for its hour, and gives it a new nonce.

    None when it is not that draft any more: somebody has changed, sent or discarded it meanwhile.
    """
    statement = (
        update(broadcasts)
        .where(_is_open(broadcast_id, nonce))
        .values(**values, nonce=_nonce())
        .returning(*broadcasts.c)
    )
    row = connection.execute(statement).one_or_none()
    return _read(row) if row else None


def discard(connection: Connection, broadcast_id: int, nonce: str) -> bool:
    """Drops a draft. Returns whether it was still there as the nonce knew it."""
    return connection.execute(delete(broadcasts).where(_is_open(broadcast_id, nonce))).rowcount == 1


def change_state(
    connection: Connection,
    broadcast_id: int,
    old: Collection[BroadcastState],
    new: BroadcastState,
    **values: Any,
) -> bool:
    """Goes from one of the states `old` to `new`. Returns False when it was in none of them."""
    statement = (
        update(broadcasts)
        .where(_row.id == broadcast_id, _row.state.in_(old))
        .values(state=new, nonce=_nonce(), **values)
    )
    return connection.execute(statement).rowcount == 1


def note_shown(connection: Connection, row: BroadcastRow, shown: str) -> bool:
    """Notes what the organizer is shown; False when another process was faster."""
    statement = (
        update(broadcasts)
        .where(_row.id == row.id, _row.looks == row.looks)
        .values(shown=shown, looks=row.looks + 1)
    )
    return connection.execute(statement).rowcount == 1


def set_content(connection: Connection, broadcast_id: int, content: Mapping[str, Any]) -> None:
    """What a broadcast says from now on, as it was corrected everywhere."""
    connection.execute(update(broadcasts).where(_row.id == broadcast_id).values(content=dict(content)))


def note_end(connection: Connection, broadcast_id: int, now: datetime) -> bool:
    """Notes that a broadcast's end is reported; False when another process was faster."""
    statement = update(broadcasts).where(
        _row.id == broadcast_id, _row.started_at.is_not(None), _row.ended_at.is_(None)
    )
    return connection.execute(statement.values(ended_at=now)).rowcount == 1


def watch(
    connection: Connection, broadcast_id: int, watched: Mapping[str, Any] | None, shown: str | None = None
) -> None:
    """Has the message that `watched` names, which shows `shown`, kept up to date; None: none any more."""
    values = {"watched": null() if watched is None else dict(watched), "shown": shown}
    connection.execute(update(broadcasts).where(_row.id == broadcast_id).values(values))


def due(connection: Connection, moment: datetime) -> list[BroadcastRow]:
    """Those whose hour has come, by the participants' clock."""
    query = select(broadcasts).where(_row.state == BroadcastState.SCHEDULED, _row.send_at <= moment)
    return [_read(row) for row in connection.execute(query.order_by(_row.send_at))]


def to_show(connection: Connection, now: datetime) -> list[BroadcastRow]:
    """Drafts whose album is whole, by the host's clock."""
    query = select(broadcasts).where(_row.show_at <= now).order_by(_row.show_at)
    return [_read(row) for row in connection.execute(query)]


def note_draft_shown(connection: Connection, row: BroadcastRow) -> bool:
    """Notes that a draft is shown; False when another process was faster, or more of it came."""
    statement = update(broadcasts).where(_row.id == row.id, _row.show_at == row.show_at)
    return connection.execute(statement.values(show_at=None)).rowcount == 1


def _is_open(broadcast_id: int, nonce: str) -> Any:
    open_states = (BroadcastState.DRAFT, BroadcastState.SCHEDULED)
    return (_row.id == broadcast_id) & (_row.nonce == nonce) & _row.state.in_(open_states)


def _nonce() -> str:
    return secrets.token_hex(8)


def _read(row: Any) -> BroadcastRow:
    values = dict(row._mapping)
    return BroadcastRow(
        **{**values, "purpose": Purpose(row.purpose), "state": BroadcastState(row.state)},
    )
