"""`bench fit`: fits the constants of the confidence on public data, and shows how reliable they are."""

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.bench.data import Case, DataError, Question, cases_in
from bot.bench.measure import auroc, calibration_error
from bot.matching.base import Base
from bot.matching.calibrate import Trial, fitted
from bot.matching.judge import OUT_OF_SCOPE, Judge
from bot.matching.learning import learn
from bot.matching.synonyms import Synonyms
from bot.matching.topics import Topic

_SIZES = (30, 60, 90)
"""Entries of the knowledge bases that are cut out: programmes have about 60."""
_QUESTIONS = 200
"""Questions in scope that each is asked."""
_LEAST_PHRASINGS = 3  # of an entry that is taken
_CALM = 1.0
"""Pull towards zero, so that no weight grows without reason."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The trials of the knowledge bases that were cut out of one data set."""

    name: str
    trials: tuple[Trial, ...]


def fit_and_print(folder: Path, seed: int) -> int:
    """Fits on the `dev` questions of a folder and prints the constants of `bot.matching.calibrate`."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable choice, no secret
    try:
        cases = list(cases_in(folder, "dev"))
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    sets = dict.fromkeys(case.name.split()[0] for case in cases)
    parts = [
        _Part(name, tuple(t for case in cases if case.name.startswith(name) for t in _trials(case, chance)))
        for name in sets
    ]
    for wanted in ("right", "among_three"):
        for part in parts:
            others = [trial for other in parts if other is not part for trial in other.trials]
            if others:
                print(
                    f"{wanted}, fitted elsewhere, on {part.name}: {_reliability(part.trials, others, wanted)}"
                )
        constants = _fit([trial for part in parts for trial in part.trials], wanted)
        print(f"{wanted.upper()} = ({', '.join(f'{weight:.2f}' for weight in constants)})")
    return 0


def _fit(trials: Sequence[Trial], wanted: str) -> np.ndarray:
    rows = np.array([trial.signs.row() for trial in trials])
    right = np.array([getattr(trial, wanted) for trial in trials])
    nothing = np.zeros(rows.shape[1], dtype=np.float32)
    return fitted(rows, right, np.ones(len(rows), dtype=np.float32), nothing, _CALM)


def _reliability(trials: Sequence[Trial], others: Sequence[Trial], wanted: str) -> str:
    rows = np.array([trial.signs.row() for trial in trials])
    right = np.array([getattr(trial, wanted) for trial in trials])
    confidence = 1 / (1 + np.exp(-(rows @ _fit(others, wanted))))
    area = auroc(confidence[right], confidence[~right])
    return f"AUROC {area:.3f}, expected calibration error {calibration_error(confidence, right):.3f}"


def _trials(case: Case, chance: random.Random) -> Iterator[Trial]:
    """Knowledge bases of several sizes are cut out of a case; what was cut off is out of scope."""
    rich = [topic for topic in case.topics if len(topic.phrasings) >= _LEAST_PHRASINGS]
    for size in _SIZES:
        topics = chance.sample(rich, size) if len(rich) > size else []
        if topics:
            kept = frozenset(topic.id for topic in topics)
            yield from _asked(topics, _questions(case, kept, chance))


def _questions(case: Case, kept: frozenset[str], chance: random.Random) -> list[Question]:
    """Questions in scope, and their usual share out of scope: half of them near the topic, half far."""
    known = [question for question in case.questions if question.ids & kept]
    near = [Question(one.text, frozenset()) for one in case.questions if one.ids and not one.ids & kept]
    far = [question for question in case.questions if not question.ids]
    known = chance.sample(known, min(_QUESTIONS, len(known)))
    half = int(len(known) * OUT_OF_SCOPE / (1 - OUT_OF_SCOPE) / 2)
    return [*known, *chance.sample(near, min(half, len(near))), *chance.sample(far, min(half, len(far)))]


def _asked(topics: Sequence[Topic], questions: Sequence[Question]) -> Iterator[Trial]:
    base = Base(topics)
    learned = learn(base, Synonyms())
    reader, ranker = learned.reader, learned.ranker
    judge = Judge(base, reader, ranker)
    for question in questions:
        text = reader.read(question.text).text
        if text.read:
            ranking = ranker.rank(text)
            candidates = judge.candidates(ranking)
            ids = [base.groups[ranking.topics[place]].id for place in candidates[:3]]
            signs = judge.signs(text, ranking, candidates[0])
            yield Trial(signs, ids[0] in question.ids, bool(question.ids & set(ids)))
