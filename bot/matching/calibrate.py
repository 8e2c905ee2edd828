"""Signs become a confidence: how often a match that looks like this one is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from bot.matching.arrays import Bools, Floats
from bot.matching.signs import Signs

RIGHT = (-3.87, 6.01, 1.67, 4.76, 2.31, 1.78)
"""Weights of `Signs.row` for 'the first match is right', fitted by `bench fit`."""
AMONG_THREE = (-2.95, 3.30, 5.71, 1.31, 1.75, 1.75)
"""The same for 'the right topic is among the first three matches'."""
RIGHT_WITH_MEANING = (-4.26, 5.80, 8.34, 3.31, 0.48, 0.19)
AMONG_THREE_WITH_MEANING = (-3.75, 2.83, 11.31, 0.89, 0.53, 0.54)
"""Both for matches in which an encoder has its share, fitted by it too."""
_TRUST = 3.0
"""How many trials the fitted weights are worth when they are adapted to a knowledge base."""
_NEWTON_STEPS = 12
_FAMILIAR = 0.55
"""Share of questions that are worded like a phrasing, and so are answered right. The rehearsal asks only the
others, which no phrasing resembles on purpose."""
_LEAST = 0.5
"""No answer is given with less confidence than this, whatever is wished."""
_UNREHEARSED = 8
"""Without a rehearsal, one answer may be so many times as doubtful as the mean answer."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A question whose answer is known, or that has none."""

    signs: Signs
    right: bool
    among_three: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Confidences for one knowledge base."""

    right: Floats
    among_three: Floats
    rehearsed: Sequence[tuple[float, float]] = ()  # confidence and weight of each trial, surest first

    def answer_from(self, wrong_in_100: float) -> float:
        """The least confidence (0–1) of an answer, so that `wrong_in_100` are wrong on average."""
        if not self.rehearsed:
            return max(_LEAST, 1 - _UNREHEARSED * wrong_in_100 / 100)
        answers = sum(weight for _, weight in self.rehearsed) * _FAMILIAR / (1 - _FAMILIAR)
        wrong, least = 0.0, 1.0
        for confidence, weight in self.rehearsed:
            answers += weight
            wrong += weight * (1 - confidence)
            if wrong > answers * wrong_in_100 / 100:
                break
            least = confidence
        return max(_LEAST, least)

    def confidence(self, signs: Signs) -> tuple[float, float]:
        """How often the first match is right, and how often one of the first three (0–1)."""
        row = signs.row()
        right = float(_logistic(row @ self.right))
        return right, max(right, float(_logistic(row @ self.among_three)))


def calibrated(trials: Sequence[Trial], *, with_meaning: bool = False) -> Calibration:
    """The bundled weights, adapted to the trials of a knowledge base."""
    bundled = (RIGHT_WITH_MEANING, AMONG_THREE_WITH_MEANING) if with_meaning else (RIGHT, AMONG_THREE)
    right, among_three = (np.array(weights, dtype=np.float32) for weights in bundled)
    if not trials:
        return Calibration(right, among_three)
    rows = np.array([trial.signs.row() for trial in trials])
    weights = np.array([trial.weight for trial in trials], dtype=np.float32)
    right = fitted(rows, np.array([trial.right for trial in trials]), weights, right, _TRUST)
    among_three = fitted(
        rows, np.array([trial.among_three for trial in trials]), weights, among_three, _TRUST
    )
    rehearsed = zip(_logistic(rows @ right).tolist(), weights.tolist(), strict=True)
    return Calibration(right, among_three, tuple(sorted(rehearsed, reverse=True)))


def fitted(rows: Floats, wanted: Floats | Bools, weights: Floats, prior: Floats, trust: float) -> Floats:
    """Logistic regression by Newton's method, drawn to `prior` with the force of `trust`.

    The constant is drawn least: how hard the questions are differs between knowledge bases.
    """
    force = np.full(len(prior), trust, dtype=np.float32)
    force[0] = trust / 10
    found = prior.copy()
    for _ in range(_NEWTON_STEPS):
        likely = _logistic(rows @ found)
        slope = rows.T @ (weights * (wanted - likely)) - force * (found - prior)
        curvature = (rows * (weights * likely * (1 - likely))[:, None]).T @ rows + np.diag(force)
        found = (found + np.clip(np.linalg.solve(curvature, slope), -2, 2)).astype(np.float32)
    return found


def _logistic(odds: Floats) -> Floats:
    return cast(Floats, 1 / (1 + np.exp(-np.clip(odds, -30, 30))))
