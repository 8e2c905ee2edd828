"""What a question asks for: entries by their phrasings, or places and days by the frames."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.assistant.elsewhere import Elsewhere
from bot.assistant.entries import is_valid
from bot.assistant.frames import SMALL_TALK, frames_of
from bot.assistant.framing import Framed, Framing, Target
from bot.assistant.mentions import MentionFinder, Mentions
from bot.assistant.reader import Reader
from bot.assistant.reply import Conversation
from bot.assistant.subject import SCHEDULE, Subject
from bot.assistant.wants import Wants
from bot.knowledge.fields import LocalPhrases
from bot.knowledge.model import Entry, Knowledge
from bot.matching.base import Base
from bot.matching.kernel import is_small
from bot.matching.language import guess
from bot.matching.matcher import Matcher
from bot.matching.meaning import Encoded
from bot.matching.topics import Match, Outcome, Phrasing, Result, Topic

MOST_PARTS = 3
MOST_SUGGESTIONS = 3
FEWEST_WORDS = 3
"""Words in each of two questions joined by 'and'; with fewer it is mostly one question."""
FOREIGN = -0.3
"""Least lead of what an entry is not about over all entries, as a share of the score, below 0."""
_STOP = re.compile(r"[?？!;\n]+|\.\s")
_WORD = re.compile(r"\w+")


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

    def __init__(
        self,
        knowledge: Knowledge,
        encoded: Encoded | None = None,
        *,
        cache: Path | None = None,
        before: "Understanding | None" = None,
    ) -> None:
        self._knowledge = knowledge
        frames = frames_of(knowledge.programme.languages)
        wish = knowledge.programme.answering
        known = before if before and before.knows_the_plan_of(knowledge) else None
        self._mentions: MentionFinder = known._mentions if known else MentionFinder(knowledge, frames)
        self._elsewhere = Elsewhere(knowledge)
        self._framing: Framing = known._framing if known else Framing(knowledge, frames, wish, cache)
        topics = _topics(knowledge)
        self._wants = Wants(frames, topics)
        self._entries: Matcher = (
            before._entries
            if before
            else Matcher(
                topics,
                synonyms=knowledge.synonyms,
                wrong_in_100=wish.wrong_in_100,
                suggestions_right_in_100=wish.suggestions_right_in_100,
                encoded=encoded,
                cache=cache,
            )
        )
        self._joins = {language: _join(each.both) for language, each in frames.items()}

    def knows_the_plan_of(self, knowledge: Knowledge) -> bool:
        """Whether places, sessions and the programme are the same there: all that names and frames need."""
        own = self._knowledge
        return (own.programme, own.sites, own.sessions) == (
            knowledge.programme,
            knowledge.sites,
            knowledge.sessions,
        )

    def guess_language(self, question: str, conversation: Conversation) -> Conversation:
        """Speaks the question's language from now on, unless one was chosen or it cannot be told."""
        if conversation.language:
            return conversation
        code, _ = guess(question, self._knowledge.programme.languages)
        return replace(conversation, guessed_language=code) if code else conversation

    def to_encode(self, question: str, reader: Reader) -> tuple[str, ...]:
        """The question and its parts as an encoder should read them; none if vectors are of no use."""
        parts = self._parts(question, reader.words.language)
        texts = [question, *(parts if len(parts) > 1 else ())]
        return tuple(dict.fromkeys(text for text in map(self._entries.as_written, texts) if text))

    def read(self, question: str, reader: Reader, conversation: Conversation, encoded: Encoded) -> Asked:
        """What `question` asks for: two questions in one message give two targets.

        `encoded` are the vectors of what `to_encode` gave, as far as there are any.
        """
        subjects = [Subject.parse(text) for text in conversation.topics]
        whole = self._read_one(question, reader, subjects, encoded)
        parts = [] if whole.entries.exact else self._parts(question, reader.words.language)
        targets: list[Target] = []
        for part in parts if len(parts) > 1 else ():
            one = self._read_one(part, reader, subjects, encoded)
            if one.targets and one.targets[0].ask not in SMALL_TALK:
                targets.append(one.targets[0])
                subjects = [Subject(one.targets[0].topic or SCHEDULE, one.targets[0].ask), *subjects]
        different = len({(target.topic, target.ask) for target in targets}) == len(targets)
        least = min((target.confidence for target in targets), default=0.0)
        if len(targets) > 1 and different and least >= whole.confidence - 0.1:
            return replace(whole, targets=tuple(targets), confidence=least)
        return whole

    def _parts(self, question: str, language: str) -> list[str]:
        sentences = [part.strip() for part in _STOP.split(question) if part.strip()]
        join = self._joins.get(language)
        parts = [part for sentence in sentences for part in join.split(sentence)] if join else sentences
        if any(len(_WORD.findall(part)) < FEWEST_WORDS for part in parts):
            parts = sentences
        return parts[:MOST_PARTS]

    def _read_one(
        self, question: str, reader: Reader, subjects: Sequence[Subject], encoded: Encoded
    ) -> Asked:
        last = subjects[0] if subjects else Subject()
        follows = last.topic in self._knowledge.sites or last.topic in self._knowledge.sessions
        mentions = self._mentions.find(question, reader, follows=follows)
        vector = encoded.get(self._entries.as_written(question) or "") if encoded else None
        entries = self._entries.match(
            question, prefer=[subject.topic for subject in subjects], encoded=vector
        )
        framed = self._framing.read(mentions, reader, last)
        asked = self._weigh(framed, entries, mentions, reader)
        return replace(asked, targets=()) if self._is_beside(asked, question, reader) else asked

    def _is_beside(self, asked: Asked, question: str, reader: Reader) -> bool:
        """Whether a question wants what its answer does not tell, or is about a place of the wide world."""
        language = reader.words.language
        beside = any(self._elsewhere.is_meant(question, language, target.topic) for target in asked.targets)
        if not beside and asked.targets and asked.targets[0].ask == "answer":
            beside = not self._wants.are_told(question, language, asked.targets[0].topic or "")
        return beside and not asked.entries.exact

    def _weigh(self, framed: Framed, entries: Result, mentions: Mentions, reader: Reader) -> Asked:
        """The surer of the two readings; suggestions when neither is sure enough.

        A frame that accounts for every word goes before an entry that shares some of them: 'where is the
        hotel' asks for the place, whatever else is written about hotels. With a word left over, such as
        'wifi', it is an entry's question; and so it is when the place is only guessed from before.
        """
        valid = [match for match in entries.matches if self._may_be_told(match.id, reader)]
        written = entries.outcome is Outcome.ANSWER and bool(valid) and valid[0] == entries.matches[0]
        targets: tuple[Target, ...] = ()
        leaning = framed.leans and framed.target and framed.target.confidence < entries.matches[0].confidence
        entry_first = written and (entries.exact or leaning)
        if framed.target and framed.sure and not entry_first:
            targets = (framed.target,)
        elif written:
            targets = (self._written(valid[0]),)
        elif framed.target and framed.fair and (framed.likely or not _is_foreign(entries)):
            targets = (framed.target,)
        suggestions = _suggestions(framed, entries, mentions, [match.id for match in valid])
        best = max([match.confidence for match in (*valid[:1], *framed.result.matches[:1])], default=0.0)
        confidence = targets[0].confidence if targets else best
        return Asked(targets, suggestions, confidence, entries, framed.result, mentions)

    def _may_be_told(self, topic: str, reader: Reader) -> bool:
        """Whether it is there (the matcher may be of an earlier revision) and not out of its days."""
        knowledge = self._knowledge
        if topic in knowledge.sites or topic in knowledge.sessions:
            return True
        return topic in knowledge.entries and is_valid(knowledge.entries[topic], reader)

    def _written(self, match: Match) -> Target:
        """What a phrasing leads to: the answer of an entry, or all about a site or session."""
        return Target(match.id, "answer" if match.id in self._knowledge.entries else "what", match.confidence)


