"""What a calendar or spreadsheet says, before it is fitted to the knowledge folder."""

from dataclasses import dataclass, field
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Draft:
    """One session as the source says it. An empty text means that the source says nothing."""

    place: str  # where in the source, such as `row 7`
    title: str
    date: date
    start: time
    end: time
    id: str = ""  # an id of a session, when the source has a column for it
    uid: str = ""  # by which a calendar program knows the event
    location: str = ""
    room: str = ""
    kind: str = ""
    notes: str = ""
    wear: str = ""
    bring: str = ""
    buses: str = ""
    groups: str = ""
    optional: bool | None = None


@dataclass(slots=True)
class Source:
    """A file that was read: its sessions, what is wrong with it, and how odd things were read."""

    name: str  # of the file
    drafts: list[Draft] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def error(self, place: str, message: str) -> None:
        """Something that must be mended, at a place such as `row 7`; '' for the whole file."""
        self.errors.append(self._line(place, message))

    def note(self, place: str, message: str) -> None:
        """How something was read that could be read in more than one way."""
        self.notes.append(self._line(place, message))

    def _line(self, place: str, message: str) -> str:
        return ": ".join(part for part in (self.name, place, message) if part)


class RefusedError(Exception):
    """The import cannot be done. Holds everything that is wrong, not the first thing alone."""

    def __init__(self, *errors: str) -> None:
        self.errors = errors
        super().__init__("\n".join(errors))
