"""What is said about one session: its card, when and where it is, and the buses to it."""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.assistant import plan
from bot.assistant.files import session_file_button
from bot.assistant.plan import Bus, Phase
from bot.assistant.reader import Reader
from bot.assistant.reply import Button, Kind, Reply
from bot.knowledge.model import Session

DETAILS = {"wear": "👔", "bring": "🎒", "notes": "📝"}
"""Fields of a session that are shown with an icon before them."""


def times(session: Session, reader: Reader) -> str:
    """`14:00–16:00`."""
    return f"{reader.words.time(session.start)}–{reader.words.time(session.end)}"


def where(session: Session, reader: Reader) -> str:
    """Site and room, as far as the schedule names them."""
    site = reader.knowledge.sites.get(session.site or "")
    parts = [reader.text(site.name) if site else "", reader.text(session.room) if session.room else ""]
    return ", ".join(part for part in parts if part)


def session_card(session: Session, reader: Reader) -> str:
    """Everything known about a session, in Markdown lines."""
    lines = [
        f"**{reader.text(session.title)}**",
        f"🗓 {reader.words.day(session.date)}, {times(session, reader)}",
    ]
    if place := where(session, reader):
        lines.append(f"📍 {place}")
    lines += bus_lines(buses_for(session, reader), reader)
    for field, icon in DETAILS.items():
        if text := getattr(session, field):
            lines.append(f"{icon} {reader.text(text)}")
    if session.groups:
        lines.append(f"👥 {groups_line(session, reader)}")
    if session.optional:
        lines.append(reader.words("_Optional: come if you like._"))
    return "\\\n".join(lines)


def session_line(session: Session, reader: Reader) -> str:
    """What it is called, when and where, in one line."""
    when = f"{reader.words.day(session.date)}, {times(session, reader)}"
    place = where(session, reader)
    return f"🗓 **{reader.text(session.title)}**: {when}{f', {place}' if place else ''}"


def groups_line(session: Session, reader: Reader) -> str:
    """Whom a session of some groups is for."""
    words, groups = reader.words, ", ".join(session.groups)
    if session in reader.sessions:
        return words("Only for: {groups}", groups=groups)
    return words("Only for: {groups}, so not for you", groups=groups)


def session_reply(session: Session, ask: str, reader: Reader, *, confidence: float = 1.0) -> Reply:
    """The session's card, with the pin and a picture of its site. Says when `ask` has no answer."""
    site = reader.knowledge.sites.get(session.site or "")
    card = session_card(session, reader)
    missing = missing_detail(ask, session, reader)
    return Reply(
        Kind.ANSWER,
        session.id,
        with_zone(f"{missing}\n\n{card}" if missing else card, reader),
        confidence,
        pictures=reader.pictures(site.photos[:1]) if site and site.visited else (),
        place=reader.place(site) if site else None,
        buttons=(
            *(((Button(reader.text(site.name), f"show:{site.id}"),),) if site else ()),
            (session_file_button(session, reader),),
        ),
    )


def with_zone(text: str, reader: Reader) -> str:
    """The text, and before the programme, when people are still elsewhere, the zone of its times."""
    programme = reader.knowledge.programme
    if plan.phase(programme, reader.moment) is not Phase.BEFORE:
        return text
    noon = datetime.combine(programme.starts, time(12), ZoneInfo(programme.time_zone))
    note = reader.words("🕒 These are local times: {zone}.", zone=reader.words.zone(noon))
    return f"{text}\n\n{note}"


def missing_detail(ask: str, session: Session, reader: Reader) -> str | None:
    """A sentence that says that the schedule is silent about what was asked; None when it is not."""
    words = reader.words
    if ask == "wear" and not session.wear:
        return words("The schedule says nothing special about clothes for this.")
    if ask == "bring" and not session.bring:
        return words("The schedule says nothing special to bring for this.")
    if ask == "bus" and not buses_for(session, reader):
        return words("The schedule names no bus for this.")
    return None


def bus_lines(buses: Iterable[Bus], reader: Reader) -> list[str]:
    """One line a bus: when it leaves, and from where to where."""
    lines = []
    for bus in buses:
        time, origin = reader.words.time(bus.leaves.timetz()), reader.title(bus.origin) or ""
        destination = reader.title(bus.destination) if bus.destination else None
        if destination:
            text = reader.words(
                "Bus at **{time}** from {origin} to {destination}",
                time=time,
                origin=origin,
                destination=destination,
            )
        else:
            text = reader.words("Bus at **{time}** from {origin}", time=time, origin=origin)
        lines.append(f"🚌 {text}")
    return lines


def buses_for(session: Session, reader: Reader) -> tuple[Bus, ...]:
    """The buses that bring people to the session, in order of time."""
    return plan.buses_for(session, reader.sessions, reader.knowledge)


def day_buses(day: date, reader: Reader) -> tuple[Bus, ...]:
    """All buses of a day, in order of time."""
    knowledge, zone = reader.knowledge, ZoneInfo(reader.knowledge.programme.time_zone)
    return plan.bus_departures(reader.sessions, knowledge.shuttles, day, zone)
