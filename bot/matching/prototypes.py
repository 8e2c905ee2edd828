"""One prototype a topic: a weighted sum of phrasings, so that each phrasing prefers its own topic."""

import math
from collections.abc import Sequence
from typing import cast

import numpy as np

from bot.matching.features import Bools, Floats, Ints

STEEPNESS = 32.0
"""Score → logit, over the root of the phrasings that a topic usually has in a language: with many of them
the scores are far apart anyway.
"""
STEPS, STEP, MOMENTUM = 12, 0.05, 0.9
"""Gradient descent from the centroids."""
SIZE_PENALTY = 0.15
"""Power of a topic's number of phrasings by which its prototype is shortened: else it would win by number."""


def softmax(logits: Floats) -> Floats:
    """Shares that sum to 1 along the last axis."""
    grown = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return cast(Floats, grown / grown.sum(axis=-1, keepdims=True))


class Centre:
    """Moves the origin of the space to the mean of the phrasings, in terms of cosines."""

    def __init__(self, mean: Floats) -> None:
        self._mean = mean  # of the cosines of all phrasings with each one
        self._mean_of_mean = float(mean.mean())

    def moved(self, similarities: Floats) -> Floats:
        """The products with the phrasings as seen from the new origin; one row a question."""
        offsets = similarities.mean(axis=-1, keepdims=True) - self._mean_of_mean
        return cast(Floats, similarities - self._mean - offsets)


class Prototypes:
    """`kernel` holds the products between all phrasings, `topics` the topic number of each and `languages`
    its language. Only the phrasings in `kept` are used.
    """

    def __init__(self, kernel: Floats, topics: Ints, languages: Sequence[str], kept: Bools) -> None:
        members: Floats = np.zeros((int(topics.max()) + 1, len(topics)), dtype=np.float32)
        members[topics[kept], np.flatnonzero(kept)] = 1
        sums = kernel @ members.T
        counts = members.sum(axis=1)
        squares = np.einsum("pt,tp->t", sums, members)
        lengths = np.sqrt(np.maximum(squares, 1e-6)) * (np.maximum(counts, 1) / counts.mean()) ** SIZE_PENALTY
        self._weights = members / lengths[:, None].astype(np.float32)
        usual = len(languages) / len(set(zip(topics.tolist(), languages, strict=True)))
        self.scale = STEEPNESS / math.sqrt(min(max(usual, 3), 10))
        logits = self.scale * sums / lengths
        balance = (counts.mean() / np.maximum(counts, 1))[topics].astype(np.float32)
        for language in dict.fromkeys(languages):
            rows = np.flatnonzero(kept & (np.array(languages) == language))
            self._weights[:, rows] += _trained(
                self.scale * kernel[np.ix_(rows, rows)], logits[rows], members[:, rows].T, balance[rows]
            )

    def scores(self, products: Floats) -> Floats:
        """The score of each topic, given a question's products with the phrasings."""
        return cast(Floats, self._weights @ products)


def _trained(kernel: Floats, logits: Floats, wanted: Floats, balance: Floats) -> Floats:
    """What softmax regression adds to the weights (topics × phrasings), starting from `logits`.

    `kernel` is scaled as the logits are. A language is trained by itself: phrasings in other languages add little and cost much.
    """
    weights: Floats = np.zeros((wanted.shape[1], len(kernel)), dtype=np.float32)
    motion = np.zeros_like(weights)
    for _ in range(STEPS):
        error = (wanted - softmax(logits + kernel @ weights.T)) * balance[:, None]
        motion = MOMENTUM * motion + STEP * error.T
        weights += motion
    return weights


class Centroids:
    """Untrained prototypes for knowledge bases that are too big to train, in the same words.

    `own` holds the sum of each phrasing's products with the phrasings of its own topic.
    """

    def __init__(self, own: Floats, topics: Ints) -> None:
        counts = np.bincount(topics)
        squares = np.bincount(topics, own)
        lengths = np.sqrt(np.maximum(squares, 1e-6)) * (counts / counts.mean()) ** SIZE_PENALTY
        self._topics = topics
        self._weights = (1 / lengths)[topics].astype(np.float32)

    def scores(self, products: Floats) -> Floats:
        """The score of each topic, given a question's products with the phrasings."""
        return np.bincount(self._topics, products * self._weights).astype(np.float32)
