"""How one revision of the knowledge differs from another, by what participants ask for and see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from bot.knowledge.model import Knowledge, Model, PhotoFile, localized

Thing = Model | PhotoFile | tuple[tuple[str, ...], ...]


_LEADING = {
    "questions",
    "not_about",
    "title",
    "name",
    "aliases",
    "valid",
    "languages",
    "answering",
    "time_zone",
    "groups",
}
"""Fields that decide which question leads where."""


class Kind(StrEnum):
    """What differs."""

    ENTRY = "entry"
    SITE = "site"
    SESSION = "session"
    SHUTTLE = "shuttle"
    PHOTO = "photo"
    CATEGORY = "category"
    PROGRAMME = "programme"
    SYNONYMS = "synonyms"


class Change(StrEnum):
    """How."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Field:
    """One text or value that differs."""

    name: str  # as in the YAML file, with the language behind a dot: `answer.en`
    before: str  # as it was written; empty when it was not there
    after: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that differs."""

    kind: Kind
    id: str
    title: str  # in the default language
    change: Change
    fields: tuple[Field, ...] = ()  # of a thing that changed


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs, in the order of the kinds, and how many things of each kind there were before."""

    items: tuple[Item, ...]
    counts: Mapping[Kind, int]

    def of(self, kind: Kind, change: Change) -> list[Item]:
        """The items of one kind that were added, changed or removed."""
        return [item for item in self.items if item.kind is kind and item.change is change]

    def lost(self, kind: Kind) -> float:
        """The share (0–1) of the things of a kind that are removed."""
        return len(self.of(kind, Change.REMOVED)) / max(1, self.counts.get(kind, 0))

    @property
    def may_lead_elsewhere(self) -> bool:
        """Whether questions may get another answer: not when only what is said has changed."""
        return any(
            item.change is not Change.CHANGED
            or item.kind is Kind.SYNONYMS
            or any(field.name.split(".")[0] in _LEADING for field in item.fields)
            for item in self.items
            if item.kind not in {Kind.PHOTO, Kind.SHUTTLE, Kind.CATEGORY}
        )

    def summary(self) -> str:
        """A line such as `2 entries changed, 1 session added`."""
        parts = [
            counted(len(found), kind, change)
            for kind in Kind
            for change in Change
            if (found := self.of(kind, change))
        ]
        return ", ".join(parts) or "no difference that shows"


def difference(old: Knowledge, new: Knowledge) -> Difference:
    """How `new` differs from `old`."""
    before, after = dict(_things(old)), dict(_things(new))
    items = []
    for key in {**before, **after}:
        kind, name = key
        if key not in before:
            items.append(Item(kind, name, _title(after[key], name, new), Change.ADDED))
        elif key not in after:
            items.append(Item(kind, name, _title(before[key], name, old), Change.REMOVED))
        elif before[key] != after[key]:
            fields = tuple(_fields(before[key], after[key]))
            items.append(Item(kind, name, _title(after[key], name, new), Change.CHANGED, fields))
    counts = {kind: sum(each is kind for each, _ in before) for kind in Kind}
    return Difference(tuple(sorted(items, key=lambda item: list(Kind).index(item.kind))), counts)


def _things(knowledge: Knowledge) -> Iterator[tuple[tuple[Kind, str], Thing]]:
    for entry in knowledge.entries.values():
        yield (Kind.ENTRY, entry.id), entry
    for site in knowledge.sites.values():
        yield (Kind.SITE, site.id), site
    for session in knowledge.sessions.values():
        yield (Kind.SESSION, session.id), session
    for shuttle in knowledge.shuttles:
        yield (Kind.SHUTTLE, shuttle.id), shuttle
    for photo in knowledge.photos.values():
        yield (Kind.PHOTO, photo.name), photo
    for category in knowledge.categories:
        bare = category.model_copy(update={"entries": ()})
        yield (Kind.CATEGORY, _title(bare, "", knowledge)), bare
    yield (Kind.PROGRAMME, "programme"), knowledge.programme
    yield (Kind.SYNONYMS, "synonyms"), knowledge.synonyms


def _title(thing: Thing, name: str, knowledge: Knowledge) -> str:
    text = getattr(thing, "title", None) or getattr(thing, "name", None)
    language = knowledge.default_language
    return localized(text, language, language) if isinstance(text, Mapping) else name


def _fields(before: Thing, after: Thing) -> Iterator[Field]:
    left, right = dict(_texts(before)), dict(_texts(after))
    for name in {**left, **right}:
        if left.get(name) != right.get(name):
            yield Field(name, left.get(name, ""), right.get(name, ""))


def _texts(thing: Thing) -> Iterator[tuple[str, str]]:
    """Every field of a model as text; what is written per language, for each language."""
    if isinstance(thing, Model):
        for name, value in thing.model_dump(by_alias=True, exclude_unset=True).items():
            if isinstance(value, dict):
                yield from ((f"{name}.{key}", _text(each)) for key, each in value.items())
            else:
                yield name, _text(value)


def _text(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "\n".join(map(_text, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_text(each)}" for key, each in value.items())
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def counted(number: int, kind: Kind, change: Change) -> str:
    """Such as `2 entries changed`."""
    if kind in {Kind.PROGRAMME, Kind.SYNONYMS}:
        return f"{kind} {change}"
    plural = {Kind.ENTRY: "entries", Kind.CATEGORY: "categories"}.get(kind, f"{kind}s")
    return f"{number} {kind if number == 1 else plural} {change}"
