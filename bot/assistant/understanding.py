"""What a question asks for: entries by their phrasings, or places and days by the frames."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.assistant import plan
from bot.assistant.entries import is_valid
from bot.assistant.frames import ABOUT_A_DAY, ABOUT_A_PLACE, DAY, PLACE, SMALL_TALK, frame_topics, frames_of
from bot.assistant.mentions import MentionFinder, Mentions
from bot.assistant.reader import Reader
from bot.assistant.reply import Conversation
from bot.assistant.when import Kind, When
from bot.knowledge.model import Entry, Knowledge
from bot.matching.language import guess
from bot.matching.matcher import Matcher
from bot.matching.topics import Outcome, Phrasing, Result, Topic

MOST_PARTS = 3
FEWEST_WORDS = 3
"""Words in each of two questions joined by 'and'; with fewer it is mostly one question."""
LONGEST_PARTICLE = 3
"""Characters of a word such as 'on' or 'el' that may stand beside a bare name or day."""
_STOP = re.compile(r"[?？!;\n]+|\.\s")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that is asked for."""

    topic: str | None  # entry, site or session id; None for the schedule itself and small talk
    ask: str  # `answer` for an entry, else a frame such as `where` or `plan`
    confidence: float  # 0–1
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was understood: what to answer, else what to suggest."""

    targets: tuple[Target, ...]
    suggestions: tuple[str, ...]  # ids, best first; only used without targets
    confidence: float  # 0–1
    entries: Result  # for an explanation
    frames: Result
    mentions: Mentions


class Understanding:
    """The matchers of one revision of the knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        frames = frames_of(knowledge.programme.languages)
        wish = knowledge.programme.answering
        self._mentions = MentionFinder(knowledge, frames)
        self._entries = Matcher(
            tuple(_topic(entry) for entry in knowledge.entries.values()),
            synonyms=knowledge.synonyms,
            wrong_in_100=wish.wrong_in_100,
            suggestions_right_in_100=wish.suggestions_right_in_100,
        )
        self._frames = Matcher(
            frame_topics(frames),
            wrong_in_100=wish.wrong_in_100,
            suggestions_right_in_100=wish.suggestions_right_in_100,
        )
        self._joining = frozenset(word for each in frames.values() for word in each.both)
        longest_first = sorted(self._joining, key=len, reverse=True)
        self._join = re.compile(rf"\s(?:{'|'.join(map(re.escape, longest_first))})\s", re.IGNORECASE)

    def guess_language(self, question: str, conversation: Conversation) -> Conversation:
        """Speaks the question's language from now on, unless one was chosen or it cannot be told."""
        if conversation.language:
            return conversation
        code, _ = guess(question, self.knowledge.programme.languages)
        return replace(conversation, guessed_language=code) if code else conversation

    def read(self, question: str, reader: Reader, conversation: Conversation) -> Asked:
        """What `question` asks for: two questions in one message give two targets."""
        whole = self._read_one(question, reader, conversation.topics)
        if whole.entries.exact:
            return whole
        parts = self._parts(question)
        if len(parts) < 2:
            return whole
        topics, read = conversation.topics, []
        for part in parts:
            one = self._read_one(part, reader, topics)
            if not one.targets or one.targets[0].ask in SMALL_TALK:
                continue
            read.append(one)
            topics = (one.targets[0].topic or "", *topics)
        targets = tuple(dict.fromkeys(replace(one.targets[0]) for one in read))
        surer = targets and min(target.confidence for target in targets) >= whole.confidence - 0.1
        different = len({(target.topic, target.ask) for target in targets}) == len(targets)
        if len(targets) > 1 and surer and different:
            return replace(whole, targets=targets, confidence=min(target.confidence for target in targets))
        return whole

    def _parts(self, question: str) -> list[str]:
        sentences = [part.strip() for part in _STOP.split(question) if part.strip()]
        parts = [part for sentence in sentences for part in self._join.split(sentence)]
        if any(len(_WORD.findall(part)) < FEWEST_WORDS for part in parts):
            parts = sentences
        return parts[:MOST_PARTS]

    def _read_one(self, question: str, reader: Reader, topics: Sequence[str]) -> Asked:
        last, _, last_ask = (topics[0] if topics else "").partition("/")
        follows = last in self.knowledge.sites or last in self.knowledge.sessions
        mentions = self._mentions.find(question, reader, follows=follows)
        entries = self._entries.match(question, prefer=[topic.partition("/")[0] for topic in topics])
        masked = mentions.masked
        leans = follows and _leans(mentions)
        if leans and not mentions.there:
            masked = f"{masked} {PLACE}"
        if PLACE in masked:  # the day then only narrows what is asked of the place
            masked = masked.replace(DAY, "")
        frames = self._frames.match(masked)
        target = self._framed(frames, mentions, reader, last if leans else "", last_ask)
        return self._weigh(target, entries, frames, mentions, reader)

    def _bare(self, mentions: Mentions) -> bool:
        """Whether a question is a name or a day and next to nothing else: 'and on Friday?'"""
        if not mentions.topics and not mentions.whens:
            return False
        rest = set(_WORD.findall(mentions.masked.casefold())) - {PLACE, DAY} - self._joining
        return not rest or (len(rest) == 1 and len(max(rest)) <= LONGEST_PARTICLE)

    def _framed(
        self, frames: Result, mentions: Mentions, reader: Reader, last: str, last_ask: str
    ) -> Target | None:
        """What the frames make of the question; None when they miss something to speak of."""
        if not frames.matches:
            return None
        ask, confidence = frames.matches[0].id, frames.matches[0].confidence
        when = mentions.whens[0] if mentions.whens else None
        if self._bare(mentions):
            carried = last_ask in (ABOUT_A_PLACE if mentions.topics else ABOUT_A_DAY)
            ask = last_ask if carried else "what" if mentions.topics or mentions.kinds else "plan"
        topic = self._topic(mentions, ask, when, reader) or last
        if ask in ABOUT_A_PLACE and topic:
            return Target(topic, ask, confidence, when)
        if when and when.kind in {Kind.NOW, Kind.NEXT} and ask in {"plan", "next", "now"}:
            return Target(None, "next", confidence, when)
        if when and ask in ABOUT_A_DAY and not topic:
            return Target(None, ask, confidence, when)
        if ask not in ABOUT_A_PLACE | ABOUT_A_DAY and not topic:
            return Target(None, ask, confidence, when)
        return None

    def _topic(self, mentions: Mentions, ask: str, when: When | None, reader: Reader) -> str | None:
        """The site or session that is meant; a kind of session means its next one."""
        if mentions.topics:
            visited = [
                t for t in mentions.topics if t in self.knowledge.sessions or self.knowledge.sites[t].visited
            ]
            return (visited or mentions.topics)[0]
        if not mentions.kinds or ask == "what":
            return None
        sessions = [each for each in self.knowledge.sessions.values() if each.kind in mentions.kinds]
        if when and when.says_day:
            sessions = list(plan.sessions_in(sessions, when))
        now = reader.moment
        ahead = [each for each in sessions if (each.date, each.end) > (now.date(), now.time())]
        return next((each.id for each in ahead or sessions), None)

    def _weigh(
        self, target: Target | None, entries: Result, frames: Result, mentions: Mentions, reader: Reader
    ) -> Asked:
        """The surer of the two readings; suggestions when neither is sure enough.

        A frame that accounts for every word goes before an entry that shares some of them: 'where is the
        hotel' asks for the place, whatever else is written about hotels. With a word left over, such as
        'wifi', it is an entry's question.
        """
        valid = [m for m in entries.matches if is_valid(self.knowledge.entries[m.id], reader)]
        written = entries.outcome is Outcome.ANSWER and bool(valid) and valid[0] == entries.matches[0]
        framed = target is not None and frames.outcome is Outcome.ANSWER and _accounts_for_all(frames)
        targets: tuple[Target, ...] = ()
        if target and framed and (frames.exact or not entries.exact):
            targets = (target,)
        elif written:
            targets = (Target(valid[0].id, "answer", valid[0].confidence),)
        suggestions = self._suggestions(target, entries, frames, mentions, [match.id for match in valid])
        best = max([match.confidence for match in (*valid[:1], *frames.matches[:1])], default=0.0)
        confidence = targets[0].confidence if targets else best
        return Asked(targets, suggestions, confidence, entries, frames, mentions)

    def _suggestions(
        self, target: Target | None, entries: Result, frames: Result, mentions: Mentions, valid: Sequence[str]
    ) -> tuple[str, ...]:
        """At most three ids: what the frames are about, what the entries are about, what was mentioned."""
        ids: list[str] = []
        if target and target.topic and frames.outcome is not Outcome.UNKNOWN:
            ids.append(target.topic)
        if entries.outcome is not Outcome.UNKNOWN:
            ids += valid[:3]
        return tuple(dict.fromkeys([*ids, *mentions.topics[:1]]))[:3]


def _accounts_for_all(frames: Result) -> bool:
    """Whether every word with a meaning of its own is one that the frame uses."""
    return frames.exact or frames.matches[0].parts["covered"] > 0.99


def _leans(mentions: Mentions) -> bool:
    """Whether a question needs the place talked about last: it names none, and is short or says 'there'."""
    if mentions.topics or mentions.whens:
        return False
    return mentions.there or len(_WORD.findall(mentions.masked)) <= 2


def _topic(entry: Entry) -> Topic:
    return Topic(
        entry.id,
        tuple(
            Phrasing(text, language)
            for language, texts in entry.questions.items()
            for text in (*texts, *([entry.title[language]] if language in entry.title else []))
        ),
        tuple(Phrasing(text, language) for language, texts in entry.not_about.items() for text in texts),
    )
