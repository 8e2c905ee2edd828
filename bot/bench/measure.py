"""Asks a matcher the questions of a case and counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from bot.bench.data import Case
from bot.bench.matchers import Rank, matching
from bot.bench.vectors import Vectors
from bot.matching.topics import Outcome


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares (0–1) over the questions of a case."""

    first: float  # in scope: the first topic is right
    among_three: float  # in scope: one of the first three is
    auroc: float  # how well the best score tells in scope from out of scope; nan without the latter
    milliseconds: float  # for a question, on average


@dataclass(frozen=True, slots=True)
class Answers:
    """Shares (0–1) of what the matcher did with the questions."""

    right: float  # in scope: answered, and right
    helped: float  # in scope: answered right, or suggested
    precision: float  # of the answers, right ones
    refused: float  # out of scope: not answered; nan without such questions
    ece: float  # expected calibration error of the confidence, in ten bins


def figures(rank: Rank, case: Case) -> Figures:
    """How well a matcher ranks the topics of a case."""
    start = perf_counter()
    ranked = [rank(question.text) for question in case.questions]
    seconds = perf_counter() - start
    ids = [list(dict.fromkeys(id_ for id_, _ in one)) for one in ranked]
    asked = [(one, question.ids) for one, question in zip(ids, case.questions, strict=True) if question.ids]
    best = np.array([one[0][1] if one else 0.0 for one in ranked])
    in_scope = np.array([bool(question.ids) for question in case.questions])
    return Figures(
        float(np.mean([bool(wanted & set(one[:1])) for one, wanted in asked])),
        float(np.mean([bool(wanted & set(one[:3])) for one, wanted in asked])),
        auroc(best[in_scope], best[~in_scope]),
        1000 * seconds / len(ranked),
    )


def auroc(higher: Sequence[float] | np.ndarray, lower: Sequence[float] | np.ndarray) -> float:
    """The area under the ROC curve: how often one of `higher` is above one of `lower`; ties count half."""
    if not len(higher) or not len(lower):
        return float("nan")
    ordered = np.sort(np.asarray(lower))
    below = np.searchsorted(ordered, higher, "left") + np.searchsorted(ordered, higher, "right")
    return float(below.mean() / 2 / len(ordered))


def answers(case: Case, vectors: Vectors | None = None) -> Answers:
    """What this project's matcher answers, suggests and refuses, with its usual wishes."""
    match = matching(case, vectors)
    results = [match(question.text) for question in case.questions]
    wanted = [question.ids for question in case.questions]
    ids = [[match.id for match in result.matches[:3]] for result in results]
    right = np.array([bool(own & set(first[:1])) for own, first in zip(wanted, ids, strict=True)])
    among = np.array([bool(own & set(three)) for own, three in zip(wanted, ids, strict=True)])
    answered = np.array([result.outcome is Outcome.ANSWER for result in results])
    suggested = np.array([result.outcome is Outcome.SUGGESTIONS for result in results])
    in_scope = np.array([bool(own) for own in wanted])
    confidence = np.array([result.matches[0].confidence if result.matches else 0.0 for result in results])
    return Answers(
        right=float((answered & right)[in_scope].mean()),
        helped=float(((answered & right) | (suggested & among))[in_scope].mean()),
        precision=float(right[answered].mean()) if answered.any() else float("nan"),
        refused=float((~answered)[~in_scope].mean()) if not in_scope.all() else float("nan"),
        ece=calibration_error(confidence, right),
    )


def calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """The mean distance between confidence and the share that is right, over ten bins of confidence
    (expected calibration error, Naeini et al. 2015).
    """
    bins = np.minimum((confidence * 10).astype(int), 9)
    chosen = [bins == number for number in range(10) if (bins == number).any()]
    return float(sum(abs(confidence[one].mean() - right[one].mean()) * one.mean() for one in chosen))
