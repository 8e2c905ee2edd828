"""What became of a delivery, written down, with what follows for its chat and for the person who waits."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from bot.outbox import sources
from bot.outbox.budgets import make_wait
from bot.outbox.call import Call
from bot.outbox.delivery import Delivery, DeliveryState, Lane, enqueue
from bot.outbox.standing import after_delivery, is_refused, state_to_wait_in
from bot.outbox.verdict import Fault, Verdict, is_repeatable, next_step
from bot.store import chats, moving
from bot.store.tables import deliveries

Notice = Callable[[Connection, Delivery, DeliveryState], Sequence[Call]]
"""What to tell whom when a reply ended `in_doubt`, `failed` or `unreachable`."""

NOTICE = "notice:"
"""Begins the source of a notice, and ends the chain: there is no notice about a notice."""
_NOTICE_TRIES = 3  # a notice that comes twice is a nuisance, but one that never comes is a question lost

_WAITING = (DeliveryState.QUEUED, DeliveryState.PAUSED)

_row = deliveries.c


def note_sent(connection: Connection, delivery: Delivery, sender: str, message_ids: Sequence[int]) -> None:
    """Telegram confirmed it: true even if the sender was thought dead and the row is in doubt by now."""
    connection.execute(
        update(deliveries)
        .where(
            _row.id == delivery.id,
            _row.claimed_by == sender,
            _row.state.in_((DeliveryState.SENDING, DeliveryState.IN_DOUBT)),
        )
        .values(state=DeliveryState.SENT, message_ids=list(message_ids), error=None)
    )
    if delivery.lane is not Lane.REPLY:
        after_delivery(connection, delivery.source)


def note_fault(
    connection: Connection,
    delivery: Delivery,
    sender: str,
    verdict: Verdict,
    *,
    now: datetime,
    notice: Notice,
) -> DeliveryState:
    """It was not confirmed: writes down what `next_step` says, and returns that state."""
    step = next_step(verdict, delivery.attempts, repeatable=_is_repeatable(delivery))
    state = step.state
    if state is DeliveryState.QUEUED and delivery.lane is not Lane.REPLY:
        state = state_to_wait_in(connection, delivery.source)  # it may have been called off meanwhile
    statement = (
        update(deliveries)
        .where(_row.id == delivery.id, _row.claimed_by == sender, _row.state == DeliveryState.SENDING)
        .values(
            state=state,
            attempts=delivery.attempts + 1,
            not_before=now + timedelta(seconds=step.after) if step.after else None,
            error=verdict.reason,
        )
    )
    if connection.execute(statement).rowcount == 0:
        return state  # declared in doubt meanwhile, and the person told
    chat_id = delivery.call.chat_id
    if verdict.fault is Fault.WAIT:
        make_wait(connection, chat_id, now.timestamp(), step.after)
    elif verdict.fault is Fault.UNREACHABLE:
        _give_up_chat(connection, chat_id, verdict.reason, now)
    elif verdict.fault is Fault.MIGRATED and verdict.chat_id is not None:
        move_chat(connection, chat_id, verdict.chat_id)
    elif state is DeliveryState.FAILED and is_refused(connection, delivery.source):
        sources.stop(connection, delivery.source, verdict.reason)
    if state in {DeliveryState.IN_DOUBT, DeliveryState.FAILED, DeliveryState.UNREACHABLE}:
        _tell(connection, delivery, state, notice)
    return state


def sweep(connection: Connection, now: datetime, notice: Notice) -> int:
    """Ends what a dead sender left half done, and what is too late. Returns how many calls were left."""
    rows = connection.execute(
        select(deliveries)
        .where(_row.state == DeliveryState.SENDING, _row.claimed_until < now)
        .with_for_update()
    )
    lost = [(Delivery.from_row(row), row.claimed_by) for row in rows]
    verdict = Verdict(Fault.IN_DOUBT, "the bot stopped while it was being sent")
    for delivery, sender in lost:
        note_fault(connection, delivery, sender, verdict, now=now, notice=notice)
    connection.execute(
        update(deliveries)
        .where(_row.state.in_(_WAITING), _row.expires_at <= now)
        .values(state=DeliveryState.EXPIRED)
    )
    return len(lost)


def move_chat(connection: Connection, old: int, new: int) -> None:
    """A group has become a supergroup with another id: what waits for it and is known of it goes there."""
    there = deliveries.alias()
    same = select(there.c.id).where(
        there.c.source == _row.source, there.c.chat_id == new, there.c.part == _row.part
    )
    waiting = (_row.chat_id == old, _row.state.in_(_WAITING))
    connection.execute(update(deliveries).where(*waiting, ~same.exists()).values(chat_id=new))
    connection.execute(update(deliveries).where(*waiting).values(state=DeliveryState.CANCELLED))
    moving.move(connection, old, new)


def _is_repeatable(delivery: Delivery) -> bool:
    is_notice = delivery.source.startswith(NOTICE)
    return is_repeatable(delivery.call.method) or (is_notice and delivery.attempts + 1 < _NOTICE_TRIES)


def _tell(connection: Connection, delivery: Delivery, state: DeliveryState, notice: Notice) -> None:
    if delivery.lane is Lane.REPLY and not delivery.source.startswith(NOTICE):
        calls = notice(connection, delivery, state)
        if state is DeliveryState.UNREACHABLE:  # then only others can be told
            calls = [call for call in calls if call.chat_id != delivery.call.chat_id]
        # Once for all the parts of a reply: the source is unique.
        enqueue(connection, NOTICE + delivery.source, calls)


def _give_up_chat(connection: Connection, chat_id: int, reason: str, now: datetime) -> None:
    connection.execute(
        update(deliveries)
        .where(_row.chat_id == chat_id, _row.state.in_(_WAITING))
        .values(state=DeliveryState.UNREACHABLE, error=reason)
    )
    chats.note_gone(connection, chat_id, reason, now)
