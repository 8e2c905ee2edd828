"""One question of an exam, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.assistant.assistant import Assistant
from bot.assistant.reply import Conversation, Kind
from bot.matching.meaning import NOTHING_ENCODED, Encoded


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the ids that answer it."""

    text: str
    ids: frozenset[str]  # none when it must not be answered
    language: str | None = None  # that it is known to be in
    place: str = ""  # where it is written, such as knowledge/faq/hotel.yaml:31


class Verdict(StrEnum):
    """What became of a question."""

    RIGHT = "right"  # answered as it should be, or rightly not answered
    SUGGESTED = "suggested"  # a right answer is among the buttons
    MISSED = "missed"  # not answered, though there is an answer
    WRONG = "wrong"  # answered with something else


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the reply to it."""

    question: Question
    kind: Kind
    id: str | None  # of what was answered
    suggestions: tuple[str, ...]
    confidence: float  # 0–1

    @property
    def is_answered(self) -> bool:
        """Whether an answer was given outright."""
        return self.kind is Kind.ANSWER

    @property
    def verdict(self) -> Verdict:
        """What to say of the reply."""
        wanted = self.question.ids
        if self.is_answered:
            return Verdict.RIGHT if self.id in wanted else Verdict.WRONG
        if not wanted:
            return Verdict.RIGHT
        return Verdict.SUGGESTED if wanted & set(self.suggestions) else Verdict.MISSED


def asked(
    assistant: Assistant, question: Question, moment: datetime, encoded: Encoded = NOTHING_ENCODED
) -> Asked:
    """Asks at `moment`, as the first question of a conversation. `encoded` are vectors that are at hand."""
    start = Conversation(language=question.language)
    texts = assistant.to_encode(question.text, start, moment) if encoded else ()
    vectors = {text: encoded[text] for text in texts if text in encoded}
    reply = assistant.ask(question.text, start, moment, vectors)
    return Asked(question, reply.kind, reply.id, reply.suggestions, reply.confidence)
