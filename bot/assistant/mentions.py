"""Finds what a question mentions: places, sessions, kinds of session, days; and covers it for the frames."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz

from bot.assistant.frames import DAY, PLACE, Frames
from bot.assistant.order import OrderFinder
from bot.assistant.reader import Reader
from bot.assistant.spans import About, Span
from bot.assistant.when import Kind, When, find_when
from bot.knowledge.model import Knowledge, Session
from bot.matching.features import frequent_words
from bot.matching.names import NameFinder
from bot.matching.normalise import normalise

_KIND = "kind:"  # marks the id of a kind of session among the names
_WORD = re.compile(r"[^\W_]+")
_LINK = "a|al|at|de|del|des|du|en|for|in|la|las|le|les|los|na|ng|of|on|sa|the|to|à|au"
_REPEATED = re.compile(rf"{PLACE}((\s+({_LINK})){{0,2}}\s+{PLACE})+", re.IGNORECASE)
"""'the visit to Pangyo': a kind and a name that speak of one thing, with small words between."""
LONGEST_LINK = 3
"""Characters of a word such as 'of' or 'del' between two words of one name."""


MOST_NEIGHBOURS = 5
"""Words around 'lecture' in which its subject is looked for."""
ALIKE = 88
"""Least likeness (0–100, rapidfuzz's ratio) of a word with one of a subject: 'airport' is 'airports'."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """What was found in a question."""

    question: str
    spans: tuple[Span, ...]  # in the order of the text, without overlaps
    whens: tuple[When, ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """Ids of sites and sessions, in the order of the text."""
        return self._names(About.TOPIC)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of session, such as lecture."""
        return self._names(About.KIND)

    @property
    def order(self) -> str:
        """Which of the kind of session that is mentioned first: first, last or next; empty for any."""
        return next((span.order for span in self.spans if span.about is About.KIND), "")

    @property
    def there(self) -> bool:
        """Whether a word stands for the place talked about last."""
        return any(span.about is About.THERE for span in self.spans)

    @property
    def day(self) -> date | None:
        """The first day that is named; None when none is."""
        return next((when.first for when in self.whens if when.says_day), None)

    def about_a_place(self) -> str:
        """The question with places and sessions covered, and days taken out: they only narrow it."""
        slots = {About.TOPIC: PLACE, About.KIND: PLACE, About.THERE: PLACE, About.DAY: ""}
        return _REPEATED.sub(PLACE, self._covered(slots))

    def about_a_day(self) -> str:
        """The question with days covered and all else as it was typed."""
        return self._covered({About.DAY: DAY})

    def days_only(self) -> "Mentions":
        """The same question read as if nothing but its days were mentioned."""
        return replace(self, spans=tuple(span for span in self.spans if span.about is About.DAY))

    def words_beside(self) -> tuple[str, ...]:
        """The words that are no mention, in small letters."""
        bare = self._covered(dict.fromkeys(About, ""))
        return tuple(word.casefold() for word in _WORD.findall(bare))

    def _names(self, about: About) -> tuple[str, ...]:
        return tuple(dict.fromkeys(span.name for span in self.spans if span.about is about))

    def _covered(self, slots: Mapping[About, str]) -> str:
        parts, at = [], 0
        for span in self.spans:
            if span.about in slots:
                parts += [self.question[at : span.start], f" {slots[span.about]} "]
                at = span.end
        return " ".join("".join([*parts, self.question[at:]]).split())


class MentionFinder:
    """Knows the names of one revision of the knowledge."""

    def __init__(self, knowledge: Knowledge, frames: Mapping[str, Frames]) -> None:
        self._programme = knowledge.programme
        names = {**_site_names(knowledge), **_session_names(knowledge, frames)}
        self._words = {
            site: {word for word in normalise(" ".join(own)).split() if len(word) > LONGEST_LINK}
            for site, own in _site_names(knowledge).items()
        }
        for each in frames.values():
            for kind, words in each.kinds.items():
                names.setdefault(f"{_KIND}{kind}", []).extend(words)
        self._names = NameFinder(names)
        self._subjects = _subjects(knowledge, frames)
        self._order = OrderFinder(frames)
        there = {word for each in frames.values() for word in each.there}
        self._there = re.compile(
            "|".join(map(_whole_word, sorted(there, key=len, reverse=True))), re.IGNORECASE
        )

    def find(self, question: str, reader: Reader, *, follows: bool) -> Mentions:
        """All mentions in `question`, read at the reader's moment.

        `follows`: a place was talked about last, so that 'there' may stand for it.
        """
        programme = self._programme
        whens = find_when(
            question,
            reader.moment,
            zone=ZoneInfo(programme.time_zone),
            starts=programme.starts,
            ends=programme.ends,
            languages=programme.languages,
        )
        spans = [
            Span(when.start, when.end, About.DAY) for when in whens if when.kind not in {Kind.NOW, Kind.NEXT}
        ]
        for found in self._names.find(question):
            if found.score < 1 and any(span.start <= found.start and found.end < span.end for span in spans):
                continue  # a word that is only like a name, in the middle of a time
            about = About.KIND if found.id.startswith(_KIND) else About.TOPIC
            spans.append(Span(found.start, found.end, about, found.id.removeprefix(_KIND)))
        spans = [self._widened(self._named(span, question), question) for span in spans]
        spans = [self._order.widened(span, question) for span in spans]
        if follows and all(span.about is About.DAY for span in spans):
            spans += [Span(word.start(), word.end(), About.THERE) for word in self._there.finditer(question)]
        return Mentions(question, tuple(_without_overlap(spans)), whens)

    def _named(self, span: Span, question: str) -> Span:
        """The session that a kind with a subject beside it means: 'the class about airports'."""
        subjects = self._subjects.get(span.name) if span.about is About.KIND else None
        if not subjects:
            return span
        near = [word for word in _WORD.finditer(question) if not span.start <= word.start() < span.end]
        near.sort(key=lambda word: max(span.start - word.end(), word.start() - span.end))
        for word in near[:MOST_NEIGHBOURS]:
            typed = normalise(word.group())
            alike = {
                session for session, words in subjects if any(fuzz.ratio(typed, w) >= ALIKE for w in words)
            }
            if len(alike) == 1:
                start, end = min(span.start, word.start()), max(span.end, word.end())
                return Span(start, end, About.TOPIC, alike.pop())
        return span

    def _widened(self, span: Span, question: str) -> Span:
        """With the words around it that belong to the same name: 'Gwacheon' in 'Gwacheon water facility'."""
        words = self._words.get(span.name)
        if span.about is not About.TOPIC or not words:
            return span
        before = [word for word in _WORD.finditer(question) if word.end() <= span.start]
        after = [word for word in _WORD.finditer(question) if word.start() >= span.end]
        start = min([span.start, *(word.start() for word in _of_the_name(reversed(before), words))])
        end = max([span.end, *(word.end() for word in _of_the_name(after, words))])
        return Span(start, end, span.about, span.name)


def _of_the_name(neighbours: Iterable[re.Match[str]], words: set[str]) -> Iterator[re.Match[str]]:
    """The neighbours that are words of the name, from the nearest on; small words between do not end it."""
    for word in neighbours:
        if normalise(word.group()) in words:
            yield word
        elif len(word.group()) > LONGEST_LINK:
            return


def _without_overlap(spans: Sequence[Span]) -> list[Span]:
    """The spans in the order of the text; where two meet, a name wins over a day, then the longer one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.about is not About.TOPIC, each.start - each.end)):
        if not any(span.start < other.end and other.start < span.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda each: each.start)


