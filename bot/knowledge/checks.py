"""What is allowed in a knowledge folder but probably not meant: warnings with their lines."""

from collections.abc import Iterator, Mapping
from itertools import chain, product

from bot.knowledge.loader import Loaded
from bot.knowledge.message import Message
from bot.knowledge.model import Entry, Photo, Session, Site
from bot.knowledge.phrasings import Phrasing, alike
from bot.knowledge.problems import Problem, at_path, quoted

MESSAGE_UNITS = 4_096  # these two: Bot API, UTF-16 units in a message and in a photo's caption
CAPTION_UNITS = 1_024
CORE_PHRASINGS = 3
"""An entry that must exist in every language has at least so many phrasings in each."""

Texts = Mapping[str, Mapping[str, tuple[str, ...]]]
"""id → language → phrasings."""
Path = tuple[str | int, ...]
Result = Entry | Site | Session


def check(loaded: Loaded) -> list[Problem]:
    """All warnings about a folder that could be loaded, ordered by file and line."""
    checks = (_phrasings, _core_entries, _languages, _lengths, _validity, _visits, _days, _overlaps)
    return sorted({*loaded.warnings, *chain.from_iterable(warnings(loaded) for warnings in checks)})


def _phrasings(loaded: Loaded) -> Iterator[Problem]:
    """Entries that nobody can ask for; wordings that lead to two entries, or names that lead to two sites."""
    entries, sites = loaded.knowledge.entries.values(), loaded.knowledge.sites.values()
    for entry in entries:
        if not any(entry.questions.values()):
            yield _warning(loaded, entry.id, (), Message("has no example phrasing; only buttons lead to it"))
    yield from _shared(loaded, "questions", {entry.id: entry.questions for entry in entries})
    yield from _shared(loaded, "aliases", {site.id: site.aliases for site in sites})


def _shared(loaded: Loaded, field: str, texts: Texts) -> Iterator[Problem]:
    for language in sorted(set().union(*texts.values())):
        phrasings = [
            Phrasing(owner, text, position)
            for owner, by_language in texts.items()
            for position, text in enumerate(by_language.get(language, ()))
        ]
        for pair in alike(phrasings):
            pattern = (
                Message("{second} is the same as {first} of {place}")
                if pair.same
                else Message("{second} is nearly the same as {first} of {place}")
            )
            where = _where(loaded, pair.first.owner, (field, language, pair.first.position))
            words = Message(
                pattern, second=quoted(pair.second.text), first=quoted(pair.first.text), place=where
            )
            yield _warning(loaded, pair.second.owner, (field, language, pair.second.position), words)


def _core_entries(loaded: Loaded) -> Iterator[Problem]:
    programme = loaded.knowledge.programme
    for name, language in product(programme.core_entries, programme.languages):
        entry = loaded.knowledge.entries[name]
        if language not in entry.answer:
            words = Message("a core entry, but without an answer in '{language}'", language=language)
            yield _warning(loaded, name, ("answer",), words)
        count = len(entry.questions.get(language, ()))
        if count < CORE_PHRASINGS:
            words = Message(
                "a core entry, but with {count} phrasings in '{language}' (write {least} or more)",
                count=count,
                language=language,
                least=CORE_PHRASINGS,
            )
            yield _warning(loaded, name, ("questions", language), words)


def _languages(loaded: Loaded) -> Iterator[Problem]:
    """Texts in a language that the programme does not have, and answers that lack the default one."""
    knowledge = loaded.knowledge
    results: list[Result] = [
        *knowledge.entries.values(),
        *knowledge.sites.values(),
        *knowledge.sessions.values(),
    ]
    for result in results:
        for field, value in result:
            for language in value if isinstance(value, Mapping) else ():
                if language not in knowledge.programme.languages:
                    words = Message("'{language}' is not among the programme's languages", language=language)
                    yield _warning(loaded, result.id, (field, language), words)
    for entry in knowledge.entries.values():
        if knowledge.default_language not in entry.answer:
            words = Message(
                "has no answer in '{language}', the default language", language=knowledge.default_language
            )
            yield _warning(loaded, entry.id, ("answer",), words)


