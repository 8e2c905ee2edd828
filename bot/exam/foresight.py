"""Which questions another revision of the knowledge would answer differently."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

from bot.assistant.assistant import Assistant
from bot.exam.asking import Asked, Question, asked
from bot.knowledge.model import Knowledge
from bot.matching.meaning import Encoded


@dataclass(frozen=True, slots=True)
class Shift:
    """A question whose answer changes."""

    question: str
    before: str | None  # the id that answers it; None for no answer
    after: str | None
    was_asked: bool  # by somebody, lately; else it is a phrasing of the knowledge


@dataclass(frozen=True, slots=True)
class Foresight:
    """What came of asking both revisions."""

    asked: int  # questions
    left: int  # for which there was no time
    shifts: tuple[Shift, ...]  # what people asked goes first


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two revisions, with the vectors of its phrasings if there is an encoder."""

    knowledge: Knowledge
    encoded: Encoded | None = None


def foresee(
    old: Side, new: Side, recent: Sequence[str], *, moment: datetime, cache: Path, seconds: float
) -> Foresight:
    """Asks both revisions what people asked lately and their own phrasings, for about `seconds`.

    What the change is there for does not count: a phrasing that leads to the entry which now has it, or to
    nothing because its entry is gone.
    """
    assistants = [Assistant(side.knowledge, side.encoded, cache=cache) for side in (old, new)]
    questions = [
        *(Question(text, frozenset()) for text in dict.fromkeys(recent)),
        *_phrasings(old.knowledge, new.knowledge),
    ]
    end = monotonic() + seconds
    shifts: list[Shift] = []
    for number, question in enumerate(questions):
        if monotonic() > end:
            return Foresight(number, len(questions) - number, tuple(shifts))
        before, after = (
            asked(assistant, question, moment, side.encoded or {})
            for assistant, side in zip(assistants, (old, new), strict=True)
        )
        if _id(before) != _id(after) and not _is_meant(question, before, after, new.knowledge):
            shifts.append(Shift(question.text, _id(before), _id(after), was_asked=not question.ids))
    return Foresight(len(questions), 0, tuple(shifts))


def _phrasings(old: Knowledge, new: Knowledge) -> Iterator[Question]:
    """All phrasings of both, each once, with the ids that it leads to by rights; changed entries go first."""
    before, after = _owners(old), _owners(new)
    owners = {**before, **after}
    for language, text in sorted(owners, key=lambda key: before.get(key) == after.get(key)):
        yield Question(text, owners[language, text], language)


def _owners(knowledge: Knowledge) -> Mapping[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in knowledge.entries.values():
        for language, texts in entry.questions.items():
            for text in texts:
                found[language, text].add(entry.id)
    return {key: frozenset(ids) for key, ids in found.items()}


def _is_meant(question: Question, before: Asked, after: Asked, new: Knowledge) -> bool:
    if not question.ids:
        return False
    if after.is_answered:
        return after.id in question.ids
    return before.id not in new.entries and not question.ids & set(new.entries)


def _id(one: Asked) -> str | None:
    return one.id if one.is_answered else None