def _whole_word(pattern: str) -> str:
    """Latin and Cyrillic words end at a blank; scripts that put no blanks between words match anywhere."""
    spaced = re.search(r"[a-z\u0400-\u04ff\u1e00-\u1eff]", pattern)
    return rf"(?<!\w){pattern}(?!\w)" if spaced else pattern


def _subjects(
    knowledge: Knowledge, frames: Mapping[str, Frames]
) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Kind → its sessions, each with the words of its title and aliases that no other session has.

    Visits are left out: they are named by their site.
    """
    kinds = {normalise(word) for each in frames.values() for names in each.kinds.values() for word in names}
    common = kinds.union(*(frequent_words(language) for language in frames))
    words: dict[str, set[str]] = {}
    for session in knowledge.sessions.values():
        names = [*session.title.values(), *(name for own in session.aliases.values() for name in own)]
        words[session.id] = {
            word for name in names for word in normalise(name).split() if len(word) > LONGEST_LINK
        }
    count = Counter(word for own in words.values() for word in own)
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for session in knowledge.sessions.values():
        if session.kind != "visit":
            own = frozenset(word for word in words[session.id] if count[word] == 1) - common
            found.setdefault(session.kind, []).append((session.id, own))
    return found


def _site_names(knowledge: Knowledge) -> dict[str, list[str]]:
    return {
        site.id: [*site.name.values(), *(alias for aliases in site.aliases.values() for alias in aliases)]
        for site in knowledge.sites.values()
    }


def _session_names(knowledge: Knowledge, frames: Mapping[str, Frames]) -> dict[str, list[str]]:
    """A session's titles and aliases, also with the words for its kind: 'railways lecture'.

    A name that holds a site's own name is left to the site, but for the whole title.
    """
    taken = [name.casefold() for names in _site_names(knowledge).values() for name in names]
    found: dict[str, list[str]] = {}
    for session in knowledge.sessions.values():
        others = (
            name for name in _own_names(session, frames) if not any(t in name.casefold() for t in taken)
        )
        names = [title for title in session.title.values() if title.casefold() not in taken]
        found[session.id] = [*names, *others]
    return found


def _own_names(session: Session, frames: Mapping[str, Frames]) -> Iterable[str]:
    """The aliases, also with the kind; the title's topic only with the kind: alone it is a common word."""
    for language in {*session.title, *session.aliases}:
        title = session.title.get(language, "")
        aliases = session.aliases.get(language, ())
        yield from aliases
        kinds = frames[language].kinds.get(session.kind, ()) if language in frames else ()
        for topic in filter(None, (title.rpartition(": ")[2], *aliases)):
            for kind in kinds:
                yield f"{topic} {kind}"
                yield f"{kind} {topic}"
