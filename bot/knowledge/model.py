"""What a knowledge folder says, as immutable values: programme, sites, schedule, entries, photos.

These models are the one description of the YAML files: the loader validates with them, and the JSON
Schema for editors is generated from them. Field descriptions are written for the person who edits the YAML.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from bot.knowledge.fields import (
    Country,
    Date,
    FileName,
    Flag,
    Group,
    Id,
    Language,
    LocalPhrases,
    LocalText,
    ResultId,
    Text,
    Time,
    ZoneName,
)
from bot.knowledge.message import Message


class Model(BaseModel):
    """Base of all that is read from YAML: immutable, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Photo(Model):
    """A picture shown with an answer."""

    file: FileName = Field(description="File name inside the photos folder, such as `map.jpg`.")
    caption: LocalText | None = Field(None, description="One line under the picture.")


class Validity(Model):
    """The days on which an entry may be answered, both included."""

    from_: Date | None = Field(None, alias="from")
    until: Date | None = None

    @field_validator("until")
    @classmethod
    def _not_before_it_starts(cls, until: date | None, info: ValidationInfo) -> date | None:
        starts = info.data.get("from_")
        if until and starts and until < starts:
            raise ValueError(
                Message("the last day ({last}) is before the first ({first})", last=until, first=starts)
            )
        return until


class Entry(Model):
    """One thing that the bot can answer."""

    id: ResultId
    title: LocalText = Field(description="Two to four words for a button, such as `Wi-Fi password`.")
    questions: LocalPhrases = Field(
        default_factory=dict, description="Example phrasings, as people really ask, by language."
    )
    not_about: LocalPhrases = Field(
        default_factory=dict, description="Phrasings that look like this entry but are not answered by it."
    )
    answer: LocalText = Field(description="Markdown: **bold**, [links](https://…), lists. First the fact.")
    photos: tuple[Photo, ...] = Field((), max_length=10, description="At most 10: that is one album.")
    sessions: tuple[Id, ...] = Field(
        (), description="Ids of sessions that the answer speaks of: when and where they are is added to it."
    )
    follow_ups: tuple[Id, ...] = Field((), description="Ids offered as buttons under the answer.")
    valid: Validity | None = None
    sample: Flag = Field(False, description="true while the facts are invented and still to be replaced.")


class Category(Model):
    """One file of `faq/`: a group of entries in the menu."""

    title: LocalText
    emoji: str = ""
    entries: tuple[Entry, ...] = Field(min_length=1)


class Site(Model):
    """A place: visited, or used every day. The bot composes the answers about it from these fields."""

    id: ResultId
    name: LocalText
    aliases: LocalPhrases = Field(
        default_factory=dict, description="Other names that people use, by language."
    )
    questions: LocalPhrases = Field(
        default_factory=dict, description="Phrasings that mean this place without naming it, by language."
    )
    not_about: LocalPhrases = Field(
        default_factory=dict, description="Phrasings about this place that its fields do not answer."
    )
    place: LocalText = Field(description="City or district, as one would tell a visitor.")
    address: LocalText | None = Field(
        None, description="Postal address; in the local script for taxi drivers."
    )
    phone: Text | None = None
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    approximate: Flag = Field(False, description="true when the position is only roughly right.")
    about: LocalText = Field(description="What it is: Markdown, two or three sentences.")
    see: LocalText | None = Field(None, description="What there is to see, inside and around.")
    getting_there: LocalText | None = Field(
        None, description="How to get there; buses come from the schedule."
    )
    visit_minutes: Annotated[int, Field(gt=0, le=1440)] | None = Field(None, description="Length of a visit.")
    wear: LocalText | None = None
    bring: LocalText | None = None
    photos_allowed: LocalText | None = Field(None, description="Whether visitors may take photos.")
    photos: tuple[Photo, ...] = Field((), max_length=10, description="At most 10: that is one album.")
    visited: Flag = Field(True, description="false for places that need no visit in the schedule.")
    follow_ups: tuple[Id, ...] = ()
    sample: Flag = False


class Sites(Model):
    """The file `sites.yaml`."""

    sites: tuple[Site, ...]


SessionKind = Literal["lecture", "visit", "workshop", "ceremony", "meal", "tour", "travel", "other"]


class Departure(Model):
    """A bus that leaves for a session."""

    site: Id = Field(description="Where it leaves: the id of a site.")
    at: Time


class Session(Model):
    """One item of the schedule."""

    id: ResultId
    title: LocalText
    aliases: LocalPhrases = Field(default_factory=dict, description="Other names or topics that people use.")
    questions: LocalPhrases = Field(
        default_factory=dict, description="Phrasings that mean this session without naming it, by language."
    )
    kind: SessionKind = "other"
    date: Date
    start: Time
    end: Time
    site: Id | None = None
    room: LocalText | None = Field(None, description="Room or floor inside the site.")
    buses: tuple[Departure, ...] = Field((), description="Buses that leave for this session.")
    wear: LocalText | None = None
    bring: LocalText | None = None
    notes: LocalText | None = None
    optional: Flag = False
    groups: tuple[Group, ...] = Field((), description="Only for these groups; empty means for everybody.")
    sample: Flag = False

    @field_validator("end")
    @classmethod
    def _after_it_starts(cls, end: time, info: ValidationInfo) -> time:
        start = info.data.get("start")
        if start and end <= start:
            raise ValueError(
                Message(
                    "the end ({end:%H:%M}) is not after the start ({start:%H:%M}). "
                    "A session that goes past midnight is written as two, the first until 23:59",
                    end=end,
                    start=start,
                )
            )
        return end


