"""One session as an event of a calendar (RFC 5545): when, where, which bus, what to bring, alarms."""

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Event

from bot.assistant import plan
from bot.assistant.kinds import kind_name
from bot.assistant.plan import Bus
from bot.assistant.reader import Reader
from bot.assistant.sessions import DETAILS, bus_lines, buses_for, where
from bot.calendars.plain import plain
from bot.knowledge.model import Session, ends_at, starts_at

ALARM = timedelta(minutes=30)
"""How long before a session starts the phone rings."""
BUS_ALARM = timedelta(minutes=10)
"""How long before the last bus to it leaves the phone rings, when that is earlier."""


def event_of(session: Session, reader: Reader, *, uid: str, sequence: int, cancelled: bool = False) -> Event:
    """The session as an event in the reader's language, stamped with the reader's moment."""
    zone = ZoneInfo(reader.knowledge.programme.time_zone)
    buses = buses_for(session, reader)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", reader.moment.astimezone(ZoneInfo("UTC")))
    event.add("sequence", sequence)
    event.add("dtstart", starts_at(session, zone))
    event.add("dtend", ends_at(session, zone))
    event.add("summary", reader.text(session.title))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if session.optional else "OPAQUE")
    event.add("categories", [kind_name(session.kind, reader.words)])
    if location := _location(session, reader):
        event.add("location", location)
    if site := reader.knowledge.sites.get(session.site or ""):
        event.add("geo", (site.latitude, site.longitude))
    if description := _description(session, buses, reader):
        event.add("description", description)
    for alarm in () if cancelled else _alarms(session, buses, reader):
        event.add_component(alarm)
    return event


def _location(session: Session, reader: Reader) -> str:
    """Site and room, then the address, which the phone's map can look up."""
    site = reader.knowledge.sites.get(session.site or "")
    parts = [where(session, reader), reader.text(site.address) if site and site.address else ""]
    return ", ".join(part for part in parts if part)


def _description(session: Session, buses: Iterable[Bus], reader: Reader) -> str:
    lines = bus_lines(buses, reader)
    for field, icon in DETAILS.items():
        if text := getattr(session, field):
            lines.append(f"{icon} {reader.text(text)}")
    if session.optional:
        lines.append(reader.words("Optional"))
    return "\n".join(plain(line) for line in lines)


def _alarms(session: Session, buses: Iterable[Bus], reader: Reader) -> list[Alarm]:
    """One before the session, and one before its last bus unless that is later."""
    start = starts_at(session, ZoneInfo(reader.knowledge.programme.time_zone))
    alarms = [_alarm(ALARM, reader.text(session.title))]
    bus = plan.leave_by(session, buses)
    if bus and (ahead := start - bus.leaves + BUS_ALARM) > ALARM:
        alarms.append(_alarm(ahead, plain(bus_lines([bus], reader)[0])))
    return alarms


def _alarm(ahead: timedelta, words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -ahead)
    alarm.add("description", words)
    return alarm
