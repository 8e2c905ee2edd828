"""Pictures are drawn once for each revision, language and set of sessions, and then kept."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime
from threading import Lock
from zoneinfo import ZoneInfo

from bot.knowledge.model import Knowledge, Session
from bot.timetable.day import day_picture
from bot.timetable.programme import programme_picture

STEP = 10
"""How far the line of the present may lag behind, in minutes; an hour holds a whole number of steps."""


class TimetableCache:
    """The last `size` pictures, 0.1 to 0.4 MB each. Several threads may ask it; one draws at a time."""

    def __init__(self, size: int = 64) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def day(
        self,
        knowledge: Knowledge,
        day: date,
        *,
        language: str,
        moment: datetime,
        sessions: Sequence[Session] | None = None,
    ) -> bytes:
        """As `day_picture`, with the line of the present at most ten minutes behind."""
        then = _rounded(moment, knowledge)
        seen = then if then.date() == day else None
        return self._get(
            (knowledge.revision, language, day, seen, _ids(sessions)),
            lambda: day_picture(knowledge, day, language=language, moment=then, sessions=sessions),
        )

    def programme(
        self,
        knowledge: Knowledge,
        *,
        language: str,
        moment: datetime,
        sessions: Sequence[Session] | None = None,
    ) -> bytes:
        """As `programme_picture`, with the line of the present at most ten minutes behind."""
        then = _rounded(moment, knowledge)
        seen = then if _is_shown(then.date(), knowledge) else None
        return self._get(
            (knowledge.revision, language, "programme", seen, _ids(sessions)),
            lambda: programme_picture(knowledge, language=language, moment=then, sessions=sessions),
        )

    def _get(self, key: Hashable, draw: Callable[[], bytes]) -> bytes:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = draw()
            self._kept.move_to_end(key)
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
            return self._kept[key]


def _rounded(moment: datetime, knowledge: Knowledge) -> datetime:
    """The moment in the programme's zone, rounded down to a step."""
    here = moment.astimezone(ZoneInfo(knowledge.programme.time_zone))
    return here.replace(minute=here.minute - here.minute % STEP, second=0, microsecond=0)


def _is_shown(day: date, knowledge: Knowledge) -> bool:
    """Whether the picture of the programme has a strip for the day."""
    programme = knowledge.programme
    return programme.starts <= day <= programme.ends or any(
        session.date == day for session in knowledge.sessions.values()
    )


def _ids(sessions: Sequence[Session] | None) -> tuple[str, ...] | None:
    """What tells one set of a revision's sessions from another."""
    return None if sessions is None else tuple(session.id for session in sessions)
