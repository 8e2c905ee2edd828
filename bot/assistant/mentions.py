"""Finds what a question mentions (places, sessions, kinds of session, days) and masks it for the frames."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.assistant.frames import DAY, PLACE, Frames
from bot.assistant.reader import Reader
from bot.assistant.when import Kind, When, find_when
from bot.knowledge.model import Knowledge, Session
from bot.matching.names import NameFinder

_KIND = "kind:"  # marks the id of a kind of session among the names
_THERE = "there:"


@dataclass(frozen=True, slots=True)
class Mentions:
    """What was found in a question, and the question with those places covered."""

    topics: tuple[str, ...]  # ids of sites and sessions, in the order of the text
    kinds: tuple[str, ...]  # kinds of session, such as lecture
    there: bool  # a word such as 'there' stands for the place talked about last
    whens: tuple[When, ...]
    masked: str


class MentionFinder:
    """Knows the names of one revision of the knowledge."""

    def __init__(self, knowledge: Knowledge, frames: Mapping[str, Frames]) -> None:
        self._knowledge = knowledge
        self._languages = knowledge.programme.languages
        names = {**_site_names(knowledge), **_session_names(knowledge, frames)}
        for each in frames.values():
            for kind, words in each.kinds.items():
                names.setdefault(f"{_KIND}{kind}", []).extend(words)
        self._names = NameFinder(names)
        there = {word for each in frames.values() for word in each.there}
        self._there = re.compile(
            "|".join(map(_whole_word, sorted(there, key=len, reverse=True))), re.IGNORECASE
        )

    def find(self, question: str, reader: Reader, *, follows: bool) -> Mentions:
        """All mentions in `question`, read at the reader's moment.

        `follows`: a place was talked about last, so that 'there' may stand for it.
        """
        programme = self._knowledge.programme
        whens = find_when(
            question,
            reader.moment,
            zone=ZoneInfo(programme.time_zone),
            starts=programme.starts,
            ends=programme.ends,
            languages=self._languages,
        )
        dated = tuple(when for when in whens if when.kind not in {Kind.NOW, Kind.NEXT})
        spans = [(when.start, when.end, DAY, "") for when in dated]
        for mention in self._names.find(question):
            if not any(mention.start < end and start < mention.end for start, end, _, _ in spans):
                spans.append((mention.start, mention.end, PLACE, mention.id))
        named = [topic for _, _, slot, topic in sorted(spans) if slot == PLACE]
        if follows and not named:
            spans += [
                (found.start(), found.end(), PLACE, _THERE)
                for found in self._there.finditer(question)
                if not any(found.start() < end and start < found.end() for start, end, _, _ in spans)
            ]
        return Mentions(
            topics=tuple(dict.fromkeys(topic for topic in named if not topic.startswith(_KIND))),
            kinds=tuple(
                dict.fromkeys(topic.removeprefix(_KIND) for topic in named if topic.startswith(_KIND))
            ),
            there=any(topic == _THERE for _, _, _, topic in spans),
            whens=whens,
            masked=_mask(question, spans),
        )


def _mask(question: str, spans: Sequence[tuple[int, int, str, str]]) -> str:
    parts, at = [], 0
    for start, end, slot, _ in sorted(spans):
        parts += [question[at:start], f" {slot} "]
        at = end
    return " ".join("".join([*parts, question[at:]]).split())


def _whole_word(pattern: str) -> str:
    """Latin and Cyrillic words end at a blank; scripts that put no blanks between words match anywhere."""
    spaced = re.search(r"[a-z\u0400-\u04ff\u1e00-\u1eff]", pattern)
    return rf"(?<!\w){pattern}(?!\w)" if spaced else pattern


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
