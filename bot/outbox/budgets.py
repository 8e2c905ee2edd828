"""What the whole bot and each chat owe, and until when they have to wait: rows that all processes share.

Moments are seconds since 1970.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select, update

from bot.outbox.pacing import LEAD, PAID, WHOLE_BOT, Limit, Pace
from bot.outbox.slowing import Slowdown
from bot.store.database import insert
from bot.store.tables import paces

WAITING_CHATS = 3  # when so many chats have to wait, Telegram means the bot, not the chats
BRUSH_SECONDS = 2.0  # so short a wait in one chat says that a limit was only just touched

_pace = paces.c


@dataclass(slots=True)
class Budgets:
    """Those of the whole bot: WHOLE_BOT for messages that are free, PAID for those that are paid for."""

    pace: Pace
    now: float
    owed_until: dict[int, float]
    paused_until: float  # Telegram asked the whole bot to wait
    slowdown: Slowdown

    @classmethod
    def read(cls, connection: Connection, pace: Pace, now: float, *, lock: bool = False) -> "Budgets":
        """What the database says at `now`. `lock` keeps other processes from claiming meanwhile."""
        query = select(paces).where(_pace.chat_id.in_((WHOLE_BOT, PAID))).order_by(_pace.chat_id)
        rows = connection.execute(query.with_for_update() if lock else query).all()
        owed = {row.chat_id: row.owed_until for row in rows}
        whole = next(row for row in rows if row.chat_id == WHOLE_BOT)
        return cls(pace, now, owed, whole.paused_until, Slowdown(whole.slowed_at, whole.slowed_from))

    def allows(self, budget: int) -> bool:
        """Whether a delivery may be claimed now."""
        return self._limit(budget).allows(self.owed_until[budget], self.now + LEAD)

    def spend(self, budget: int, messages: int) -> datetime:
        """Owes so many more, and returns when they may begin."""
        limit, owed = self._limit(budget), self.owed_until[budget]
        self.owed_until[budget] = limit.owed_after(owed, self.now, messages)
        return datetime.fromtimestamp(free_at(limit, owed, self.now), UTC)

    def claimable_at(self, budget: int) -> float:
        """When the next delivery may be claimed."""
        return max(free_at(self._limit(budget), self.owed_until[budget], self.now) - LEAD, self.now)

    def _limit(self, budget: int) -> Limit:
        limit = self.pace.paid if budget == PAID else self.pace.overall
        return limit.slowed(self.slowdown.share_at(self.now))


def free_at(limit: Limit, owed_until: float, now: float) -> float:
    """When the next call may begin."""
    return now if limit.allows(owed_until, now) else owed_until - limit.allowance


def owe(connection: Connection, debts: Mapping[int, float]) -> None:
    """Writes down until when chats, or the whole bot, owe."""
    statement = insert(connection, paces)
    changed = {"owed_until": statement.excluded.owed_until}
    connection.execute(
        statement.on_conflict_do_update(index_elements=["chat_id"], set_=changed),
        [{"chat_id": chat_id, "owed_until": owed, "paused_until": 0.0} for chat_id, owed in debts.items()],
    )


def make_wait(connection: Connection, chat_id: int, now: float, seconds: float) -> None:
    """Telegram asked a chat to wait; when it asks several, the whole bot waits, and then goes on slower.

    It also goes on slower after one long wait, unless that is a group's: groups have a limit of their own.
    """
    _pause(connection, chat_id, now + seconds)
    waiting = select(func.count()).select_from(paces)
    waiting = waiting.where(_pace.chat_id != WHOLE_BOT, _pace.paused_until > now)
    several = (connection.scalar(waiting) or 0) >= WAITING_CHATS
    if several:
        _pause(connection, WHOLE_BOT, now + seconds)
    if several or (chat_id > 0 and seconds > BRUSH_SECONDS):
        _slow_down(connection, now)


def waiting_until(connection: Connection, now: datetime) -> datetime | None:
    """Until when Telegram asked the whole bot to wait; None when it does not."""
    until = connection.scalar(select(_pace.paused_until).where(_pace.chat_id == WHOLE_BOT))
    return datetime.fromtimestamp(until, UTC) if until and until > now.timestamp() else None


def _slow_down(connection: Connection, now: float) -> None:
    whole = connection.execute(select(paces).where(_pace.chat_id == WHOLE_BOT).with_for_update()).one()
    slowdown = Slowdown(whole.slowed_at, whole.slowed_from).refused(now, whole.paused_until)
    connection.execute(
        update(paces)
        .where(_pace.chat_id == WHOLE_BOT)
        .values(slowed_at=slowdown.since, slowed_from=slowdown.share)
    )


def _pause(connection: Connection, chat_id: int, until: float) -> None:
    statement = insert(connection, paces).values(chat_id=chat_id, owed_until=0.0, paused_until=until)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["chat_id"], set_={"paused_until": until})
    )
