"""What is said about sessions: one as a card, a day as a plan, and the card for this very moment."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.assistant import plan
from bot.assistant.files import file_buttons, session_file_button
from bot.assistant.plan import Bus, Phase
from bot.assistant.reader import Reader
from bot.assistant.reply import Button, Kind, Reply
from bot.assistant.subject import SCHEDULE
from bot.assistant.when import When
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
    lines += bus_lines(_buses_for(session, reader), reader)
    for field, icon in DETAILS.items():
        if text := getattr(session, field):
            lines.append(f"{icon} {reader.text(text)}")
    if session.optional:
        lines.append(reader.words("_Optional: come if you like._"))
    return "\\\n".join(lines)


def session_reply(session: Session, ask: str, reader: Reader, *, confidence: float = 1.0) -> Reply:
    """The session's card, with the pin and a picture of its site. Says when `ask` has no answer."""
    site = reader.knowledge.sites.get(session.site or "")
    card = session_card(session, reader)
    missing = missing_detail(ask, session, reader)
    return Reply(
        Kind.ANSWER,
        session.id,
        f"{missing}\n\n{card}" if missing else card,
        confidence,
        pictures=reader.pictures(site.photos[:1]) if site and site.visited else (),
        place=reader.place(site) if site else None,
        buttons=(
            *(((Button(reader.text(site.name), f"show:{site.id}"),),) if site else ()),
            (session_file_button(session, reader),),
        ),
    )


def missing_detail(ask: str, session: Session, reader: Reader) -> str | None:
    """A sentence that says that the schedule is silent about what was asked; None when it is not."""
    words = reader.words
    if ask == "wear" and not session.wear:
        return words("The schedule says nothing special about clothes for this.")
    if ask == "bring" and not session.bring:
        return words("The schedule says nothing special to bring for this.")
    if ask == "bus" and not _buses_for(session, reader):
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


def _buses_for(session: Session, reader: Reader) -> tuple[Bus, ...]:
    return tuple(
        bus for bus in day_buses(session.date, reader) if bus.session and bus.session.id == session.id
    )


def day_buses(day: date, reader: Reader) -> tuple[Bus, ...]:
    """All buses of a day, in order of time."""
    knowledge, zone = reader.knowledge, ZoneInfo(reader.knowledge.programme.time_zone)
    return plan.bus_departures(knowledge.sessions.values(), knowledge.shuttles, day, zone)


def day_reply(day: date, reader: Reader) -> Reply:
    """The plan of one day, with buttons for the days around it, and for the plan as a file."""
    sessions = plan.sessions_on(reader.knowledge.sessions.values(), day)
    lines = [f"**{reader.words.day(day)}**"]
    lines += _day_lines(sessions, day, reader) if sessions else [empty_day(day, reader)]
    buttons = [
        (day_button(near, reader)) for near in (day - timedelta(1), day + timedelta(1)) if _in(near, reader)
    ]
    rows: list[tuple[Button, ...]] = [tuple(buttons)] if buttons else []
    if sessions:
        rows.append(file_buttons(day, reader))
    free = reader.knowledge.programme.cards.free_day
    if not sessions and _in(day, reader) and free and (button := reader.topic_button(free)):
        rows.insert(0, (button,))
    return Reply(Kind.ANSWER, SCHEDULE, "\n\n".join(lines), buttons=tuple(rows))


def asked_reply(ask: str, when: When | None, reader: Reader) -> Reply:
    """The reply to what is asked of the schedule: schedule, next, now, plan, bus, wear, bring or meet."""
    if ask in {"next", "now"}:
        return next_reply(reader)
    if when is None or ask == "schedule":
        return schedule_reply(reader)
    if ask == "plan" or when.first != when.last:
        return period_reply(when, reader)
    return detail_reply(ask, when, reader)


def detail_reply(ask: str, when: When, reader: Reader) -> Reply:
    """What to wear or bring, where to meet or when the bus leaves on one day, session by session."""
    whole = day_reply(when.first, reader)
    knowledge = reader.knowledge
    today = plan.sessions_in(knowledge.sessions.values(), when) or plan.sessions_on(
        knowledge.sessions.values(), when.first
    )
    if not today:
        return whole
    lines = [f"**{reader.words.day(when.first)}**"]
    if ask == "bus":
        buses = bus_lines(day_buses(when.first, reader), reader)
        lines += ["\\\n".join(buses)] if buses else [reader.words("The schedule names no bus on this day.")]
    else:
        lines += [_detail(ask, session, reader) for session in today]
    cards = knowledge.programme.cards
    general = {"bus": cards.bus, "wear": cards.wear}.get(ask)
    more = reader.topic_button(general) if general else None
    return replace(whole, text="\n\n".join(lines), buttons=(((more,),) if more else ()) + whole.buttons)


def _detail(ask: str, session: Session, reader: Reader) -> str:
    """One session of the day with the thing asked for, of the session itself or else of its site."""
    heading = f"**{times(session, reader)}** {reader.text(session.title)}"
    if ask == "meet":
        buses = bus_lines(_buses_for(session, reader), reader)
        return "\\\n".join([heading, *(buses or [f"📍 {where(session, reader)}"])])
    site = reader.knowledge.sites.get(session.site or "")
    text = getattr(session, ask) or (getattr(site, ask) if site else None)
    return "\\\n".join([heading, f"{DETAILS[ask]} {reader.text(text)}" if text else "–"])


