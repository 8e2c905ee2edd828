"""Sessions as a calendar file (RFC 5545) that phones and mail programs open."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from icalendar import Calendar

from bot.assistant import plan
from bot.assistant.reader import Reader
from bot.calendars.events import event_of
from bot.knowledge.model import Knowledge, Session

REFRESH = timedelta(hours=1)
"""How often a phone that subscribes should look again."""
_NO_SEQUENCES: Mapping[str, int] = MappingProxyType({})


def calendar_file(
    knowledge: Knowledge,
    sessions: Iterable[Session],
    *,
    language: str,
    moment: datetime,
    namespace: str,
    sequences: Mapping[str, int] = _NO_SEQUENCES,
    cancelled: Iterable[Session] = (),
) -> bytes:
    """The sessions as the bytes of an `.ics` file, in `language`, as known at `moment` (aware).

    `namespace` tells this bot's events from all others and must stay the same for good, such as the bot's
    user name. `sequences` (session id → number, see `next_sequences`) says how often each has changed;
    `cancelled` are sessions that were dropped and should vanish from the phones that have them.
    """
    reader = Reader.of(knowledge, language, moment)
    calendar = Calendar()
    calendar.add("prodid", "-//programme-bot//schedule//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name, zone = reader.text(knowledge.programme.name), knowledge.programme.time_zone
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)  # what most programs read instead of NAME (RFC 7986)
    calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for all_of_them, are_cancelled in ((sessions, False), (cancelled, True)):
        for session in plan.for_groups(all_of_them, ()):
            uid = uid_of(session.id, knowledge, namespace)
            sequence = sequences.get(session.id, 0)
            calendar.add_component(
                event_of(session, reader, uid=uid, sequence=sequence, cancelled=are_cancelled)
            )
    year = timedelta(days=366)
    calendar.add_missing_timezones(knowledge.programme.starts - year, knowledge.programme.ends + year)
    return bytes(calendar.to_ical())


def feed(
    knowledge: Knowledge,
    groups: Collection[str],
    *,
    language: str,
    moment: datetime,
    namespace: str,
    sequences: Mapping[str, int] = _NO_SEQUENCES,
    cancelled: Iterable[Session] = (),
) -> bytes:
    """What concerns a member of `groups`, as `calendar_file`: for a phone that subscribes."""
    return calendar_file(
        knowledge,
        plan.for_groups(knowledge.sessions.values(), groups),
        language=language,
        moment=moment,
        namespace=namespace,
        sequences=sequences,
        cancelled=plan.for_groups(cancelled, groups),
    )


def uid_of(session_id: str, knowledge: Knowledge, namespace: str) -> str:
    """What a phone knows the event by (RFC 5545, 3.8.4.7); it stays when the session moves.

    The year keeps apart two programmes of one bot that use the same ids.
    """
    return f"{session_id}.{knowledge.programme.starts.year}@{namespace}"