class Shuttle(Model):
    """A bus that runs at the same times on several days."""

    id: Id
    dates: tuple[Date, ...] = Field(min_length=1)
    origin: Id = Field(description="The id of the site where it starts.")
    destination: Id
    leaves: Time
    returns: Time | None = Field(None, description="When it leaves the destination to come back.")
    sample: Flag = False


class Schedule(Model):
    """The file `schedule.yaml`."""

    sessions: tuple[Session, ...]
    shuttles: tuple[Shuttle, ...] = ()


class Cards(Model):
    """Which entries play a part of their own in the bot."""

    emergency: Id = Field(description="Shown by /emergency, even when the folder is broken.")
    contact: Id = Field(description="How to reach a person; offered when the bot does not know.")
    help: Id = Field(description="What the bot can answer.")
    language: Id | None = None
    free_day: Id | None = Field(None, description="Suggestions for a day without sessions.")
    missed_bus: Id | None = None
    dates: Id | None = Field(None, description="From when to when the programme is; days left are added.")
    bus: Id | None = Field(None, description="General words on the daily bus.")
    wear: Id | None = Field(None, description="General words on clothes.")


class Contact(Model):
    """Whom to call when the bot does not know, in one line."""

    name: LocalText
    phone: Text | None = None
    hours: LocalText | None = None


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
EVERY_DAY: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class OfficeHours(Model):
    """A time in which people answer."""

    days: tuple[Weekday, ...] = Field(EVERY_DAY, description="Such as [mon, tue]; every day if left out.")
    from_: Time = Field(alias="from")
    until: Time

    @field_validator("until")
    @classmethod
    def _after_it_starts(cls, until: time, info: ValidationInfo) -> time:
        start = info.data.get("from_")
        if start and until <= start:
            raise ValueError(
                Message(
                    "the end ({end:%H:%M}) is not after the start ({start:%H:%M})", end=until, start=start
                )
            )
        return until


class Office(Model):
    """When organizers answer the questions that the bot passes on to them."""

    hours: tuple[OfficeHours, ...] = Field(min_length=1)
    answers_within: Annotated[int, Field(gt=0, le=1440)] = Field(
        60, description="Minutes in which they usually answer."
    )


class Answering(Model):
    """How careful the bot is, as a wish."""

    wrong_in_100: Annotated[float, Field(gt=0, le=50)] = Field(
        3, description="Of 100 answers given outright, how many may be wrong."
    )
    suggestions_right_in_100: Annotated[float, Field(gt=0, le=100)] = Field(
        40, description="Suggest when at least this many of 100 such lists would hold the right answer."
    )


class Programme(Model):
    """The file `programme.yaml`."""

    name: LocalText
    starts: Date
    ends: Date = Field(description="Last day, included.")
    time_zone: ZoneName = Field(description="Name in the tz database, such as Europe/Paris.")
    languages: tuple[Language, ...] = Field(min_length=1, description="The first one is the default.")
    welcome: LocalText = Field(description="Markdown: the first words a participant reads.")
    contact: Contact
    office: Office | None = Field(None, description="When people answer; said to who asks a person.")
    cards: Cards
    sample_questions: LocalPhrases = Field(description="Shown as buttons under the welcome, by language.")
    core_entries: tuple[Id, ...] = Field((), description="Entries that must exist in every language.")
    invitation_only: Flag = Field(
        False,
        description="true: only people who opened a link to join, or whom an organizer lets in, get answers.",
    )
    countries: tuple[Country, ...] = Field(
        (), description="Where participants come from: offered as buttons to organizers, such as [VN, NG]."
    )
    rated: tuple[SessionKind, ...] = Field(
        (), description="Kinds of session that participants are asked to rate afterwards; none if empty."
    )
    answering: Answering = Answering()
    sample: Flag = False

    @field_validator("ends")
    @classmethod
    def _not_before_it_starts(cls, ends: date, info: ValidationInfo) -> date:
        starts = info.data.get("starts")
        if starts and ends < starts:
            raise ValueError(
                Message("the last day ({last}) is before the first ({first})", last=ends, first=starts)
            )
        return ends

    @field_validator("languages")
    @classmethod
    def _each_once(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        for language in languages:
            if languages.count(language) > 1:
                raise ValueError(Message("'{item}' stands in the list twice", item=language))
        return languages


class Synonyms(Model):
    """The file `synonyms.yaml`, which may be missing."""

    groups: tuple[Annotated[tuple[Text, ...], Field(min_length=2)], ...] = Field(
        description="Each group is a list of words that mean the same, in any languages."
    )


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A checked picture in the photos folder."""

    name: str
    data: bytes
    sha256: str
    width: int  # pixels
    height: int  # pixels


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A whole knowledge folder, checked. Everything that refers to an id finds it."""

    revision: str  # sha256 of all files, hexadecimal
    programme: Programme
    categories: tuple[Category, ...]  # in the order of the file names
    entries: Mapping[str, Entry]
    sites: Mapping[str, Site]
    sessions: Mapping[str, Session]  # ordered by start
    shuttles: tuple[Shuttle, ...]
    synonyms: tuple[tuple[str, ...], ...]  # groups of words that mean the same
    photos: Mapping[str, PhotoFile]

    @property
    def default_language(self) -> str:
        """The programme's first language."""
        return self.programme.languages[0]


def localized(text: Mapping[str, str], language: str, default_language: str) -> str:
    """The text in `language`, else in the default language, else in any."""
    return text.get(language) or text.get(default_language) or next(iter(text.values()))


def starts_at(session: Session, zone: ZoneInfo) -> datetime:
    """The session's start as an aware datetime in the programme's zone."""
    return datetime.combine(session.date, session.start, zone)


def ends_at(session: Session, zone: ZoneInfo) -> datetime:
    """The session's end as an aware datetime in the programme's zone."""
    return datetime.combine(session.date, session.end, zone)
