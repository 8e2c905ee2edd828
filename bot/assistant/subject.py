"""What was talked about: one topic with what was asked of it, as the short text that a conversation keeps."""

from dataclasses import dataclass
from datetime import date

SCHEDULE = "schedule"
"""The topic of what is computed from the schedule as a whole."""
NOTHING_ASKED = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that was talked about."""

    topic: str = ""  # entry, site or session id, or SCHEDULE; empty for nothing
    ask: str = NOTHING_ASKED  # as in a Target
    day: date | None = None

    @classmethod
    def parse(cls, text: str) -> "Subject":
        """The subject of `str(subject)`; also of a bare id. A day that cannot be read is left out."""
        topic, ask, day, *_ = [*text.split("/"), "", ""]
        try:
            return cls(topic, ask, date.fromisoformat(day) if day else None)
        except ValueError:
            return cls(topic, ask)

    def __str__(self) -> str:
        return "/".join([self.topic, self.ask, self.day.isoformat() if self.day else ""]).rstrip("/")
