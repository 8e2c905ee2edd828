"""The figures of an exam, and which entries are taken for which others."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.exam.asking import Asked, Verdict


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts, and shares (0–1); a share of nothing is 1."""

    verdicts: Counter[Verdict]
    questions: int
    precision: float  # of the answers that were given, how many are right
    coverage: float  # of the questions that have an answer, how many were answered
    helped: float  # of these, how many were answered right or have the right button


def figures(asked: Sequence[Asked]) -> Figures:
    """Counts what became of questions."""
    answered = [one for one in asked if one.is_answered]
    in_scope = [one for one in asked if one.question.ids]
    return Figures(
        Counter(one.verdict for one in asked),
        len(asked),
        _share(sum(one.verdict is Verdict.RIGHT for one in answered), len(answered)),
        _share(sum(one.is_answered for one in in_scope), len(in_scope)),
        _share(sum(one.verdict in {Verdict.RIGHT, Verdict.SUGGESTED} for one in in_scope), len(in_scope)),
    )


@dataclass(frozen=True, slots=True)
class Confusion:
    """So many questions for one id were answered with another."""

    wanted: str  # the id, or several with blanks between; `none` for no answer
    answered: str
    number: int


def confusions(asked: Sequence[Asked]) -> list[Confusion]:
    """The pairs that were confused, the most frequent first."""
    pairs = Counter(
        (" ".join(sorted(one.question.ids)) or "none", one.id or "")
        for one in asked
        if one.verdict is Verdict.WRONG
    )
    return [Confusion(*pair, number) for pair, number in sorted(pairs.items(), key=lambda p: (-p[1], p[0]))]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
