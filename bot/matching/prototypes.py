"""One prototype a topic: a weighted sum of phrasings, so that each phrasing prefers its own topic."""

import math
from collections.abc import Iterator, Sequence
from typing import Protocol, cast

import numpy as np

from bot.matching.arrays import Bools, Floats, Ints
from bot.matching.kernel import Kernel
from bot.matching.space import Rows, spans

STEEPNESS = 32.0
"""Score → logit, over the root of the phrasings that a topic usually has in a language: with many of them
the scores are far apart anyway.
"""
STEPS, STEP, MOMENTUM = 12, 0.05, 0.9
"""Gradient descent from the centroids."""
SIZE_PENALTY = 0.15
"""Power of a topic's number of phrasings by which its prototype is shortened: else it would win by number."""


class Prototypes(Protocol):
    """Scores topics by a question's products with phrasings (see `Kernel`)."""

    scale: float  # score → logit

    def scores(self, phrasings: Ints, products: Floats) -> tuple[Ints, Floats]:
        """Topic numbers, and the score of each."""


class Trained:
    """Prototypes of a small base, which is always compared with all its phrasings.

    Only the phrasings in `kept` are used; topics and languages are those of each phrasing.
    """

    def __init__(self, kernel: Kernel, topics: Ints, languages: Sequence[str], kept: Bools) -> None:
        members: Floats = np.zeros((int(topics[-1]) + 1, len(topics)), dtype=np.float32)
        members[topics[kept], np.flatnonzero(kept)] = 1
        sums, counts = kernel.sums(members), members.sum(axis=1)
        lengths = _lengths(np.einsum("pt,tp->t", sums, members), counts)
        self.scale = scale_of(topics, languages)
        self._topics = np.arange(len(members), dtype=np.int32)
        self._weights = members / lengths[:, None]
        logits = self.scale * sums / lengths
        balance = (counts.mean() / np.maximum(counts, 1))[topics].astype(np.float32)
        for rows in _by_language(languages, kept):
            block = self.scale * kernel.between(rows, rows)
            self._weights[:, rows] += _descended(block, logits[rows], members[:, rows].T, balance[rows])

    def scores(self, phrasings: Ints, products: Floats) -> tuple[Ints, Floats]:  # noqa: ARG002 - they are all
        """All topics, and the score of each."""
        return self._topics, cast(Floats, self._weights @ products)


class Centroids:
    """Untrained prototypes of a base that is too big to train: `means` are those of `Index`."""

    def __init__(self, rows: Rows, topics: Ints, languages: Sequence[str], means: Floats) -> None:
        sizes = np.bincount(topics).astype(np.float32)
        squares = np.array([_square(rows, span) for span in spans(topics)], dtype=np.float32)
        squares += sizes**2 * means.mean() - 2 * sizes * np.bincount(topics, means)
        self.scale = scale_of(topics, languages)
        self._topics = topics
        self._lengths = _lengths(squares, sizes)

    def scores(self, phrasings: Ints, products: Floats) -> tuple[Ints, Floats]:
        """The topics of `phrasings`, all of whose phrasings must be given, and the score of each."""
        topics, places = np.unique(self._topics[phrasings], return_inverse=True)
        return topics, (np.bincount(places, products) / self._lengths[topics]).astype(np.float32)


def scale_of(topics: Ints, languages: Sequence[str]) -> float:
    """Score → logit."""
    usual = len(languages) / len(set(zip(topics.tolist(), languages, strict=True)))
    return STEEPNESS / math.sqrt(min(max(usual, 3), 10))


def softmax(logits: Floats) -> Floats:
    """Shares that sum to 1 along the last axis."""
    grown = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return cast(Floats, grown / grown.sum(axis=-1, keepdims=True))


def _square(rows: Rows, span: tuple[int, int]) -> float:
    """The squared length of the sum of some vectors."""
    part = slice(*rows.starts[list(span)])
    ids, places = np.unique(rows.ids[part], return_inverse=True)
    summed = np.bincount(places, rows.weights[part], minlength=len(ids))
    return float(summed @ summed)


def _lengths(squares: Floats, counts: Floats) -> Floats:
    """The lengths of sums of so many phrasings, with the penalty for their number."""
    usual = np.maximum(counts, 1) / max(float(counts.mean()), 1e-6)
    return cast(Floats, (np.sqrt(np.maximum(squares, 1e-6)) * usual**SIZE_PENALTY).astype(np.float32))


def _by_language(languages: Sequence[str], kept: Bools) -> Iterator[Ints]:
    names = np.array(languages)
    for name in dict.fromkeys(languages):
        yield np.flatnonzero(kept & (names == name)).astype(np.int32)


def _descended(kernel: Floats, logits: Floats, wanted: Floats, balance: Floats) -> Floats:
    """What softmax regression adds to the weights (topics × phrasings), starting from `logits`.

    `kernel` is scaled as the logits are. A language is trained by itself: phrasings in other languages add
    little and cost much. Every topic weighs the same, however many phrasings it has.
    """
    weights: Floats = np.zeros((wanted.shape[1], len(kernel)), dtype=np.float32)
    motion = np.zeros_like(weights)
    for _ in range(STEPS):
        error = (wanted - softmax(logits + kernel @ weights.T)) * balance[:, None]
        motion = MOMENTUM * motion + STEP * error.T
        weights += motion
    return weights
