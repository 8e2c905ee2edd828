"""When people answer: what to expect of a question that is passed on to the organizers."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.knowledge.model import EVERY_DAY, Office, Programme
from bot.locales import Words


def office_line(programme: Programme, moment: datetime, words: Words) -> str:
    """How long an answer usually takes, or when the office opens; empty when the programme does not say.

    `moment` is an aware datetime.
    """
    office, local = programme.office, moment.astimezone(ZoneInfo(programme.time_zone))
    if office is None:
        return ""
    opens = _opens(office, local)
    if opens is None:
        return words("They usually answer within {duration}.", duration=words.duration(office.answers_within))
    if opens.date() == local.date():
        return words("Nobody is there now: they answer from {time} today.", time=words.time(opens.time()))
    return words(
        "Nobody is there now: they answer from {time} on {day}.",
        time=words.time(opens.time()),
        day=words.day(opens.date()),
    )


def _opens(office: Office, local: datetime) -> datetime | None:
    """When the office opens next; None while it is open."""
    if any(start <= local.time() < end for start, end in _hours(office, local.date())):
        return None
    for days in range(8):
        day = local.date() + timedelta(days)
        for start, _ in _hours(office, day):
            if days or start > local.time():
                return datetime.combine(day, start, local.tzinfo)
    return None


def _hours(office: Office, day: date) -> list[tuple[time, time]]:
    weekday = EVERY_DAY[day.weekday()]
    return sorted((hours.from_, hours.until) for hours in office.hours if weekday in hours.days)
