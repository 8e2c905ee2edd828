"""The values of a mention of time: which days, which part of them, and what kind of mention it is."""

from dataclasses import dataclass
from datetime import date, time
from enum import Enum


class Part(Enum):
    """A part of the day. Hours are the usual ones of a programme day, in its own time zone."""

    WHOLE_DAY = (None, None)
    MORNING = (time(5), time(12))
    NOON = (time(12), time(14))
    AFTERNOON = (time(12), time(18))
    AFTER_LUNCH = (time(13), time(18))
    EVENING = (time(18), None)  # also 'tonight'
    NIGHT = (time(19), None)

    def __init__(self, after: time | None, before: time | None) -> None:
        self.after = after  # None for the start of the day
        self.before = before  # None for the end of the day


class Kind(Enum):
    """What sort of time is meant."""

    DAY = "day"  # one day, or a part of it
    DAYS = "days"  # several days in a row: this week, the weekend
    NOW = "now"  # the moment of asking: after = before = that moment
    NEXT = "next"  # whatever comes next, even on a later day: after = the moment of asking
    REST_OF_DAY = "rest of day"  # today, after the moment of asking
    CLOCK = "clock"  # at (after = before), after or before a time of day


@dataclass(frozen=True, slots=True)
class When:
    """One mention of time in a question, read in the programme's time zone."""

    start: int  # the mention is text[start:end], in characters
    end: int
    first: date  # the days meant, both included
    last: date
    after: time | None  # on each of the days, from this time …
    before: time | None  # … to this time; None means from its start, to its end
    kind: Kind
    part: Part = Part.WHOLE_DAY
    says_day: bool = True  # False when the text names a part or a time only, and the day was supplied
