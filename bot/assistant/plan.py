"""Questions to the schedule: what is on, what follows, which days are free, when a bus leaves.

Every moment is an aware datetime; sessions are read in the programme's zone. Moments are compared in UTC, so
that an hour that a clock change repeats or skips cannot turn 'next' into the past.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from bot.assistant.when import When
from bot.knowledge.model import Knowledge, Programme, Session, Shuttle, ends_at, starts_at


class Phase(Enum):
    """Where a moment lies relative to the programme."""

    BEFORE = "before"  # its first day has not begun
    DURING = "during"  # from its first day to its last, both included
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Bus:
    """One bus that leaves once."""

    leaves: datetime  # aware, in the programme's zone
    origin: str  # id of the site where it leaves
    destination: str | None  # id of a site; None when the schedule does not say
    session: Session | None  # what it brings people to; None for the way back


def phase(programme: Programme, moment: datetime) -> Phase:
    """Before, during or after the programme."""
    today = moment.astimezone(ZoneInfo(programme.time_zone)).date()
    if today < programme.starts:
        return Phase.BEFORE
    return Phase.AFTER if today > programme.ends else Phase.DURING


def for_groups(sessions: Iterable[Session], groups: Collection[str]) -> tuple[Session, ...]:
    """The sessions that concern a member of `groups`, in order of time.

    Somebody without a group is shown all of them: nobody may miss a session because a list was not kept.
    """
    mine = set(groups)
    meant = (s for s in sessions if not s.groups or not mine or mine.intersection(s.groups))
    return tuple(sorted(meant, key=lambda s: (s.date, s.start, s.end, s.id)))


def groups_in(sessions: Iterable[Session]) -> tuple[str, ...]:
    """The groups of participants that sessions name."""
    return tuple(sorted({group for session in sessions for group in session.groups}))


def sessions_on(sessions: Iterable[Session], day: date, groups: Collection[str] = ()) -> tuple[Session, ...]:
    """The day's sessions for a member of `groups`, in order of time."""
    return for_groups((s for s in sessions if s.date == day), groups)


def sessions_in(sessions: Iterable[Session], when: When) -> tuple[Session, ...]:
    """The sessions that touch the days and hours of `when`, in order of time.

    At a time of day these are the sessions that are on at that time. For `Kind.NEXT` ask `following`.
    """
    days = (s for s in sessions if when.first <= s.date <= when.last)
    return for_groups((s for s in days if _touches(s, when.after, when.before)), ())


def current(sessions: Iterable[Session], moment: datetime, zone: ZoneInfo) -> tuple[Session, ...]:
    """The sessions that are on: begun, and not over."""
    return for_groups((s for s in sessions if _start(s, zone) <= moment.astimezone(UTC) < _end(s, zone)), ())


def following(sessions: Iterable[Session], moment: datetime, zone: ZoneInfo) -> tuple[Session, ...]:
    """What begins next after `moment`, on whatever day: one session, or several that begin together."""
    ahead = [s for s in sessions if _start(s, zone) > moment.astimezone(UTC)]
    soonest = min((_start(s, zone) for s in ahead), default=None)
    return for_groups((s for s in ahead if _start(s, zone) == soonest), ())


def free_days(programme: Programme, sessions: Iterable[Session]) -> tuple[date, ...]:
    """The programme's days on which nothing is planned. Pass only the sessions that concern the person."""
    busy = {s.date for s in sessions}
    length = (programme.ends - programme.starts).days + 1
    days = (programme.starts + timedelta(days=n) for n in range(length))
    return tuple(day for day in days if day not in busy)


def bus_departures(
    sessions: Iterable[Session], shuttles: Iterable[Shuttle], day: date, zone: ZoneInfo
) -> tuple[Bus, ...]:
    """All buses of the day in order of time. Pass only the sessions that concern the person asking."""
    today = sessions_on(sessions, day)
    buses = [
        Bus(datetime.combine(day, d.at, zone), d.site, s.site if s.site != d.site else None, s)
        for s in today
        for d in s.buses
    ]
    for shuttle in shuttles:
        if day in shuttle.dates:
            buses += _shuttle_buses(shuttle, today, day, zone)
    return tuple(sorted(buses, key=lambda bus: (bus.leaves.astimezone(UTC), bus.origin)))


def buses_for(session: Session, sessions: Iterable[Session], knowledge: Knowledge) -> tuple[Bus, ...]:
    """The buses that bring people to the session, in order of time. `sessions` are those of the person."""
    zone = ZoneInfo(knowledge.programme.time_zone)
    buses = bus_departures(sessions, knowledge.shuttles, session.date, zone)
    return tuple(bus for bus in buses if bus.session is not None and bus.session.id == session.id)


def leave_by(session: Session, buses: Iterable[Bus]) -> Bus | None:
    """The last bus that leaves for the session; None when no bus is planned for it."""
    mine = (bus for bus in buses if bus.session is not None and bus.session.id == session.id)
    return max(mine, key=lambda bus: bus.leaves.astimezone(UTC), default=None)


def last_bus_left(session: Session, buses: Iterable[Bus], moment: datetime) -> bool:
    """Whether there were buses for the session and the last of them has left."""
    bus = leave_by(session, buses)
    return bus is not None and bus.leaves.astimezone(UTC) < moment.astimezone(UTC)


def all_buses_left(buses: Collection[Bus], moment: datetime) -> bool:
    """Whether there were buses and none of them is still to leave."""
    return bool(buses) and all(bus.leaves.astimezone(UTC) < moment.astimezone(UTC) for bus in buses)


def _start(session: Session, zone: ZoneInfo) -> datetime:
    return starts_at(session, zone).astimezone(UTC)


def _end(session: Session, zone: ZoneInfo) -> datetime:
    return ends_at(session, zone).astimezone(UTC)


def _touches(session: Session, after: time | None, before: time | None) -> bool:
    if after is not None and after == before:
        return session.start <= after < session.end
    return (after is None or session.end > after) and (before is None or session.start < before)


def _shuttle_buses(shuttle: Shuttle, today: Iterable[Session], day: date, zone: ZoneInfo) -> list[Bus]:
    """The way there, for the first session that begins at the destination, and the way back."""
    there = (s for s in today if s.site == shuttle.destination and s.start >= shuttle.leaves)
    leaves = datetime.combine(day, shuttle.leaves, zone)
    buses = [Bus(leaves, shuttle.origin, shuttle.destination, next(there, None))]
    if shuttle.returns is not None:
        back = datetime.combine(day, shuttle.returns, zone)
        buses.append(Bus(back, shuttle.destination, shuttle.origin, None))
    return buses
