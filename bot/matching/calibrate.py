"""Scores become a confidence: how often a match that looks like this one is right."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

Signs = Mapping[str, float]
"""What speaks for a match, each between 0 and 1: see `matcher.signs`."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression over signs. The constants come from `bench fit`."""

    constant: float
    weights: Mapping[str, float]

    def probability(self, signs: Signs) -> float:
        """How often matches with such signs are right (0–1)."""
        odds = self.constant + sum(weight * signs[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


RIGHT = Logistic(
    -4.14,
    {"score": -0.17, "margin": 6.77, "share": 2.72, "nearest": -0.55, "known": 0.06, "sorted": 4.46},
)
"""The first match is right."""
AMONG_THREE = Logistic(
    -3.66,
    {"score": 2.83, "margin": 0.51, "share": 2.82, "nearest": 0.54, "known": -0.13, "sorted": 3.91},
)
"""The right topic is among the first three matches."""
