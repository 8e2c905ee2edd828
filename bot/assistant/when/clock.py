"""A time of day as it is said: `15:00`, `3 pm`, `15h30`, `3` in the afternoon."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from bot.assistant.when.model import Part

_TIME = re.compile(r"(\d{1,2})(?:\s?[:.h]\s?([0-5]\d)?)?\s?(?:([ap])\.?m)?")
_LATE = {Part.NOON, Part.AFTERNOON, Part.AFTER_LUNCH, Part.EVENING, Part.NIGHT}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; meant is what comes `after` it, `before` it, or, with both, what is on at that time."""

    hour: int  # 0–23; 1–12 while `open`
    minute: int
    open: bool  # before or after noon was not said
    after: bool
    before: bool

    def time(self, part: Part | None) -> time:
        """On the 24-hour clock. `part` is the part of the day said beside it.

        Where none is said, one to five o'clock is in the afternoon: programmes sleep before six.
        """
        late = part in _LATE if part is not None else self.hour <= 5
        return time(self.hour + 12 if self.open and late and self.hour < 12 else self.hour, self.minute)


def read_clock(values: Mapping[str, Any], *, after: bool = True, before: bool = True) -> Clock | None:
    """The time in a phrase's slots `time`, `exact`, or `hour` and `minute`; None when there is none such."""
    text = values.get("time") or values.get("exact") or f"{values['hour']}:{values.get('minute', 0):02}"
    match = _TIME.match(text)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if hour > 23 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    unsaid = half is None and 1 <= hour <= 12 and not text.startswith("0")
    return Clock(hour, minute, unsaid, after, before)
