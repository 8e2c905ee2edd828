"""Reads a question through the frames: what is asked of which place, session or day."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.assistant import plan
from bot.assistant.frames import ABOUT_A_DAY, ABOUT_A_PLACE, DAY, PLACE, SMALL_TALK, Frames, frame_topics
from bot.assistant.mentions import Mentions
from bot.assistant.reader import Reader
from bot.assistant.subject import SCHEDULE, Subject
from bot.assistant.when import Kind, When
from bot.knowledge.model import Answering, Knowledge
from bot.matching.matcher import Matcher
from bot.matching.topics import Outcome, Result

LONGEST_PARTICLE = 3
"""Characters of a word such as 'on' or 'el' that may stand beside a bare name or day."""
SHORT = 2
"""Words of a question that cannot stand alone, such as 'photos?'."""
ALL, MOST = 0.99, 0.65
"""Shares of a question's words that a frame must account for to be sure, or fair."""
PLAIN = 0.85
"""Or: least confidence (0–1) of a frame with a slot, whatever words are left over: some are misspelled."""
CLEAR = 0.2
"""Least lead of a frame over all others with the same slot, as a share of its score."""
ALIKE = 0.6
"""Least likeness (0–1) of the letters of a question without a slot to those of the frame."""
SAME = 0.85
"""Least likeness (0–1) of the letters to small talk that is meant and nothing else."""
NEAR, ALONE = 0.4, 0.95
"""Or: least cosine with the frame, and least lead over all others."""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that is asked for."""

    topic: str | None  # entry, site or session id; None for the schedule itself and small talk
    ask: str  # `answer` for an entry, else a frame such as `where` or `plan`
    confidence: float  # 0–1
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """How well a frame fits a question."""

    clear: float  # its lead over all other frames with the same slot, as a share of its score; at most 1
    covered: float  # the share (0–1) of the words with a meaning of their own that it accounts for

    @property
    def confidence(self) -> float:
        """0–1."""
        return self.covered * (0.7 + 0.3 * max(0.0, self.clear))


@dataclass(frozen=True, slots=True)
class Framed:
    """A reading through the frames."""

    result: Result
    target: Target | None  # None when the frames miss something to speak of
    sure: bool  # the frame accounts for every word: no other reading can be better
    fair: bool  # it accounts for most words: good enough when nothing else is known of the others
    likely: bool  # as likely to be right as was wished of answers
    leans: bool = False  # on the place talked about last, though nothing in the text says so


class Framing:
    """The frames of some languages over one revision of the knowledge."""

    def __init__(
        self, knowledge: Knowledge, frames: dict[str, Frames], wish: Answering, cache: Path | None
    ) -> None:
        self._knowledge = knowledge
        self._joining = frozenset(word for each in frames.values() for word in each.both)
        # Few wrong answers are wished of entries: frames are judged by the words that they leave over.
        self._matchers = {
            slot: Matcher(
                frame_topics(frames, slot),
                suggestions_right_in_100=wish.suggestions_right_in_100,
                cache=cache,
            )
            for slot in (PLACE, DAY, None)
        }

    def read(self, mentions: Mentions, reader: Reader, last: Subject) -> Framed:
        """The best of the readings that the mentions allow; `last` is what was talked about before."""
        readings = []
        if mentions.topics or mentions.kinds or mentions.there:
            readings.append(self._read(mentions.about_a_place(), mentions, reader, last))
        if not mentions.topics and not mentions.there:
            readings.append(self._read(mentions.about_a_day(), mentions.days_only(), reader, last))
        if not mentions.spans and self._is_place(last):
            leaning = self._read(f"{mentions.question} {PLACE}", mentions, reader, last)
            readings.append(replace(leaning, leans=len(mentions.words_beside()) > SHORT))
        if not mentions.spans and not mentions.whens and last.topic == SCHEDULE and last.day:
            of_that_day = replace(mentions, whens=(_whole_day(last.day),))
            leaning = self._read(f"{mentions.question} {DAY}", of_that_day, reader, last)
            readings.append(replace(leaning, leans=True))
        return max(readings, key=_rank)

    def _read(self, masked: str, mentions: Mentions, reader: Reader, last: Subject) -> Framed:
        slot = next((each for each in (PLACE, DAY) if each in masked), None)
        result = self._matchers[slot].match(masked)
        if not result.matches:
            return Framed(result, None, sure=False, fair=False, likely=False)
        carried = self._carried_ask(mentions, last)
        ask = carried or result.matches[0].id
        weight = Weight(1.0, 1.0) if carried or result.exact else _weight(result, slot, ask)
        # 'the lecture' is in many questions, 'the last lecture' means one
        vague = bool(mentions.kinds) and not mentions.topics and not mentions.order
        likely = result.outcome is Outcome.ANSWER or carried is not None
        plain = slot is not None and not vague and result.matches[0].confidence >= PLAIN
        confidence = max(weight.confidence, result.matches[0].confidence) if plain else weight.confidence
        target = self._target(ask, confidence, mentions, reader, last if slot == PLACE else Subject())
        clear = target is not None and weight.clear >= CLEAR
        sure = clear and likely and weight.covered >= ALL and not vague
        fair = clear and (weight.covered >= MOST or plain)
        return Framed(result, target, sure, fair, likely)

    def _carried_ask(self, mentions: Mentions, last: Subject) -> str | None:
        """What was asked last, for a question that is a name or a day and little else: 'and Friday?'"""
        rest = [word for word in mentions.words_beside() if word not in self._joining]
        if len(rest) > 1 or any(len(word) > LONGEST_PARTICLE for word in rest):
            return None
        if mentions.topics:
            return last.ask if last.ask in ABOUT_A_PLACE else "what"
        if mentions.whens and not mentions.kinds:
            return last.ask if last.ask in ABOUT_A_DAY else "plan"
        return None

    def _target(
        self, ask: str, confidence: float, mentions: Mentions, reader: Reader, last: Subject
    ) -> Target | None:
        when = mentions.whens[0] if mentions.whens else None
        topic = self._topic(mentions, ask, when, reader) or (last.topic if self._is_place(last) else None)
        if topic:
            return self._of_a_place(topic, ask, confidence, when)
        if ask == "bus" and not when:
            return self._daily_bus(confidence)
        if when and when.kind in {Kind.NOW, Kind.NEXT} and ask in {"plan", "next", "now"}:
            return Target(None, "next", confidence, when)
        if ask in ABOUT_A_PLACE | ABOUT_A_DAY:
            return Target(None, ask, confidence, when) if when and ask in ABOUT_A_DAY else None
        return Target(None, ask, confidence, when)

    def _of_a_place(self, topic: str, ask: str, confidence: float, when: When | None) -> Target | None:
        if ask not in ABOUT_A_PLACE:
            return None
        site = self._knowledge.sites.get(topic)
        if ask == "bus" and site and not site.visited and not when and (bus := self._daily_bus(confidence)):
            return bus  # not one visit's
        return Target(topic, ask, confidence, when)

    def _daily_bus(self, confidence: float) -> Target | None:
        bus = self._knowledge.programme.cards.bus
        return Target(bus, "answer", confidence) if bus else None

    def _topic(self, mentions: Mentions, ask: str, when: When | None, reader: Reader) -> str | None:
        """The site or session that is meant; a kind of session means its first, last or next one."""
        if mentions.topics:
            return next(filter(self._is_destination, mentions.topics), mentions.topics[0])
        if not mentions.kinds or ask == "what":
            return None
        sessions = [each for each in reader.sessions if each.kind in mentions.kinds]
        if when and when.says_day and when.kind not in {Kind.NOW, Kind.NEXT}:
            sessions = list(plan.sessions_in(sessions, when))
        if mentions.order in {"first", "last"}:
            return sessions[0 if mentions.order == "first" else -1].id if sessions else None
        now = reader.moment
        if mentions.order == "next":
            coming = [each for each in sessions if (each.date, each.start) > (now.date(), now.time())]
            return coming[0].id if coming else None
        ahead = [each for each in sessions if (each.date, each.end) > (now.date(), now.time())]
        return next((each.id for each in ahead or sessions), None)

    def _is_destination(self, topic: str) -> bool:
        return topic in self._knowledge.sessions or self._knowledge.sites[topic].visited

    def _is_place(self, last: Subject) -> bool:
        return last.topic in self._knowledge.sites or last.topic in self._knowledge.sessions


def _whole_day(day: date) -> When:
    return When(0, 0, day, day, None, None, Kind.DAY)


def _weight(result: Result, slot: str | None, ask: str) -> Weight:
    """How well the best frame fits. Without a slot to hold on to, it must also be much alike."""
    parts = result.matches[0].parts
    if slot is not None:
        return Weight(parts["margin"], parts["covered"])
    alike = parts["sorted"] >= ALIKE or (parts["nearest"] >= NEAR and parts["margin"] >= ALONE)
    if result.outcome is not Outcome.ANSWER or not alike:
        return Weight(0.0, 0.0)
    # The words of small talk carry no meaning: it goes before an entry only when it is the same.
    same = 1.0 if parts["sorted"] >= SAME else MOST
    return Weight(parts["margin"], same if ask in SMALL_TALK else parts["covered"])


def _rank(framed: Framed) -> tuple[bool, bool, float]:
    confidence = framed.target.confidence if framed.target else 0.0
    return framed.sure, framed.fair, confidence
