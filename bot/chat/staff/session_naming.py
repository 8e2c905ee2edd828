"""Which session, time or place an organizer means who types a few words behind a command."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.assistant.when import find_when
from bot.knowledge.model import Knowledge, Session, Site

_TIME = re.compile(r"(?<!\d)(\d{1,2})[:.h](\d{2})(?:\s*[-–—]\s*(\d{1,2})[:.h](\d{2}))?(?!\d)")
_DATE = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")
_LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True)
class Times:
    """When a session is to be."""

    day: date
    start: time
    end: time

    def __str__(self) -> str:
        """Sixteen digits, as a button carries them."""
        return f"{self.day:%Y%m%d}{self.start:%H%M}{self.end:%H%M}"

    @classmethod
    def of(cls, digits: str) -> "Times":
        """What `str` made."""
        start = datetime.strptime(digits[:12], "%Y%m%d%H%M")
        return cls(start.date(), start.time(), datetime.strptime(digits[12:], "%H%M").time())


def coming(knowledge: Knowledge, moment: datetime) -> list[Session]:
    """The sessions that are not over yet."""
    here = moment.astimezone(ZoneInfo(knowledge.programme.time_zone)).replace(tzinfo=None)
    return [each for each in knowledge.sessions.values() if datetime.combine(each.date, each.end) > here]


def named(text: str, knowledge: Knowledge, moment: datetime) -> tuple[list[Session], str]:
    """The sessions that the beginning of a text may name, and the rest of the text.

    An id names one; words that stand in titles may name several, of which those to come count first.
    """
    sessions, words = knowledge.sessions, text.split()
    if words and words[0] in sessions:
        return [sessions[words[0]]], " ".join(words[1:])
    for length in range(len(words), 0, -1):
        name = " ".join(words[:length]).casefold()
        found = [each for each in sessions.values() if any(name in t.casefold() for t in each.title.values())]
        ahead = coming(knowledge, moment)
        if found:
            return [each for each in found if each in ahead] or found, " ".join(words[length:])
    return [], text


def times_in(
    text: str, session: Session, knowledge: Knowledge, moment: datetime, language: str
) -> Times | None:
    """The new times of a session: as long as before if the text names no end. None when it is not clear.

    What would go past midnight ends at 23:59, since a session is of one day.
    """
    found = _TIME.search(text)
    if found is None:
        return None
    day = _day(text[: found.start()] + text[found.end() :], session, knowledge, moment, language)
    try:
        start = time(int(found[1]), int(found[2]))
        end = time(int(found[3]), int(found[4])) if found[3] else None
    except ValueError:
        return None
    if day is None or (end and end <= start):
        return None
    length = datetime.combine(day, session.end) - datetime.combine(day, session.start)
    latest = datetime.combine(day, _LAST_MINUTE)
    return Times(day, start, end or min(datetime.combine(day, start) + length, latest).time())


def site_named(text: str, knowledge: Knowledge) -> Site | None:
    """The site whose id a text is, or in whose name alone it stands."""
    wanted, sites = text.strip(), knowledge.sites
    if wanted in sites:
        return sites[wanted]
    name = wanted.casefold()
    found = [site for site in sites.values() if any(name in each.casefold() for each in site.name.values())]
    return found[0] if name and len(found) == 1 else None


def _day(text: str, session: Session, knowledge: Knowledge, moment: datetime, language: str) -> date | None:
    """The day that a text names, or the session's own when it names none; None when there is no such day."""
    if written := _DATE.search(text):
        try:
            return date.fromisoformat(written[1])
        except ValueError:
            return None
    programme = knowledge.programme
    found = find_when(
        text,
        moment,
        zone=ZoneInfo(programme.time_zone),
        starts=programme.starts,
        ends=programme.ends,
        languages=tuple(dict.fromkeys([language, *programme.languages])),
    )
    days = {when.first for when in found if when.says_day and when.first == when.last}
    return next(iter(days)) if len(days) == 1 else session.date
