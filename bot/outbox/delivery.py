"""One call to one chat as a row with a state; `enqueue` puts it there in the caller's own transaction."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from itertools import count
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from bot.outbox.call import Call
from bot.store.database import insert
from bot.store.tables import deliveries


class DeliveryState(StrEnum):
    """Where a delivery stands. `sending` is committed before the call, the outcome after it."""

    QUEUED = "queued"  # to be sent
    PAUSED = "paused"  # to be sent once somebody says so
    SENDING = "sending"  # the call is under way
    SENT = "sent"  # Telegram confirmed it
    UNREACHABLE = "unreachable"  # the person blocked the bot, or the chat is gone
    FAILED = "failed"  # Telegram refused the content, or tries ran out
    IN_DOUBT = "in_doubt"  # perhaps sent: the confirmation was lost; never repeated unasked
    CANCELLED = "cancelled"  # called off before it was sent
    EXPIRED = "expired"  # too late to be of use


class Lane(IntEnum):
    """Who goes first."""

    REPLY = 0  # somebody is waiting
    REMINDER = 1
    BROADCAST = 2


@dataclass(frozen=True, slots=True)
class Delivery:
    """A claimed row: a call and where it belongs."""

    id: int
    source: str
    part: int  # place among the calls of one source in one chat, from 0
    lane: Lane
    call: Call
    attempts: int  # tries before this one
    question_message_id: int | None  # the message that it answers
    begins_at: datetime | None = None  # when the pace lets its call begin

    @classmethod
    def from_row(cls, row: Any) -> "Delivery":
        """The delivery of a row of the table."""
        return cls(
            id=row.id,
            source=row.source,
            part=row.part,
            lane=Lane(row.lane),
            call=Call(row.chat_id, row.method, row.params, tuple(row.photos)),
            attempts=row.attempts,
            question_message_id=row.question_message_id,
        )


@dataclass(frozen=True, slots=True)
class SentCall:
    """What was sent for a question: enough to edit it."""

    method: str
    params: dict[str, Any]
    photos: tuple[str, ...]
    message_ids: tuple[int, ...]


def enqueue(
    connection: Connection,
    source: str,
    calls: Sequence[Call],
    lane: Lane = Lane.REPLY,
    *,
    question_message_id: int | None = None,
    expires_at: datetime | None = None,
) -> int:
    """Queues `calls`, to be sent to each chat in this order, and says how many are new.

    `source` names what they are sent for, such as `update:123`: the n-th call of one source to one chat
    is queued once, however often this is asked. With `expires_at` it is not sent after that moment.
    """
    if not calls:
        return 0
    rows = [
        {
            "source": source,
            "chat_id": call.chat_id,
            "part": part,
            "lane": lane,
            "state": DeliveryState.QUEUED,
            "method": call.method,
            "params": dict(call.params),
            "photos": list(call.photos),
            "question_message_id": question_message_id,
            "attempts": 0,
            "expires_at": expires_at,
        }
        for part, call in _in_parts(calls)
    ]
    keys = ["source", "chat_id", "part"]
    before = _number(connection, source)
    # Without RETURNING, thousands of rows go to PostgreSQL in a quarter of the time.
    connection.execute(insert(connection, deliveries).on_conflict_do_nothing(index_elements=keys), rows)
    return _number(connection, source) - before


def _number(connection: Connection, source: str) -> int:
    query = select(func.count()).select_from(deliveries).where(deliveries.c.source == source)
    return connection.scalar(query) or 0


def _in_parts(calls: Sequence[Call]) -> Iterator[tuple[int, Call]]:
    """Each call with its place among those to the same chat."""
    places = defaultdict[int, Iterator[int]](count)
    for call in calls:
        yield next(places[call.chat_id]), call


def cancel(connection: Connection, source: str, chat_id: int | None = None) -> int:
    """Calls off what is still queued of a source (in one chat, if given), and says how many that were."""
    table = deliveries.c
    statement = update(deliveries).where(table.source == source, table.state == DeliveryState.QUEUED)
    if chat_id is not None:
        statement = statement.where(table.chat_id == chat_id)
    return connection.execute(statement.values(state=DeliveryState.CANCELLED)).rowcount


def withdraw(connection: Connection, source: str, chat_id: int | None = None) -> set[int]:
    """Takes back what is still queued of a source (in one chat, if given) as if it had never been asked for.

    Returns the chats.
    """
    table = deliveries.c
    statement = delete(deliveries).where(table.source == source, table.state == DeliveryState.QUEUED)
    if chat_id is not None:
        statement = statement.where(table.chat_id == chat_id)
    return set(connection.scalars(statement.returning(table.chat_id)))


def cancel_answers(connection: Connection, chat_id: int, question_message_id: int) -> int:
    """Calls off what is still queued for a question that was edited, and says how many that were."""
    table = deliveries.c
    statement = update(deliveries).where(
        table.chat_id == chat_id,
        table.question_message_id == question_message_id,
        table.state == DeliveryState.QUEUED,
    )
    return connection.execute(statement.values(state=DeliveryState.CANCELLED)).rowcount


def sent_for(connection: Connection, chat_id: int, question_message_id: int) -> list[SentCall]:
    """The calls that answered a message and are known to be sent, in their order."""
    table = deliveries.c
    rows = connection.execute(
        select(table.method, table.params, table.photos, table.message_ids)
        .where(
            table.chat_id == chat_id,
            table.question_message_id == question_message_id,
            table.state == DeliveryState.SENT,
        )
        .order_by(table.id)
    )
    return [SentCall(row.method, row.params, tuple(row.photos), tuple(row.message_ids or ())) for row in rows]


def forget_old(connection: Connection, before: datetime) -> None:
    """Drops replies created before `before` that are not waiting to be sent."""
    table = deliveries.c
    waiting = (DeliveryState.QUEUED, DeliveryState.PAUSED, DeliveryState.SENDING)
    connection.execute(
        delete(deliveries).where(
            table.created_at < before, table.lane == Lane.REPLY, table.state.not_in(waiting)
        )
    )