def _lengths(loaded: Loaded) -> Iterator[Problem]:
    """Counted with the marks of Markdown, so that a text below the limit is surely below it."""
    for entry in loaded.knowledge.entries.values():
        for language, answer in entry.answer.items():
            if _units(answer) > MESSAGE_UNITS:
                words = Message(
                    "is {size:,} characters long; one message holds {most:,}",
                    size=_units(answer),
                    most=MESSAGE_UNITS,
                )
                yield _warning(loaded, entry.id, ("answer", language), words)
    for owner, number, photo in _photos(loaded):
        for language, caption in (photo.caption or {}).items():
            if _units(caption) > CAPTION_UNITS:
                words = Message(
                    "is {size:,} characters long; a caption holds {most:,}",
                    size=_units(caption),
                    most=CAPTION_UNITS,
                )
                yield _warning(loaded, owner, ("photos", number, "caption", language), words)


def _photos(loaded: Loaded) -> Iterator[tuple[str, int, Photo]]:
    owners: list[Mapping[str, Entry | Site]] = [loaded.knowledge.entries, loaded.knowledge.sites]
    for owner in chain.from_iterable(kind.values() for kind in owners):
        for number, photo in enumerate(owner.photos):
            yield owner.id, number, photo


def _validity(loaded: Loaded) -> Iterator[Problem]:
    starts = loaded.knowledge.programme.starts
    for entry in loaded.knowledge.entries.values():
        if entry.valid and entry.valid.until and entry.valid.until < starts:
            words = Message(
                "ends on {last}, before the programme starts ({first})", last=entry.valid.until, first=starts
            )
            yield _warning(loaded, entry.id, ("valid", "until"), words)


def _visits(loaded: Loaded) -> Iterator[Problem]:
    visited = {session.site for session in loaded.knowledge.sessions.values()}
    for site in loaded.knowledge.sites.values():
        if site.visited and site.id not in visited:
            words = Message("no session takes place there (for a place without visits write visited: false)")
            yield _warning(loaded, site.id, (), words)


def _days(loaded: Loaded) -> Iterator[Problem]:
    programme = loaded.knowledge.programme
    for session in loaded.knowledge.sessions.values():
        if not programme.starts <= session.date <= programme.ends:
            words = Message(
                "{day} is outside the programme ({first} to {last})",
                day=session.date,
                first=programme.starts,
                last=programme.ends,
            )
            yield _warning(loaded, session.id, ("date",), words)
        for number, bus in enumerate(session.buses):
            if bus.at >= session.end:
                words = Message(
                    "leaves at {at:%H:%M}, when the session is over ({end:%H:%M})",
                    at=bus.at,
                    end=session.end,
                )
                yield _warning(loaded, session.id, ("buses", number, "at"), words)


def _overlaps(loaded: Loaded) -> Iterator[Problem]:
    """Sessions come ordered by start, so each is compared with those that have not ended when it starts."""
    going_on: list[Session] = []
    for session in loaded.knowledge.sessions.values():
        going_on = [other for other in going_on if (other.date, other.end) > (session.date, session.start)]
        for other in going_on:
            if not (session.groups and other.groups and set(session.groups).isdisjoint(other.groups)):
                words = Message(
                    "overlaps until {end:%H:%M} with {place}",
                    end=other.end,
                    place=_where(loaded, other.id, ()),
                )
                yield _warning(loaded, session.id, ("start",), words)
        going_on.append(session)


def _warning(loaded: Loaded, name: str, path: Path, words: str) -> Problem:
    """A warning about what lies at `path` of the entry, site or session `name`."""
    place = loaded.places[name]
    return Problem(place.file, place.line_of(*path), at_path((name, *path), words))


def _where(loaded: Loaded, name: str, path: Path) -> str:
    """The id, and the file and line of what is at `path` below it."""
    place = loaded.places[name]
    return f"{quoted(name)} ({place.file}:{place.line_of(*path)})"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
