"""Sessions at a time that the clocks skip or repeat, on the night when they change."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.knowledge.message import Message
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
            pattern = _pattern(datetime.combine(session.date, moment), zone)
            if pattern:
                place = places[session.id]
                values = {"session": quoted(session.id), "time": f"{moment:%H:%M}", "day": session.date}
                words = Message(pattern, zone=time_zone, **values)
                yield Problem(place.file, place.line_of(field), words)


def _pattern(moment: datetime, zone: ZoneInfo) -> Message | None:
    """PEP 495: a skipped time does not survive the way to UTC and back; a repeated one has two offsets."""
    first, second = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return None
    back = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    if back == moment:
        return Message(
            "{session}: {time} on {day} in {zone} comes twice, because the clocks go back; "
            "choose another time"
        )
    return Message(
        "{session}: {time} on {day} in {zone} does not exist: the clocks go forward; choose another time"
    )
