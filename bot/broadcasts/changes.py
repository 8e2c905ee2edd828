"""What changed between two schedules, in plain words, and whom it concerns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, time
from enum import Enum

from bot.broadcasts.content import TEXT_UNITS, Text
from bot.knowledge.model import Knowledge, Session, localized
from bot.locales import Words, words_in

Phrase = Mapping[str, str]
"""Words by language."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A bus to a session."""

    site: str  # its id
    at: time


@dataclass(frozen=True, slots=True)
class Item:
    """A session, as much of it as an announcement needs: later versions of this program read it, too."""

    id: str
    title: Phrase
    date: date
    start: time
    end: time
    site: str | None = None
    room: Phrase | None = None
    buses: tuple[Departure, ...] = ()
    wear: Phrase | None = None
    bring: Phrase | None = None
    notes: Phrase | None = None
    groups: tuple[str, ...] = ()

    @classmethod
    def of(cls, session: Session) -> "Item":
        """A session of the knowledge."""
        kept = {field.name for field in fields(cls)} - {"buses"}
        buses = tuple(Departure(bus.site, bus.at) for bus in session.buses)
        return cls(**{name: getattr(session, name) for name in kept}, buses=buses)


@dataclass(frozen=True, slots=True)
class Timetable:
    """All sessions of a programme, and what their places are called."""

    sessions: Mapping[str, Item]
    sites: Mapping[str, Phrase]  # the names, by id
    default_language: str

    @classmethod
    def of(cls, knowledge: Knowledge) -> "Timetable":
        """The schedule of a knowledge folder."""
        sessions = {name: Item.of(session) for name, session in knowledge.sessions.items()}
        sites = {name: dict(site.name) for name, site in knowledge.sites.items()}
        return cls(sessions, sites, knowledge.default_language)


class Kind(Enum):
    """What happened to a session."""

    NEW = "new"
    CANCELLED = "cancelled"
    MOVED = "moved"  # another day or time
    PLACE = "place"  # the same time, another site or room
    BUS = "bus"  # the same time and place, other buses
    DETAILS = "details"  # its title, what to wear or bring, notes, groups


@dataclass(frozen=True, slots=True)
class Change:
    """One session before and after; one of the two is missing when it is new or cancelled."""

    kind: Kind
    old: Item | None
    new: Item | None

    @property
    def session(self) -> Item:
        """The session as it is now, or was last."""
        session = self.new or self.old
        if session is None:
            raise ValueError("a change of nothing")
        return session

    @property
    def sessions(self) -> tuple[Item, ...]:
        """What there is of before and after."""
        return tuple(session for session in (self.old, self.new) if session)


def changes(old: Timetable, new: Timetable) -> tuple[Change, ...]:
    """What is different, in order of time. Sessions are the same when their ids are, whatever their titles.

    Other names of a session, which only help to find it, are no change.
    """
    found = []
    for name in dict.fromkeys([*old.sessions, *new.sessions]):
        before, after = old.sessions.get(name), new.sessions.get(name)
        if kind := _kind(before, after):
            found.append(Change(kind, before, after))
    return tuple(sorted(found, key=lambda change: _when(change.session)))


def told(
    found: Sequence[Change], old: Timetable, new: Timetable, language: str, *, heading: str | None = None
) -> str:
    """The changes in one language, a few lines for each, below a `heading` that says what it is about.

    As many as one message holds; a last line says how many more there are.
    """
    words = words_in(language)
    usual = words.plural("🔔 Change in the schedule", "🔔 Changes in the schedule", len(found))
    parts = [heading or usual, *(_told(change, old, new, words) for change in found)]
    more = 0
    while (text := "\n\n".join([*parts, *_more(more, words)])) and Text(text).units > TEXT_UNITS:
        parts.pop()
        more += 1
    return text


def concerned(found: Sequence[Change]) -> tuple[str, ...]:
    """The groups of participants that changes are for; none when they are for everybody."""
    every = [session for change in found for session in change.sessions]
    if not all(session.groups for session in every):
        return ()
    return tuple(dict.fromkeys(group for session in every for group in session.groups))


