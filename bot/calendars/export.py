"""Sessions as a calendar file (RFC 5545) that phones and mail programs open."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from icalendar import Calendar

from bot.assistant import plan
from bot.assistant.reader import Reader
from bot.calendars.events import event_of
from bot.calendars.versions import Version
from bot.knowledge.model import Knowledge, Session

REFRESH = timedelta(hours=1)
"""How often a phone that subscribes should look again."""
_NO_VERSIONS: Mapping[str, Version] = MappingProxyType({})


def calendar_file(
    knowledge: Knowledge,
    sessions: Iterable[Session],
    *,
    language: str,
    moment: datetime,
    namespace: str,
    groups: Collection[str] = (),
    versions: Mapping[str, Version] = _NO_VERSIONS,
) -> bytes:
    """The sessions as the bytes of an `.ics` file, in `language`, as known at `moment` (aware).

    `namespace` tells this bot's events from all others and must stay the same for good, such as the bot's
    user name. `groups` are the reader's. `versions`, by session id, say how often each has changed.
    """
    return _file(
        knowledge,
        [(each, False) for each in plan.for_groups(sessions, ())],
        versions,
        namespace,
        Reader.of(knowledge, language, moment, groups),
    )


def feed(
    knowledge: Knowledge,
    groups: Collection[str],
    *,
    language: str,
    moment: datetime,
    namespace: str,
    versions: Mapping[str, Version] = _NO_VERSIONS,
) -> bytes:
    """All that concerns a member of `groups`, as `calendar_file`, for a phone that looks again and again.

    Sessions of this year's programme that were dropped are in it too, so that they vanish from the phone.
    """
    year = knowledge.programme.starts.year
    dropped = [
        each.session for each in versions.values() if each.cancelled and each.session.date.year == year
    ]
    ours = [(session, False) for session in plan.for_groups(knowledge.sessions.values(), groups)]
    gone = [(session, True) for session in plan.for_groups(dropped, groups)]
    return _file(
        knowledge, [*ours, *gone], versions, namespace, Reader.of(knowledge, language, moment, groups)
    )


def _file(
    knowledge: Knowledge,
    sessions: Iterable[tuple[Session, bool]],
    versions: Mapping[str, Version],
    namespace: str,
    reader: Reader,
) -> bytes:
    """An event for each session; the second of a pair says whether it is cancelled."""
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
    for session, cancelled in sessions:
        version = versions.get(session.id)
        uid, sequence = uid_of(session.id, knowledge, namespace), version.sequence if version else 0
        calendar.add_component(event_of(session, reader, uid=uid, sequence=sequence, cancelled=cancelled))
    year = timedelta(days=366)
    calendar.add_missing_timezones(knowledge.programme.starts - year, knowledge.programme.ends + year)
    return bytes(calendar.to_ical())


def uid_of(session_id: str, knowledge: Knowledge, namespace: str) -> str:
    """What a phone knows the event by (RFC 5545, 3.8.4.7); it stays when the session moves.

    The year keeps apart two programmes of one bot that use the same ids.
    """
    return f"{session_id}.{knowledge.programme.starts.year}@{namespace}"
