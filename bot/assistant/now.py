"""The card for this very moment: what is on, what comes next, when to leave, and what to do when late."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.assistant import plan
from bot.assistant.days import day_button, days_left, suggestions
from bot.assistant.plan import Phase
from bot.assistant.reader import Reader
from bot.assistant.reply import Button, Kind, Reply
from bot.assistant.sessions import day_buses, session_card, with_zone
from bot.assistant.sites import visits
from bot.assistant.subject import SCHEDULE
from bot.knowledge.model import Session, ends_at

_MOMENT = timedelta(microseconds=1)
"""So that what begins at the very end of a session follows it."""


def now_card(reader: Reader) -> Reply:
    """What is on now, and what comes next: when to leave, from where, what to wear and bring."""
    words, zone = reader.words, ZoneInfo(reader.knowledge.programme.time_zone)
    now = plan.current(reader.sessions, reader.moment, zone)
    ahead = plan.following(reader.sessions, reader.moment, zone)
    free = _is_free_day(reader)
    opening = _opening(now, ahead, reader, free=free)
    blocks = [opening] if opening else []
    for session in now:
        until = words("On now, until {time}:", time=words.time(session.end))
        blocks.append(f"{until}\n\n{session_card(session, reader)}")
    for session in ahead:
        heading = words("Next:") if session.date == reader.moment.date() else _on_another_day(session, reader)
        blocks.append(f"{heading}\n\n{session_card(session, reader)}")
    reply = _with_site((*ahead, *now), "\n\n".join(blocks), reader)
    return replace(reply, buttons=(*suggestions(reader), *reply.buttons)) if free else reply


def after_card(topic: str, reader: Reader) -> Reply:
    """What follows a session, or the next one at a site, by its id."""
    words, zone = reader.words, ZoneInfo(reader.knowledge.programme.time_zone)
    site = reader.knowledge.sites.get(topic)
    here = visits(site, reader)[:1] if site else (reader.knowledge.sessions[topic],)
    if not here:
        return now_card(reader)
    [session] = here
    ahead = plan.following(reader.sessions, ends_at(session, zone) - _MOMENT, zone)
    after = words("After **{session}**:", session=reader.text(session.title))
    if not ahead:
        nothing = words("Nothing more is planned.")
        return _with_site((session,), f"{after}\n\n{nothing}", reader)
    return _with_site(ahead, "\n\n".join([after, *(session_card(each, reader) for each in ahead)]), reader)


def _is_free_day(reader: Reader) -> bool:
    during = plan.phase(reader.knowledge.programme, reader.moment) is Phase.DURING
    return during and not plan.sessions_on(reader.sessions, reader.moment.date())


def _opening(
    now: tuple[Session, ...], ahead: tuple[Session, ...], reader: Reader, *, free: bool
) -> str | None:
    """Where in the programme the moment lies, if that is worth a word."""
    words = reader.words
    if plan.phase(reader.knowledge.programme, reader.moment) is Phase.BEFORE:
        return days_left(reader)
    if not now and not ahead:
        return words("The programme is over. Thank you for taking part!")
    if free:
        return words("Today is a free day.")
    if not now and ahead[0].date > reader.moment.date():
        return words("That was all for today.")
    return None


def _on_another_day(session: Session, reader: Reader) -> str:
    words = reader.words
    if session.date == reader.moment.date() + timedelta(1):
        return words("Tomorrow begins with:")
    return words("Next, on {day}:", day=words.day(session.date))


def _with_site(sessions: tuple[Session, ...], text: str, reader: Reader) -> Reply:
    site = next((reader.knowledge.sites[each.site] for each in sessions if each.site), None)
    missed = reader.knowledge.programme.cards.missed_bus
    rows = (
        [(day_button(sessions[0].date, reader),)]
        if sessions
        else [(Button(reader.words("📅 Schedule"), "schedule"),)]
    )
    if missed and _is_late(sessions, reader) and (button := reader.topic_button(missed)):
        rows.append((button,))
    return Reply(
        Kind.ANSWER,
        SCHEDULE,
        with_zone(text, reader) if sessions else text,
        pictures=reader.pictures(site.photos[:1]) if site and site.visited else (),
        place=reader.place(site) if site else None,
        buttons=tuple(rows),
    )


def _is_late(sessions: Iterable[Session], reader: Reader) -> bool:
    """Whether the last bus to one of the sessions has left, or the last one of the day."""
    moment = reader.moment
    return plan.all_buses_left(day_buses(moment.date(), reader), moment) or any(
        plan.last_bus_left(each, day_buses(each.date, reader), moment) for each in sessions
    )
