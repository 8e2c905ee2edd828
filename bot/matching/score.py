"""Vectors of phrasings, and one trained prototype a topic, score a question's vector."""

from collections.abc import Sequence
from typing import cast

import numpy as np

from bot.matching.features import Floats, Ints, Vector

SCALE = 20.0
"""Similarity → logit."""
STEPS, STEP, MOMENTUM = 30, 0.02, 0.9
"""Gradient descent from the centroids."""
TRAINED_UP_TO = 3000
"""More phrasings than this are not trained: the cost grows with their square."""


class Index:
    """An inverted index: feature → the phrasings that hold it."""

    def __init__(self, vectors: Sequence[Vector], features: int) -> None:
        self.size = len(vectors)
        ids = np.concatenate([np.empty(0, np.int32), *(vector.ids for vector in vectors)])
        weights = np.concatenate([np.empty(0, np.float32), *(vector.weights for vector in vectors)])
        rows = np.repeat(np.arange(self.size, dtype=np.int32), [len(vector.ids) for vector in vectors])
        order = np.argsort(ids, kind="stable")
        self._rows, self._weights = rows[order], weights[order]
        self._starts = np.searchsorted(ids[order], np.arange(features + 1)).astype(np.int64)

    def similarities(self, vector: Vector) -> Floats:
        """The cosine with each phrasing."""
        starts = self._starts[vector.ids]
        lengths = self._starts[vector.ids + 1] - starts
        total = int(lengths.sum())
        ends = np.cumsum(lengths)
        places = np.arange(total) + np.repeat(starts - ends + lengths, lengths)
        products = self._weights[places] * np.repeat(vector.weights, lengths)
        return np.bincount(self._rows[places], products, minlength=self.size).astype(np.float32)


def centroids(kernel: Floats, topics: Ints, count: int) -> Floats:
    """The unit-length mean of each topic's phrasings, as a weight of each phrasing (topics × phrasings)."""
    members: Floats = np.zeros((count, len(topics)), dtype=np.float32)
    members[topics, np.arange(len(topics))] = 1
    lengths = np.sqrt(np.einsum("tp,pq,tq->t", members, kernel, members, optimize=True))
    return cast(Floats, members / np.maximum(lengths, 1e-6)[:, None])


def softmax(logits: Floats) -> Floats:
    """Shares that sum to 1 along the last axis."""
    grown = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return cast(Floats, grown / grown.sum(axis=-1, keepdims=True))


def train(kernel: Floats, topics: Ints, start: Floats) -> Floats:
    """The prototypes moved by softmax regression so that each phrasing prefers its own topic.

    Every topic weighs the same, however many phrasings it has.
    """
    phrasings = len(topics)
    wanted = np.zeros((phrasings, start.shape[0]), dtype=np.float32)
    wanted[np.arange(phrasings), topics] = 1
    balance = 1 / np.bincount(topics, minlength=start.shape[0])[topics]
    balance *= phrasings / balance.sum()
    weights: Floats = start.copy()
    motion = np.zeros_like(start)
    for _ in range(STEPS):
        error = (wanted - softmax(SCALE * (kernel @ weights.T))) * balance[:, None].astype(np.float32)
        motion = MOMENTUM * motion + STEP * error.T
        weights += motion
    return weights
