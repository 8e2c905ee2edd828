"""What the assistant says back: text, photos, a place, a file to make, buttons. No Telegram in it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from bot.knowledge.model import PhotoFile


class Kind(Enum):
    """How sure the assistant was."""

    ANSWER = "answer"
    SUGGESTIONS = "suggestions"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press under a reply."""

    label: str
    action: str = ""  # at most 64 bytes; given to Assistant.press when pressed
    url: str | None = None  # opened instead


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo of the knowledge folder, with its caption in the reader's language."""

    file: PhotoFile
    caption: str  # Markdown; may be empty


@dataclass(frozen=True, slots=True)
class Place:
    """A pin on the map."""

    title: str
    address: str
    latitude: float  # degrees
    longitude: float  # degrees


class MadeKind(Enum):
    """What is made when somebody asks for it."""

    TIMETABLE = "timetable"  # a picture
    CALENDAR = "calendar"  # an .ics file


@dataclass(frozen=True, slots=True)
class Made:
    """A file of a day, a session or everything, named here and made by who sends it."""

    kind: MadeKind
    language: str
    revision: str  # of the knowledge that it was asked of
    day: date | None = None
    session: str | None = None  # the id; for calendars only
    groups: tuple[str, ...] = ()  # whose sessions; of nobody's group, all of them


@dataclass(frozen=True, slots=True)
class Reminders:
    """Which reminders somebody wants. Without a choice there are none."""

    before: int | None = None  # minutes before each session, or before its bus leaves
    evening: bool = False  # tomorrow's plan
    morning: bool = False  # today's plan
    quiet: bool = True  # without a sound at night
    since: datetime | None = None  # the latest choice; aware, by the participants' clock

    @property
    def on(self) -> bool:
        """Whether any is wanted."""
        return self.before is not None or self.evening or self.morning


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the assistant remembers of one chat. Small, immutable, kept by the caller."""

    language: str | None = None  # chosen by the person; None until then
    guessed_language: str | None = None  # from Telegram's language code or an earlier question
    topics: tuple[str, ...] = ()  # ids talked about last, the newest first, at most 3
    misses: int = 0  # unknown replies in a row
    reminders: Reminders = Reminders()
    groups: tuple[str, ...] = ()  # of participants, that the person belongs to; none sees every session


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply, and the conversation as it stands after it."""

    kind: Kind
    id: str | None  # entry, site or session id; `schedule` for a computed plan; `smalltalk`
    text: str  # Markdown
    confidence: float = 1.0  # 0–1
    suggestions: tuple[str, ...] = ()  # ids behind the suggestion buttons, best first
    pictures: tuple[Picture, ...] = ()
    place: Place | None = None
    made: Made | None = None
    buttons: tuple[tuple[Button, ...], ...] = ()  # rows
    conversation: Conversation = field(default_factory=Conversation)
