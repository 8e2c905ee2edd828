"""One prototype a topic: a weighted sum of phrasings, so that each phrasing prefers its own topic."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
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

    @property
    def scale(self) -> float:
        """Score → logit."""

    def scores(self, topics: Ints, products: Floats) -> tuple[Ints, Floats]:
        """Topic numbers and their scores, from a question's products with phrasings of these topics."""


@dataclass(frozen=True, slots=True)
class Trained:
    """Prototypes of a small base, which is always compared with all its phrasings."""

    weights: Floats  # topics × phrasings
    scale: float

    @classmethod
    def of(cls, kernel: Kernel, topics: Ints, languages: Sequence[str], kept: Bools) -> "Trained":
        """Trained with the phrasings in `kept`; topics and languages are those of each phrasing."""
        members: Floats = np.zeros((int(topics[-1]) + 1, len(topics)), dtype=np.float32)
        members[topics[kept], np.flatnonzero(kept)] = 1
        sums, counts = kernel.sums(members), members.sum(axis=1)
        lengths = _lengths(np.einsum("pt,tp->t", sums, members), counts)
        scale = _scale(topics, languages)
        weights = members / lengths[:, None]
        balance = (kept * (counts.mean() / np.maximum(counts, 1))[topics]).astype(np.float32)
        weights += _descended(kernel, scale, scale * sums / lengths, members.T, balance)
        return cls(weights, scale)

    def scores(self, topics: Ints, products: Floats) -> tuple[Ints, Floats]:  # noqa: ARG002 - all are scored
        """All topics, and the score of each."""
        # Not `@`, which wakes threads for it: on a busy machine they cost more than the product itself.
        scores = np.einsum("tp,p->t", self.weights, products)
        return np.arange(len(self.weights), dtype=np.int32), cast(Floats, scores)


@dataclass(frozen=True, slots=True)
class Centroids:
    """Untrained prototypes of a base that is too big to train."""

    lengths: Floats  # of the sum of each topic's phrasings
    scale: float

    @classmethod
    def of(cls, rows: Rows, topics: Ints, languages: Sequence[str], means: Floats) -> "Centroids":
        """Of phrasings with the vectors `rows`; `means` are those of `Index`."""
        sizes = np.bincount(topics).astype(np.float32)
        squares = np.array([_square(rows, span) for span in spans(topics)], dtype=np.float32)
        squares += sizes**2 * means.mean() - 2 * sizes * np.bincount(topics, means)
        return cls(_lengths(squares, sizes), _scale(topics, languages))

    def scores(self, topics: Ints, products: Floats) -> tuple[Ints, Floats]:
        """The topics, of which all phrasings must be given, and the score of each."""
        found, places = np.unique(topics, return_inverse=True)
        return found, (np.bincount(places, products) / self.lengths[found]).astype(np.float32)


def _scale(topics: Ints, languages: Sequence[str]) -> float:
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


def _descended(kernel: Kernel, scale: float, logits: Floats, wanted: Floats, balance: Floats) -> Floats:
    """What softmax regression adds to the weights (topics × phrasings), starting from `logits`.

    Every topic weighs the same, however many phrasings it has; a phrasing without balance is not learned.
    """
    weights: Floats = np.zeros_like(wanted.T)
    motion = np.zeros_like(weights)
    for _ in range(STEPS):
        error = (wanted - softmax(logits + np.float32(scale) * kernel.sums(weights))) * balance[:, None]
        motion = np.float32(MOMENTUM) * motion + np.float32(STEP) * error.T
        weights += motion
    return weights
