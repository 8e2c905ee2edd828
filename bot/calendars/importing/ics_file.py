"""A calendar file as sessions: other zones are converted, repetitions written out, what is odd is said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event

from bot.calendars.importing.draft import Draft, RefusedError, Source
from bot.calendars.importing.ics_lines import ContentLine, content_lines, text_of
from bot.calendars.importing.spans import Part, odd_reading, parts_of, whole_days
from bot.knowledge.model import Programme
from bot.knowledge.problems import quoted

_NEEDED = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})
_ONCE = (_NEEDED | {"SUMMARY", "LOCATION", "DESCRIPTION", "UID", "STATUS"}) - {"RDATE", "EXDATE"}
_LINE = "X-LINE"  # carries the number of the line through the expansion of repetitions
_TOO_OFTEN = re.compile(r"FREQ=(SECONDLY|MINUTELY|HOURLY)|BY(SECOND|MINUTE|HOUR)=", re.IGNORECASE)
_MOST = 2_000  # events of a file
_JUNK = re.compile(r"\n_{8,}.*", re.DOTALL)  # what mail programs add below a line: how to join a call
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Event:
    """An event and the lines that it was read from."""

    event: Event
    lines: Sequence[ContentLine]  # the first is BEGIN

    @property
    def place(self) -> str:
        return f"line {self.lines[0].number}"

    def place_of(self, name: str) -> str:
        """Where a property stands."""
        return f"line {next((line for line in self.lines if line.name == name), self.lines[0]).number}"

    @property
    def title(self) -> str:
        return _line_of(self.event, "SUMMARY")


def read_ics(data: bytes, programme: Programme, source: Source) -> None:
    """Adds the calendar's events as sessions of the programme to the source.

    An all-day event is 00:00 to 23:59 of each of its days; a time without a zone is the programme's own; an
    event that repeats is written out for the programme's days; what lies outside of them and what is
    cancelled is left out. Raises RefusedError when it is no calendar.
    """
    text = text_of(data, source)
    lines = content_lines(text, source)
    if not any(line.name == "BEGIN" and line.value.upper() == "VCALENDAR" for line in lines):
        raise RefusedError(
            f"{source.name}: is not a calendar: it has no line BEGIN:VCALENDAR", *source.errors
        )
    if source.errors:
        return
    calendar = Calendar.from_ical(text)
    events = [_Event(*each) for each in zip(calendar.events, _blocks(lines), strict=True)]
    if len(events) > _MOST:
        raise RefusedError(f"{source.name}: holds {len(events):,} events, at most {_MOST:,} are read")
    for each in events:
        _check(each, source)
    if source.errors:
        return
    kept = [each for each in events if not _is_cancelled(each, source)]
    _add_drafts(kept, programme, source)


def _blocks(lines: Sequence[ContentLine]) -> Iterator[list[ContentLine]]:
    """The lines of each event, without those of the alarms in it."""
    block: list[ContentLine] = []
    depth = 0
    for line in lines:
        if line.name == "BEGIN":
            is_event = line.value.upper() == "VEVENT"
            depth = 1 if is_event else depth + 1
            block = [] if is_event else block
        if depth == 1:
            block.append(line)
        if line.name == "END":
            depth -= 1
            if line.value.upper() == "VEVENT":
                yield block


def _check(each: _Event, source: Source) -> None:
    """Adds what makes an event unusable to the errors."""
    twice = [
        line for at, line in enumerate(each.lines) if line.name in {other.name for other in each.lines[:at]}
    ]
    if again := [line for line in twice if line.name in _ONCE]:
        source.error(f"line {again[0].number}", f"{again[0].name} stands twice in one event")
        return
    broken = [(name, message) for name, message in each.event.errors if name in _NEEDED]
    for name, message in broken:
        source.error(each.place_of(name), f"{name} cannot be read: {message}")
    if "DTSTART" not in each.event:
        source.error(each.place, "the event has no start (DTSTART)")
    elif not broken:
        _check_times(each, source)
    if not each.title:
        source.error(each.place, "the event has no title (SUMMARY)")
    for line in each.lines:
        if line.name == "RRULE" and _TOO_OFTEN.search(line.value):
            source.error(f"line {line.number}", "an event that repeats within a day cannot be read")


def _check_times(each: _Event, source: Source) -> None:
    """The zones must be known, and what is written as the end must not be before the start."""
    for name in ("DTSTART", "DTEND"):
        value = each.event.get(name)
        zone = value.params.get("TZID") if value is not None else None
        if value is not None and zone and getattr(value.dt, "tzinfo", zone) is None:
            source.error(each.place_of(name), f"the time zone {quoted(str(zone))} is not known")
            return
    try:
        start, end = each.event.DTSTART, each.event.DTEND
        is_wrong = start is not None and end is not None and end < start
    except (TypeError, ValueError):  # a day and a time, or only one of two with a zone
        source.error(each.place, f"{quoted(each.title)}: its start and its end are not of one kind")
    else:
        if is_wrong:
            source.error(each.place, f"{quoted(each.title)}: its end ({end}) is before its start ({start})")


def _is_cancelled(each: _Event, source: Source) -> bool:
    cancelled = str(each.event.get("STATUS", "")).upper() == "CANCELLED"
    if cancelled:
        source.note(each.place, f"{quoted(each.title)} is cancelled, and is left out")
    return cancelled


def _add_drafts(events: Sequence[_Event], programme: Programme, source: Source) -> None:
    zone = ZoneInfo(programme.time_zone)
    calendar = Calendar()
    for each in events:
        each.event[_LINE] = each.place
        calendar.add_component(each.event)
    first = datetime.combine(programme.starts, time(), zone)
    last = datetime.combine(programme.ends, time(), zone) + _DAY
    repeated = {
        str(each.event.get("UID")) for each in events if "RRULE" in each.event or "RDATE" in each.event
    }
    found: set[str] = set()
    for event in sorted(recurring_ical_events.of(calendar).between(first, last), key=lambda e: str(e.start)):
        place, title = str(event[_LINE]), _line_of(event, "SUMMARY")
        found.add(place)
        try:
            parts = _parts(event, programme, zone)
        except ValueError as error:
            source.error(place, f"{quoted(title)}: {error}")
            continue
        source.drafts += _drafts(event, parts, is_repeated=str(event.get("UID")) in repeated)
        if odd := odd_reading(parts):
            source.note(place, f"{quoted(title)} {odd}")
    days = f"{programme.starts} to {programme.ends}"
    for each in events:
        if each.place not in found:
            source.note(each.place, f"{quoted(each.title)} is not on the programme's days ({days}): left out")
    _explain_zones(events, zone, source)


def _parts(event: Event, programme: Programme, zone: ZoneInfo) -> list[Part]:
    """The days of the event, or the parts of the day, within the programme. Raises ValueError."""
    start, end = event.start, event.end
    if isinstance(start, datetime) and isinstance(end, datetime):
        return parts_of(_wall_clock(start, zone), _wall_clock(end, zone))
    return whole_days(max(start, programme.starts), min(end - _DAY, programme.ends))


def _wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the clocks in `zone` show, without a zone; a time that has no zone is taken as it is."""
    here = moment.astimezone(zone) if moment.tzinfo else moment
    return here.replace(tzinfo=None, second=0, microsecond=0)


