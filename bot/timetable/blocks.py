"""What stands on a day's page: its sessions, and the buses that leave, in the reader's words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.assistant import plan
from bot.assistant.kinds import kind_name
from bot.assistant.plan import Bus
from bot.assistant.reader import Reader
from bot.assistant.sessions import times, where
from bot.knowledge.model import Session, SessionKind


@dataclass(frozen=True, slots=True)
class Block:
    """One session, or one departure."""

    start: int  # minutes from midnight
    end: int
    kind: SessionKind | None  # None for a departure
    heading: str
    title: str
    place: str = ""
    buses: tuple[str, ...] = ()  # those that leave while the session is on
    over: bool = False


def blocks_of(day: date, sessions: Sequence[Session], reader: Reader) -> list[Block]:
    """The day's blocks in order of time. `sessions` are those that concern the reader."""
    zone = ZoneInfo(reader.knowledge.programme.time_zone)
    buses = plan.bus_departures(sessions, reader.knowledge.shuttles, day, zone)
    today = plan.sessions_on(sessions, day)
    blocks = [_session_block(session, buses, reader) for session in today]
    alone = [bus for bus in buses if not _leaves_meanwhile(bus)]
    blocks += [
        _bus_block(leaves, list(same), reader) for leaves, same in groupby(alone, lambda bus: bus.leaves)
    ]
    return sorted(blocks, key=lambda block: (block.start, block.end))


def _session_block(session: Session, buses: Iterable[Bus], reader: Reader) -> Block:
    meanwhile = [bus for bus in buses if bus.session is session and _leaves_meanwhile(bus)]
    notes = [times(session, reader)]
    if session.kind != "other":
        notes.append(kind_name(session.kind, reader.words))
    if session.optional:
        notes.append(reader.words("Optional"))
    if session.groups:
        notes.append(", ".join(session.groups))
    return Block(
        minute(session.start),
        minute(session.end),
        session.kind,
        " · ".join(notes),
        reader.text(session.title),
        where(session, reader),
        tuple(
            f"{', '.join(reader.words.time(bus.leaves.timetz()) for bus in same)} · {route}"
            for route, same in groupby(meanwhile, lambda bus: _route(bus, reader))
        ),
        over=_is_over(session.date, session.end, reader.moment),
    )


def _bus_block(leaves: datetime, buses: Sequence[Bus], reader: Reader) -> Block:
    start = minute(leaves.time())
    return Block(
        start,
        start + 1,
        None,
        reader.words.time(leaves.timetz()),
        "; ".join(dict.fromkeys(_route(bus, reader) for bus in buses)),
        over=_is_over(leaves.date(), leaves.time(), reader.moment),
    )


def _route(bus: Bus, reader: Reader) -> str:
    origin = reader.title(bus.origin) or ""
    destination = reader.title(bus.destination) if bus.destination else None
    return f"{origin} → {destination}" if destination else origin


def _leaves_meanwhile(bus: Bus) -> bool:
    """Whether it leaves while the session that it belongs to is on."""
    return bus.session is not None and bus.session.start <= bus.leaves.time() < bus.session.end


def _is_over(day: date, end: time, moment: datetime) -> bool:
    """Only what is over today counts: earlier days are looked up to be read."""
    return day == moment.date() and end <= moment.time()


def minute(moment: time) -> int:
    """Minutes from midnight."""
    return moment.hour * 60 + moment.minute
