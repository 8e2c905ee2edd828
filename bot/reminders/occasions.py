"""What there is to remind of, and when: computed from the live schedule, so that no plan can be out of date.

A session that moves has another start and so another occasion; one that is cancelled has none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.assistant import plan
from bot.assistant.reminding import BEFORE, EVENING, MORNING
from bot.knowledge.model import Knowledge, Session, starts_at
from bot.store.reminders import ReminderKey, ReminderKind

_AT_LEAST = timedelta(minutes=30)  # so long before an early first session the morning's plan comes


@dataclass(frozen=True, slots=True)
class Occasion:
    """One reminder, the same for all who want it. Moments are aware."""

    key: ReminderKey
    minutes: int | None  # for those who chose so many before; None for a day's plan
    due_at: datetime
    expires_at: datetime  # no use from then on


def occasions(knowledge: Knowledge) -> tuple[Occasion, ...]:
    """All of a programme, the first to expire first."""
    zone = ZoneInfo(knowledge.programme.time_zone)
    days = sorted({session.date for session in knowledge.sessions.values()})
    found = [each for day in days for each in _of_day(day, knowledge, zone)]
    return tuple(sorted(found, key=lambda occasion: (occasion.expires_at, occasion.due_at)))


def _of_day(day: date, knowledge: Knowledge, zone: ZoneInfo) -> Iterator[Occasion]:
    sessions = plan.sessions_on(knowledge.sessions.values(), day)
    buses = plan.bus_departures(sessions, knowledge.shuttles, day, zone)
    for session in sessions:
        yield from _of_session(session, plan.leave_by(session, buses), zone)
    midnight = datetime.combine(day, time(), zone)
    first = starts_at(sessions[0], zone).astimezone(UTC)
    evening = datetime.combine(day - timedelta(1), EVENING, zone)
    yield Occasion(ReminderKey(ReminderKind.EVENING, day.isoformat(), midnight), None, evening, midnight)
    morning = min(datetime.combine(day, MORNING, zone).astimezone(UTC), first - _AT_LEAST)
    yield Occasion(ReminderKey(ReminderKind.MORNING, day.isoformat(), midnight), None, morning, first)


def _of_session(session: Session, bus: plan.Bus | None, zone: ZoneInfo) -> Iterator[Occasion]:
    start = starts_at(session, zone).astimezone(UTC)
    leaves = min(start, bus.leaves.astimezone(UTC)) if bus else start
    key = ReminderKey(ReminderKind.BEFORE, session.id, start)
    for minutes in BEFORE:
        yield Occasion(key, minutes, leaves - timedelta(minutes=minutes), start)