def _more(number: int, words: Words) -> list[str]:
    if not number:
        return []
    return [
        words.plural(
            "… and {number} more change. /schedule shows how it is now.",
            "… and {number} more changes. /schedule shows how it is now.",
            number,
        )
    ]


def _kind(old: Item | None, new: Item | None) -> Kind | None:
    if old is None or new is None:
        return Kind.NEW if new else Kind.CANCELLED
    if (old.date, old.start, old.end) != (new.date, new.start, new.end):
        return Kind.MOVED
    if (old.site, old.room) != (new.site, new.room):
        return Kind.PLACE
    if old.buses != new.buses:
        return Kind.BUS
    return Kind.DETAILS if old != new else None


def _when(session: Item) -> tuple[object, ...]:
    return session.date, session.start, session.id


def _told(change: Change, old: Timetable, new: Timetable, words: Words) -> str:
    title = localized(change.session.title, words.language, new.default_language).strip()
    return "\n".join([_headline(change, title, words), *_lines(change, old, new, words)])


def _headline(change: Change, title: str, words: Words) -> str:
    return {
        Kind.NEW: words("New: {title}", title=title),
        Kind.CANCELLED: words("Cancelled: {title}", title=title),
        Kind.MOVED: words("Moved: {title}", title=title),
        Kind.PLACE: words("New place: {title}", title=title),
        Kind.BUS: words("New bus times: {title}", title=title),
        Kind.DETAILS: words("Please note: {title}", title=title),
    }[change.kind]


def _lines(change: Change, old: Timetable, new: Timetable, words: Words) -> Iterator[str]:
    """What was, an arrow, and what is; or what is, when there is only one of them."""
    before = _Shown(change.old, old, words) if change.old else None
    after = _Shown(change.new, new, words) if change.new else None
    if before and after:
        yield from _differences(before, after)
        return
    only = after or before
    if only:
        yield f"🗓 {only.time}"
        if only.place:
            yield f"📍 {only.place}"
        if after and after.buses:
            yield f"🚌 {after.buses}"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A session as a reader of one language sees it."""

    session: Item
    timetable: Timetable
    words: Words

    def text(self, text: Phrase | None) -> str:
        return localized(text, self.words.language, self.timetable.default_language).strip() if text else ""

    @property
    def time(self) -> str:
        session, words = self.session, self.words
        return f"{words.day(session.date)}, {self.hours}"

    @property
    def hours(self) -> str:
        return f"{self.words.time(self.session.start)}–{self.words.time(self.session.end)}"

    @property
    def place(self) -> str:
        site = self.timetable.sites.get(self.session.site or "")
        return ", ".join(filter(None, [self.text(site), self.text(self.session.room)]))

    @property
    def buses(self) -> str:
        buses = [
            self.words(
                "{time} from {place}",
                time=self.words.time(bus.at),
                place=self.text(self.timetable.sites.get(bus.site)) or bus.site,
            )
            for bus in self.session.buses
        ]
        return self.words.list(buses) if buses else ""


def _differences(before: _Shown, after: _Shown) -> Iterator[str]:
    old, new, words = before.session, after.session, after.words
    if old.date != new.date:
        yield f"🗓 {before.time} → {after.time}"
    elif (old.start, old.end) != (new.start, new.end):
        yield f"🗓 {words.day(new.date)}: {before.hours} → {after.hours}"
    else:
        yield f"🗓 {after.time}"
    if before.place != after.place:
        was, will_be = before.place or words("nowhere yet"), after.place or words("not known yet")
        yield f"📍 {was} → {will_be}"
    elif after.place:
        yield f"📍 {after.place}"
    if before.buses != after.buses:
        none = words("no bus")
        yield f"🚌 {before.buses or none} → {after.buses or none}"
    elif after.buses and old.start != new.start:
        yield "🚌 " + words("The bus stays the same: {buses}", buses=after.buses)
    for field, icon in (("wear", "👔"), ("bring", "🎒"), ("notes", "📝")):
        if getattr(old, field) != getattr(new, field) and (text := after.text(getattr(new, field))):
            yield f"{icon} {text}"
