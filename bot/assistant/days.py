"""What is said about days: one as a plan, several, a part of one, the whole programme, and the free ones."""

from dataclasses import replace
from datetime import date, timedelta

from bot.assistant import plan
from bot.assistant.files import file_buttons
from bot.assistant.reader import Reader
from bot.assistant.reply import Button, Kind, Reply
from bot.assistant.sessions import DETAILS, bus_lines, buses_for, day_buses, times, where, with_zone
from bot.assistant.subject import SCHEDULE
from bot.assistant.when import When
from bot.knowledge.model import Session

MOST_DAYS = 4
"""Buttons for days in one row."""


def day_reply(day: date, reader: Reader) -> Reply:
    """The plan of one day, with buttons for the days around it, and for the plan as a file."""
    sessions = plan.sessions_on(reader.sessions, day)
    lines = [f"**{reader.words.day(day)}**"]
    lines += _day_lines(sessions, day, reader) if sessions else [empty_day(day, reader)]
    buttons = [
        (day_button(near, reader)) for near in (day - timedelta(1), day + timedelta(1)) if _in(near, reader)
    ]
    rows: list[tuple[Button, ...]] = [tuple(buttons)] if buttons else []
    if sessions:
        rows.append(file_buttons(day, reader))
    if not sessions and _in(day, reader):
        rows = [*suggestions(reader), *rows]
    text = "\n\n".join(lines)
    return Reply(Kind.ANSWER, SCHEDULE, with_zone(text, reader) if sessions else text, buttons=tuple(rows))


def suggestions(reader: Reader) -> list[tuple[Button, ...]]:
    """What to do on a free day, if the knowledge has an entry for it."""
    free = reader.knowledge.programme.cards.free_day
    button = reader.topic_button(free) if free else None
    return [(button,)] if button else []


def free_days_reply(reader: Reader) -> Reply:
    """Which days are free, those to come first of all, with a button a day and suggestions."""
    programme, words = reader.knowledge.programme, reader.words
    every = plan.free_days(programme, reader.sessions)
    free = [day for day in every if day >= reader.moment.date()] or every
    if not free:
        return Reply(
            Kind.ANSWER, SCHEDULE, words("The programme has no free day: something is planned daily.")
        )
    lines = [words.plural("This day is free:", "These days are free:", len(free))]
    lines += [f"**{words.day(day)}**" for day in free]
    buttons = tuple(day_button(day, reader) for day in free[:MOST_DAYS])
    return Reply(Kind.ANSWER, SCHEDULE, "\\\n".join(lines), buttons=(*suggestions(reader), buttons))


def dates_reply(reader: Reader) -> Reply:
    """From when to when the programme is."""
    programme, words = reader.knowledge.programme, reader.words
    first, last = words.day(programme.starts), words.day(programme.ends)
    text = words("The programme runs from **{first}** to **{last}**.", first=first, last=last)
    buttons = (day_button(programme.starts, reader), day_button(programme.ends, reader))
    return Reply(Kind.ANSWER, SCHEDULE, text, buttons=(buttons,))


def days_left(reader: Reader) -> str | None:
    """How many days it is until the programme begins or ends; None once it is over."""
    programme, words, today = reader.knowledge.programme, reader.words, reader.moment.date()
    wait, left = (programme.starts - today).days, (programme.ends - today).days
    if wait > 0:
        return words.plural("The programme begins tomorrow.", "The programme begins in {number} days.", wait)
    if left == 0:
        return words("Today is the last day.")
    if left < 0:
        return None
    return words.plural("One day is left after today.", "{number} days are left after today.", left)


def detail_reply(ask: str, when: When, reader: Reader) -> Reply:
    """What to wear or bring, where to meet or when the bus leaves on one day, session by session."""
    whole = day_reply(when.first, reader)
    today = plan.sessions_in(reader.sessions, when) or plan.sessions_on(reader.sessions, when.first)
    if not today:
        return whole
    lines = [f"**{reader.words.day(when.first)}**"]
    lines += (
        _bus_times(when.first, reader) if ask == "bus" else [_detail(ask, each, reader) for each in today]
    )
    cards = reader.knowledge.programme.cards
    late = ask == "bus" and plan.all_buses_left(day_buses(reader.moment.date(), reader), reader.moment)
    general = [cards.missed_bus if late and when.first == reader.moment.date() else None]
    general.append({"bus": cards.bus, "wear": cards.wear}.get(ask))
    more = [reader.topic_button(topic) for topic in general if topic]
    text = with_zone("\n\n".join(lines), reader)
    return replace(whole, text=text, buttons=(*((button,) for button in more if button), *whole.buttons))


def _bus_times(day: date, reader: Reader) -> list[str]:
    """The buses of a day, and whether they all have left."""
    buses = day_buses(day, reader)
    if not buses:
        return [reader.words("The schedule names no bus on this day.")]
    lines = ["\\\n".join(bus_lines(buses, reader))]
    if plan.all_buses_left(buses, reader.moment):
        lines.append(reader.words("All buses of this day have left."))
    return lines


def _detail(ask: str, session: Session, reader: Reader) -> str:
    """One session of the day with the thing asked for, of the session itself or else of its site."""
    heading = f"**{times(session, reader)}** {reader.text(session.title)}"
    if ask == "meet":
        buses = bus_lines(buses_for(session, reader), reader)
        place = where(session, reader)
        return "\\\n".join([heading, *(buses or [f"📍 {place}" if place else "–"])])
    site = reader.knowledge.sites.get(session.site or "")
    text = getattr(session, ask) or (getattr(site, ask) if site else None)
    return "\\\n".join([heading, f"{DETAILS[ask]} {reader.text(text)}" if text else "–"])


def period_reply(when: When, reader: Reader) -> Reply:
    """The plan of several days, or of a part of one."""
    sessions = plan.sessions_in(reader.sessions, when)
    if when.first == when.last and (not sessions or (when.after is None and when.before is None)):
        return _part_of_day_is_empty(when, reader) if not sessions else day_reply(when.first, reader)
    days = [when.first + timedelta(n) for n in range((when.last - when.first).days + 1)]
    lines: list[str] = []
    for day in days:
        lines.append(f"**{reader.words.day(day)}**")
        today = tuple(session for session in sessions if session.date == day)
        lines += _day_lines(today, day, reader) if today else [empty_day(day, reader)]
    buttons = (tuple(day_button(day, reader) for day in days[:MOST_DAYS]),)
    return Reply(Kind.ANSWER, SCHEDULE, with_zone("\n\n".join(lines), reader), buttons=buttons)


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
        sessions = plan.sessions_on(reader.sessions, day)
        lines = [f"**{reader.words.day(day)}**"]
        lines += [f"{times(session, reader)} {reader.text(session.title)}" for session in sessions]
        blocks.append("\\\n".join(lines if sessions else [*lines, reader.words("Free day")]))
    buttons = [day_button(day, reader) for day in days]
    rows = tuple(tuple(buttons[at : at + MOST_DAYS]) for at in range(0, len(buttons), MOST_DAYS))
    text = with_zone("\n\n".join(blocks), reader)
    return Reply(Kind.ANSWER, SCHEDULE, text, buttons=(*rows, file_buttons(None, reader)))


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
        lines += bus_lines(buses_for(session, reader), reader)
        blocks.append("\\\n".join(lines))
    back = [bus for bus in day_buses(day, reader) if bus.session is None]
    return [*blocks, *bus_lines(back, reader)]
