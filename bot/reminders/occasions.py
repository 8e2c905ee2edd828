"""What there is to remind of, and when: computed from the live schedule, so that no plan can be out of date.

A session that moves has another start and so another occasion; one that is cancelled has none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.assistant import plan
from bot.assistant.reminding import BEFORE, EVENING, MORNING
from bot.knowledge.model import Knowledge, Session, starts_at
from bot.store.reminders import Audience, ReminderKey, ReminderKind

_AT_LEAST = timedelta(minutes=30)  # so long before an early first session the morning's plan comes


@dataclass(frozen=True, slots=True)
class Occasion:
    """One reminder, the same for all who want it. Moments are aware."""

    key: ReminderKey
    minutes: int | None  # for those who chose so many before; None for a day's plan
    due_at: datetime
    expires_at: datetime  # no use from then on
    audience: Audience | None = None  # None for everybody


def occasions(knowledge: Knowledge) -> tuple[Occasion, ...]:
    """All of a programme, the first to expire first.

    Each group of participants has its own days and buses; so has who is in no group, and who is only in
    groups that no session names. What is the same for several of these is one occasion.
    """
    every = knowledge.sessions.values()
    groups = frozenset(plan.groups_in(every))
    views = {
        Audience(ungrouped=True): plan.for_groups(every, ()),
        Audience(strangers_to=groups): tuple(session for session in every if not session.groups),
        **{Audience(frozenset({group})): plan.for_groups(every, [group]) for group in groups},
    }
    meant = defaultdict[Occasion, list[Audience]](list)
    for audience, sessions in views.items():
        for occasion in _of_sessions(sessions, knowledge):
            meant[occasion].append(audience)
    found = [
        replace(each, audience=None if len(theirs) == len(views) else _union(theirs))
        for each, theirs in meant.items()
    ]
    return tuple(sorted(found, key=lambda occasion: (occasion.expires_at, occasion.due_at)))


def _union(audiences: Collection[Audience]) -> Audience:
    return Audience(
        frozenset[str]().union(*(each.members_of for each in audiences)),
        any(each.ungrouped for each in audiences),
        next((each.strangers_to for each in audiences if each.strangers_to is not None), None),
    )


def _of_sessions(sessions: Sequence[Session], knowledge: Knowledge) -> Iterator[Occasion]:
    zone = ZoneInfo(knowledge.programme.time_zone)
    for day in sorted({session.date for session in sessions}):
        today = plan.sessions_on(sessions, day)
        buses = plan.bus_departures(today, knowledge.shuttles, day, zone)
        yield from _of_day(day, today, zone)
        for session in today:
            yield from _of_session(session, plan.leave_by(session, buses), zone)


def _of_day(day: date, sessions: Sequence[Session], zone: ZoneInfo) -> Iterator[Occasion]:
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
