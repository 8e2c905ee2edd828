"""`bench fit`: fits the constants of the confidence on public data, and shows how reliable they are."""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.bench.data import Case, DataError, Question, cases_in
from bot.bench.measure import auroc, calibration_error
from bot.bench.vectors import Vectors, vectors
from bot.matching.arrays import Floats
from bot.matching.base import Base
from bot.matching.calibrate import Trial, fitted
from bot.matching.features import Text
from bot.matching.judge import OUT_OF_SCOPE, Judge
from bot.matching.learning import learn
from bot.matching.meaning import Meanings
from bot.matching.reading import Reader
from bot.matching.synonyms import Synonyms
from bot.matching.topics import Topic
from bot.matching.writing import Writing

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


def fit_and_print(options: argparse.Namespace) -> int:
    """Fits on the `dev` questions of a folder and prints the constants of `bot.matching.calibrate`.

    Those for matches with meaning are printed if there is an encoder. Returns the exit code.
    """
    try:
        cases = list(cases_in(options.data, "dev"))
        _print_constants(_parts(cases, options.seed, None), "")
        with vectors(options.encoder, options.cache) as found:
            if found.is_on:
                _print_constants(_parts(cases, options.seed, found), "_with_meaning")
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parts(cases: Sequence[Case], seed: int, vectors: Vectors | None) -> list[_Part]:
    """The trials of each data set; the same choice of questions with vectors and without."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable choice, no secret
    sets = dict.fromkeys(case.name.split()[0] for case in cases)
    return [
        _Part(
            name,
            tuple(t for case in cases if case.name.startswith(name) for t in _trials(case, chance, vectors)),
        )
        for name in sets
    ]


def _print_constants(parts: Sequence[_Part], kind: str) -> None:
    for wanted in ("right", "among_three"):
        for part in parts:
            others = [trial for other in parts if other is not part for trial in other.trials]
            if others:
                reliability = _reliability(part.trials, others, wanted)
                print(f"{wanted}{kind}, fitted elsewhere, on {part.name}: {reliability}")
        constants = _fit([trial for part in parts for trial in part.trials], wanted)
        weights = ", ".join(f"{weight:.2f}" for weight in constants)
        print(f"{(wanted + kind).upper()} = ({weights})", flush=True)


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


def _trials(case: Case, chance: random.Random, vectors: Vectors | None) -> Iterator[Trial]:
    """Knowledge bases of several sizes are cut out of a case; what was cut off is out of scope."""
    rich = [topic for topic in case.topics if len(topic.phrasings) >= _LEAST_PHRASINGS]
    for size in _SIZES:
        topics = chance.sample(rich, size) if len(rich) > size else []
        if topics:
            kept = frozenset(topic.id for topic in topics)
            yield from _asked(topics, _questions(case, kept, chance), vectors)


def _questions(case: Case, kept: frozenset[str], chance: random.Random) -> list[Question]:
    """Questions in scope, and their usual share out of scope: half of them near the topic, half far."""
    known = [question for question in case.questions if question.ids & kept]
    near = [Question(one.text, frozenset()) for one in case.questions if one.ids and not one.ids & kept]
    far = [question for question in case.questions if not question.ids]
    known = chance.sample(known, min(_QUESTIONS, len(known)))
    half = int(len(known) * OUT_OF_SCOPE / (1 - OUT_OF_SCOPE) / 2)
    return [*known, *chance.sample(near, min(half, len(near))), *chance.sample(far, min(half, len(far)))]


def _asked(
    topics: Sequence[Topic], questions: Sequence[Question], vectors: Vectors | None
) -> Iterator[Trial]:
    base = Base(topics)
    texts = [phrasing.text for phrasing in base.phrasings]
    meanings = Meanings.of(texts, base.group_of, vectors.of(texts)) if vectors else None
    learned = learn(base, Synonyms(), meanings)
    reader, ranker = learned.reader, learned.ranker
    judge = Judge(base, reader, ranker)
    for question, text, vector in _read(base, reader, questions, vectors):
        ranking = ranker.rank(text, vector)
        candidates = judge.candidates(ranking)
        ids = [base.groups[ranking.topics[place]].id for place in candidates[:3]]
        signs = judge.signs(text, ranking, candidates[0])
        yield Trial(signs, ids[0] in question.ids, bool(question.ids & set(ids)))


def _read(
    base: Base, reader: Reader, questions: Sequence[Question], vectors: Vectors | None
) -> Iterator[tuple[Question, Text, Floats | None]]:
    """The questions that hold words, with the vectors that they are compared by."""
    readings = [(question, reader.read(question.text)) for question in questions]
    writing = Writing(base.phrasings)
    written = [
        writing.restored(question.text, reading.text.language, dict(reading.corrections))
        for question, reading in readings
    ]
    encoded = vectors.of(written) if vectors else {}
    for (question, reading), text in zip(readings, written, strict=True):
        if reading.text.read:
            yield question, reading.text, encoded.get(text)