def _is_foreign(entries: Result) -> bool:
    """Whether a question is most like one that the knowledge is said not to answer."""
    return bool(entries.matches) and entries.matches[0].parts["margin"] <= FOREIGN


def _join(words: Sequence[str]) -> re.Pattern[str]:
    """What stands between two questions in one sentence: 'and', with blanks around."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\s(?:{'|'.join(map(re.escape, longest_first))})\s", re.IGNORECASE)


def _suggestions(
    framed: Framed, entries: Result, mentions: Mentions, valid: Sequence[str]
) -> tuple[str, ...]:
    """At most three ids: a day, what the frames are about, what the entries are about, what was mentioned."""
    ids: list[str] = []
    if mentions.day and not mentions.topics:
        ids.append(SCHEDULE)
    if framed.target and framed.target.topic and framed.result.outcome is not Outcome.UNKNOWN:
        ids.append(framed.target.topic)
    if entries.outcome is not Outcome.UNKNOWN:
        ids += valid[:MOST_SUGGESTIONS]
    return tuple(dict.fromkeys([*ids, *mentions.topics[:1]]))[:MOST_SUGGESTIONS]


def phrasings_of(knowledge: Knowledge) -> list[str]:
    """All that questions are compared with, for an encoder."""
    topics = _topics(knowledge)
    return [phrasing.text for topic in topics for phrasing in (*topic.phrasings, *topic.not_about)]


def is_small_enough(knowledge: Knowledge) -> bool:
    """Whether its entries can be matched by meaning too."""
    base = Base(_topics(knowledge))
    return is_small(len(base.phrasings), len(base.groups))


def _topics(knowledge: Knowledge) -> tuple[Topic, ...]:
    """What can be asked for by a phrasing: all entries, and the places and sessions that have some."""
    entries = (_topic(entry, knowledge.default_language) for entry in knowledge.entries.values())
    sites = (
        Topic(site.id, _phrasings(site.questions), _phrasings(site.not_about))
        for site in knowledge.sites.values()
    )
    sessions = (Topic(each.id, _phrasings(each.questions)) for each in knowledge.sessions.values())
    return (*entries, *(topic for topic in (*sites, *sessions) if topic.phrasings or topic.not_about))


def _phrasings(texts: LocalPhrases) -> tuple[Phrasing, ...]:
    return tuple(Phrasing(text, language) for language, own in texts.items() for text in own)


def _topic(entry: Entry, default_language: str) -> Topic:
    """The entry's phrasings, titles and id: an id such as `lost-passport` is a phrasing too."""
    phrasings = [
        Phrasing(text, language)
        for language, texts in entry.questions.items()
        for text in (*texts, *([entry.title[language]] if language in entry.title else []))
    ]
    return Topic(
        entry.id,
        (*phrasings, Phrasing(entry.id.replace("-", " "), default_language)),
        _phrasings(entry.not_about),
    )