def period_reply(when: When, reader: Reader) -> Reply:
    """The plan of several days, or of a part of one."""
    sessions = plan.sessions_in(reader.knowledge.sessions.values(), when)
    if when.first == when.last and (not sessions or (when.after is None and when.before is None)):
        return _part_of_day_is_empty(when, reader) if not sessions else day_reply(when.first, reader)
    days = [when.first + timedelta(n) for n in range((when.last - when.first).days + 1)]
    lines: list[str] = []
    for day in days:
        lines.append(f"**{reader.words.day(day)}**")
        today = tuple(session for session in sessions if session.date == day)
        lines += _day_lines(today, day, reader) if today else [empty_day(day, reader)]
    buttons = (tuple(day_button(day, reader) for day in days[:4]),)
    return Reply(Kind.ANSWER, SCHEDULE, "\n\n".join(lines), buttons=buttons)


def _part_of_day_is_empty(when: When, reader: Reader) -> Reply:
    whole = day_reply(when.first, reader)
    if when.after is None and when.before is None:
        return whole
    nothing = reader.words("Nothing is planned for that part of the day.")
    return replace(whole, text=f"{nothing}\n\n{whole.text}")


def schedule_reply(reader: Reader) -> Reply:
    """The whole programme, a line a session, with a button a day, and for everything as a file."""
    programme = reader.knowledge.programme
    days = [programme.starts + timedelta(n) for n in range((programme.ends - programme.starts).days + 1)]
    blocks = []
    for day in days:
        sessions = plan.sessions_on(reader.knowledge.sessions.values(), day)
        lines = [f"**{reader.words.day(day)}**"]
        lines += [f"{times(session, reader)} {reader.text(session.title)}" for session in sessions]
        blocks.append("\\\n".join(lines if sessions else [*lines, reader.words("Free day")]))
    buttons = [day_button(day, reader) for day in days]
    rows = tuple(tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4))
    return Reply(Kind.ANSWER, SCHEDULE, "\n\n".join(blocks), buttons=(*rows, file_buttons(None, reader)))


def day_button(day: date, reader: Reader) -> Button:
    """A button that shows the plan of a day."""
    return Button(reader.words.short_day(day), f"day:{day.isoformat()}")


def empty_day(day: date, reader: Reader) -> str:
    """Why nothing is planned: a free day, or a day outside the programme."""
    words, programme = reader.words, reader.knowledge.programme
    if _in(day, reader):
        return words("Nothing is planned: it is a free day.")
    return words(
        "That is outside the programme, which runs from {first} to {last}.",
        first=words.day(programme.starts),
        last=words.day(programme.ends),
    )


def _in(day: date, reader: Reader) -> bool:
    return reader.knowledge.programme.starts <= day <= reader.knowledge.programme.ends


def _day_lines(sessions: tuple[Session, ...], day: date, reader: Reader) -> list[str]:
    blocks = []
    for session in sessions:
        lines = [f"**{times(session, reader)}** {reader.text(session.title)}"]
        if place := where(session, reader):
            lines.append(f"📍 {place}")
        lines += bus_lines(_buses_for(session, reader), reader)
        blocks.append("\\\n".join(lines))
    back = [bus for bus in day_buses(day, reader) if bus.session is None]
    return [*blocks, *bus_lines(back, reader)]


def next_reply(reader: Reader) -> Reply:
    """What is on now, and what comes next: when to leave, from where, what to wear and bring."""
    knowledge, words = reader.knowledge, reader.words
    zone = ZoneInfo(knowledge.programme.time_zone)
    sessions = knowledge.sessions.values()
    phase = plan.phase(knowledge.programme, reader.moment)
    now = plan.current(sessions, reader.moment, zone)
    ahead = plan.following(sessions, reader.moment, zone)
    blocks: list[str] = []
    if phase is Phase.BEFORE:
        days = (knowledge.programme.starts - reader.moment.date()).days
        blocks.append(
            words.plural("The programme begins tomorrow.", "The programme begins in {number} days.", days)
        )
    elif not now and not ahead:
        blocks.append(words("The programme is over. Thank you for taking part!"))
    elif phase is Phase.DURING and not plan.sessions_on(sessions, reader.moment.date()):
        blocks.append(words("Today is a free day."))
    for session in now:
        until = words("On now, until {time}:", time=words.time(session.end))
        blocks.append(f"{until}\n\n{session_card(session, reader)}")
    for session in ahead:
        heading = words("Next:")
        blocks.append(f"{heading}\n\n{session_card(session, reader)}")
    return _with_site((*ahead, *now), "\n\n".join(blocks), reader)


def _with_site(sessions: tuple[Session, ...], text: str, reader: Reader) -> Reply:
    site = next((reader.knowledge.sites[each.site] for each in sessions if each.site), None)
    missed = reader.knowledge.programme.cards.missed_bus
    rows = (
        [(day_button(sessions[0].date, reader),)]
        if sessions
        else [(Button(reader.words("📅 Schedule"), "schedule"),)]
    )
    late = missed and any(_last_bus_left(each, reader) for each in sessions)
    if late and (button := reader.topic_button(missed or "")):
        rows.append((button,))
    return Reply(
        Kind.ANSWER,
        SCHEDULE,
        text,
        pictures=reader.pictures(site.photos[:1]) if site and site.visited else (),
        place=reader.place(site) if site else None,
        buttons=tuple(rows),
    )


def _last_bus_left(session: Session, reader: Reader) -> bool:
    return plan.last_bus_left(session, day_buses(session.date, reader), reader.moment)
