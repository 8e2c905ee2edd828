"""Signs become a confidence: how often a match that looks like this one is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from bot.matching.features import Floats
from bot.matching.signs import Signs

RIGHT = (-0.5, -3.9, 6.5, 0.7, 0.0, 2.0, 0.85)
"""Weights of `Signs.row` for 'the first match is right', fitted by `bench fit`."""
AMONG_THREE = (-0.5, -3.9, 6.5, 0.7, 0.0, 2.0, 0.85)
"""The same for 'the right topic is among the first three matches'."""
_TRUST = 30.0
"""How many trials the fitted weights are worth when they are adapted to a knowledge base."""
_NEWTON_STEPS = 12


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

    def confidence(self, signs: Signs) -> tuple[float, float]:
        """How often the first match is right, and how often one of the first three (0–1)."""
        row = signs.row()
        right = float(_logistic(row @ self.right))
        return right, max(right, float(_logistic(row @ self.among_three)))


def calibrated(trials: Sequence[Trial]) -> Calibration:
    """The bundled weights, adapted to the trials of a knowledge base."""
    if not trials:
        return Calibration(np.array(RIGHT, dtype=np.float32), np.array(AMONG_THREE, dtype=np.float32))
    rows = np.array([trial.signs.row() for trial in trials])
    weights = np.array([trial.weight for trial in trials])
    right = np.array([trial.right for trial in trials], dtype=np.float32)
    among_three = np.array([trial.among_three for trial in trials], dtype=np.float32)
    return Calibration(
        fitted(rows, right, weights, np.array(RIGHT, dtype=np.float32), _TRUST),
        fitted(rows, among_three, weights, np.array(AMONG_THREE, dtype=np.float32), _TRUST),
    )


def fitted(rows: Floats, wanted: Floats, weights: Floats, prior: Floats, trust: float) -> Floats:
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
