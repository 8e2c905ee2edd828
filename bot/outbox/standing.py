"""How a source of deliveries stands as a whole: on trial, open, paused, stopped or cancelled.

A broadcast is tried on one recipient before it goes to all, and it stops by itself when Telegram refuses what
it says: nobody is to get half of it while nobody notices.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, func, or_, select, update

from bot.outbox.delivery import DeliveryState
from bot.store.database import insert
from bot.store.tables import deliveries, sources

FEWEST_REFUSALS = 3  # chats; one or two may have a reason of their own
REFUSED_SHARE = 3 / 20  # of the chats that were reached or refused

_row = deliveries.c
_source = sources.c


class Standing(StrEnum):
    """What is done with the deliveries of a source."""

    TRIAL = "trial"  # they go out one at a time, until one is delivered
    OPEN = "open"  # they go out
    PAUSED = "paused"  # they wait until somebody resumes them
    STOPPED = "stopped"  # the same, because Telegram refused what they say
    CANCELLED = "cancelled"  # they never go out


HELD = (Standing.PAUSED, Standing.STOPPED)


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """One source."""

    standing: Standing
    paid: bool  # goes out faster, for Stars
    reason: str | None  # why it was stopped, in Telegram's words


@dataclass(frozen=True, slots=True)
class Governed:
    """The sources that do not simply go out."""

    paid: frozenset[str]
    on_trial: frozenset[str]
    being_tried: frozenset[str]  # of those on trial, the ones whose call is under way


def begin(connection: Connection, source: str, *, paid: bool = False) -> None:
    """Puts a source on trial. Nothing happens when it was begun before."""
    row = {"source": source, "standing": Standing.TRIAL, "paid": paid, "reason": None}
    connection.execute(insert(connection, sources).values(row).on_conflict_do_nothing())


def standing(connection: Connection, source: str) -> SourceStanding | None:
    """How a source stands; None when it was never begun, and so goes out by itself."""
    row = connection.execute(select(sources).where(_source.source == source)).one_or_none()
    return SourceStanding(Standing(row.standing), row.paid, row.reason) if row else None


def change(connection: Connection, source: str, new: Standing, reason: str | None = None) -> bool:
    """Lets a source stand otherwise, unless it is cancelled or was never begun; says whether it does now."""
    statement = update(sources).where(_source.source == source, _source.standing != Standing.CANCELLED)
    return connection.execute(statement.values(standing=new, reason=reason)).rowcount == 1


def governed(connection: Connection) -> Governed:
    """The sources on trial, and those that are paid for."""
    rows = connection.execute(
        select(sources).where(or_(_source.standing == Standing.TRIAL, _source.paid.is_(True)))
    ).all()
    on_trial = frozenset(row.source for row in rows if row.standing == Standing.TRIAL)
    being_tried = on_trial and frozenset(
        connection.scalars(
            select(_row.source).where(_row.state == DeliveryState.SENDING, _row.source.in_(on_trial))
        )
    )
    return Governed(frozenset(row.source for row in rows if row.paid), on_trial, being_tried)


def after_delivery(connection: Connection, source: str) -> None:
    """One recipient got it: the trial is over."""
    connection.execute(
        update(sources)
        .where(_source.source == source, _source.standing == Standing.TRIAL)
        .values(standing=Standing.OPEN)
    )


def state_to_wait_in(connection: Connection, source: str) -> DeliveryState:
    """The state of a delivery that is still to be sent, as its source stands."""
    found = standing(connection, source)
    if found and found.standing is Standing.CANCELLED:
        return DeliveryState.CANCELLED
    return DeliveryState.PAUSED if found and found.standing in HELD else DeliveryState.QUEUED


def is_refused(connection: Connection, source: str) -> bool:
    """Whether Telegram refuses what a source says, after it has refused it once more.

    It does when the trial failed, or when it refused three chats and a share that chance does not explain.
    """
    found = standing(connection, source)
    if found is None or found.standing not in {Standing.TRIAL, Standing.OPEN}:
        return False
    rows = connection.execute(
        select(_row.state, func.count(_row.chat_id.distinct()))
        .where(_row.source == source, _row.state.in_((DeliveryState.SENT, DeliveryState.FAILED)))
        .group_by(_row.state)
    )
    chats: dict[str, int] = {row[0]: row[1] for row in rows}
    refused, reached = (chats.get(state, 0) for state in (DeliveryState.FAILED, DeliveryState.SENT))
    many = refused >= FEWEST_REFUSALS and refused >= REFUSED_SHARE * (refused + reached)
    return found.standing is Standing.TRIAL or many