def _drafts(event: Event, parts: Sequence[Part], *, is_repeated: bool) -> Iterator[Draft]:
    uid = str(event.get("UID", ""))
    if uid and is_repeated:
        uid += f"/{event.RECURRENCE_ID}"
    for number, part in enumerate(parts):
        yield Draft(
            str(event[_LINE]),
            _line_of(event, "SUMMARY"),
            part.date,
            part.start,
            part.end,
            uid=f"{uid}/{number + 1}" if uid and number else uid,
            location=_line_of(event, "LOCATION"),
            kind=", ".join(map(str, event.categories)),
            notes=_JUNK.sub("", str(event.get("DESCRIPTION", "")).replace("\r\n", "\n")).strip(),
        )


def _line_of(event: Event, name: str) -> str:
    """A text of the event on one line; '' when it has none."""
    return " ".join(str(event.get(name, "")).split())


def _explain_zones(events: Sequence[_Event], zone: ZoneInfo, source: Source) -> None:
    starts = [each.event.start for each in events]
    timed = [start for start in starts if isinstance(start, datetime)]
    if any(start.tzinfo is None for start in timed):
        source.note("", f"times without a zone are read as {zone.key}")
    zones = {str(start.tzinfo) for start in timed if start.tzinfo is not None}
    if others := sorted(zones - {zone.key}):
        source.note("", f"times in {', '.join(others)} are converted to {zone.key}")
