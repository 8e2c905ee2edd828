"""How the bot is doing at one moment."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Column, Connection, func, select
from sqlalchemy.engine import make_url

from bot.outbox.delivery import DeliveryState, Lane
from bot.store.chats import PRIVATE
from bot.store.tables import answers, chats, deliveries, revisions, updates
from bot.store.updates import UpdateState


@dataclass(frozen=True, slots=True)
class Setup:
    """What stays the same while the bot runs."""

    mode: str  # polling or webhook
    encoder: str  # in words
    database: str  # sqlite or postgresql
    folder: Path  # of the database's file, or of the process
    started_at: datetime

    @property
    def free_bytes(self) -> int:
        """On the disk of the folder."""
        return shutil.disk_usage(self.folder).free


@dataclass(frozen=True, slots=True)
class State:
    """What the database says."""

    revision: int  # number of the live one; 0: none yet
    last_update_at: datetime | None
    updates_waiting: int
    updates_quarantined: int
    waiting: Mapping[Lane, int]  # deliveries by lane
    sending: int
    in_doubt: int
    people: int
    gone: int
    answered: Mapping[str, int]  # outcome → questions, ever


def folder_of(url: str) -> Path:
    """Where the disk must not fill up: the database's folder, or this process's."""
    address = make_url(url)
    is_file = address.get_backend_name() == "sqlite" and address.database
    return Path(address.database or "").absolute().parent if is_file else Path.cwd()


def gather(connection: Connection) -> State:
    """The state now."""
    states = _by(connection, updates.c.state)
    lanes = connection.execute(
        select(deliveries.c.lane, func.count())
        .where(deliveries.c.state == DeliveryState.QUEUED)
        .group_by(deliveries.c.lane)
    )
    sent = _by(connection, deliveries.c.state)
    people, gone = connection.execute(
        select(func.count(), func.count(chats.c.gone_at)).where(chats.c.kind == PRIVATE)
    ).one()
    totals = connection.execute(
        select(answers.c.outcome, func.sum(answers.c.number)).group_by(answers.c.outcome)
    )
    return State(
        revision=connection.scalar(select(func.max(revisions.c.number))) or 0,
        last_update_at=connection.scalar(select(func.max(updates.c.received_at))),
        updates_waiting=states.get(UpdateState.QUEUED, 0),
        updates_quarantined=states.get(UpdateState.QUARANTINED, 0),
        waiting={Lane(lane): number for lane, number in lanes},
        sending=sent.get(DeliveryState.SENDING, 0),
        in_doubt=sent.get(DeliveryState.IN_DOUBT, 0),
        people=people - gone,
        gone=gone,
        answered={outcome: int(number) for outcome, number in totals},
    )


def _by(connection: Connection, column: Column[str]) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.execute(select(column, func.count()).group_by(column))}
