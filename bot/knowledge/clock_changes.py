"""Sessions at a time that the clocks skip or repeat, on the night when they change."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.knowledge.model import Session
from bot.knowledge.problems import Problem, quoted
from bot.knowledge.references import Place


def impossible_times(
    sessions: Iterable[Session], time_zone: str, places: Mapping[str, Place]
) -> Iterator[Problem]:
    """A problem for each start or end that the programme's day does not have, or has twice."""
    zone = ZoneInfo(time_zone)
    for session in sessions:
        for field in ("start", "end"):
            moment: time = getattr(session, field)
            words = _words(datetime.combine(session.date, moment), zone)
            if words:
                place = places[session.id]
                when = f"{quoted(session.id)}: {moment:%H:%M} on {session.date} in {time_zone}"
                yield Problem(place.file, place.line_of(field), f"{when} {words}; choose another time")


def _words(moment: datetime, zone: ZoneInfo) -> str | None:
    """PEP 495: a skipped time does not survive the way to UTC and back; a repeated one has two offsets."""
    first, second = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return None
    back = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    return (
        "comes twice, because the clocks go back"
        if back == moment
        else "does not exist: the clocks go forward"
    )
