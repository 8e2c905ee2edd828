"""Texts become sparse vectors, in which rare features weigh more."""

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from bot.matching.arrays import Bools, Floats, Ints
from bot.matching.features import Counts, Text, group_counts, word_counts

WORDS_SHARE = 0.6
"""Share of words and pairs in a similarity; the rest is letter groups."""
SHARE = 0.6
"""Share of meaning in a similarity, where meaning is known; the rest is words and letters."""
UNKNOWN_WEIGHT = 1.5
"""How much more a feature counts that no phrasing has: it tells a question that is about something else."""


@dataclass(frozen=True, slots=True)
class Vector:
    """A sparse vector of length 1 at most: what the knowledge base does not know takes its share."""

    ids: Ints
    weights: Floats
    meaning: Floats | None = None  # of length 1, see `Meanings`
    share: float = 0.0  # of meaning in its similarities


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse vectors one behind the other: vector i is from `starts[i]` to `starts[i + 1]`."""

    starts: Ints
    ids: Ints
    weights: Floats
    meanings: Floats | None = None  # one row each

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> Vector:
        own = slice(self.starts[number], self.starts[number + 1])
        vector = Vector(self.ids[own], self.weights[own])
        return (
            vector if self.meanings is None else replace(vector, meaning=self.meanings[number], share=SHARE)
        )


class Space:
    """The features of one knowledge base: words and letter groups, each kind with its share of a vector."""

    def __init__(self, numbers: dict[str, int], topics_with: Ints, topics: int) -> None:
        self.numbers = numbers
        self.topics_with = topics_with  # of each feature
        self._is_group = np.fromiter((name[0] == "#" for name in numbers), np.bool_, len(numbers))
        self._idf: Floats = np.log((1 + topics) / (1 + topics_with)).astype(np.float32) + 1
        self._unknown_idf = UNKNOWN_WEIGHT * (math.log(1 + topics) + 1)

    @classmethod
    def of(cls, texts: Sequence[Text], topics: Ints) -> tuple["Space", Rows]:
        """The space of some phrasings, whose topic numbers are `topics`, and their vectors.

        A feature is as rare as the topics that hold it are few.
        """
        numbers: dict[str, int] = {}
        ids, counts, ends = array("i"), array("f"), array("i", [0])
        for text in texts:
            for counted in (word_counts(text), group_counts(text)):
                ids.extend([numbers.setdefault(name, len(numbers)) for name in counted])
                counts.extend(counted.values())
                ends.append(len(ids))
        columns, bounds = np.frombuffer(ids, dtype=np.int32), np.array(ends)
        topics_with = np.zeros(len(numbers), dtype=np.int32)
        for first, end in spans(topics):
            topics_with[np.unique(columns[bounds[2 * first] : bounds[2 * end]])] += 1
        space = cls(numbers, topics_with, int(topics[-1]) + 1)
        weights = _dampened(np.frombuffer(counts, dtype=np.float32))
        weights *= space._idf[columns]
        shares = np.tile(np.array([WORDS_SHARE, 1 - WORDS_SHARE], dtype=np.float32), len(texts))
        squares = np.add.reduceat(np.append(weights**2, np.float32(0)), bounds[:-1])
        weights *= np.repeat(np.sqrt(shares / np.maximum(squares, 1e-9)), np.diff(bounds))
        return space, Rows(bounds[::2].astype(np.int32), columns, weights)

    def __len__(self) -> int:
        return len(self.numbers)

    def vector(self, text: Text) -> Vector:
        """The features of a text; those that are unknown take their share of its length."""
        words = self._part(word_counts(text), WORDS_SHARE)
        groups = self._part(group_counts(text), 1 - WORDS_SHARE)
        return Vector(
            np.concatenate([words.ids, groups.ids]), np.concatenate([words.weights, groups.weights])
        )

    def _part(self, counts: Counts, share: float) -> Vector:
        numbers = self.numbers
        known = {numbers[name]: count for name, count in counts.items() if name in numbers}
        rest = [count for name, count in counts.items() if name not in numbers]
        ids = np.fromiter(known, np.int32, len(known))
        weights = _dampened(np.fromiter(known.values(), np.float32, len(known))) * self._idf[ids]
        unknown = _dampened(np.array(rest, dtype=np.float32)) * self._unknown_idf
        return Vector(ids, _scaled(weights, unknown, share))

    def without(self, vector: Vector, unknown: Bools) -> Vector:
        """The vector of a text as it would be if the features marked in `unknown` occurred nowhere."""
        parts = []
        is_group = self._is_group[vector.ids]
        for kind, share in ((~is_group, WORDS_SHARE), (is_group, 1 - WORDS_SHARE)):
            kept, lost = kind & ~unknown, kind & unknown
            rest = vector.weights[lost] / self._idf[vector.ids[lost]] * self._unknown_idf
            parts.append((vector.ids[kept], _scaled(vector.weights[kept], rest, share)))
        (ids, weights), (group_ids, group_weights) = parts
        ids, weights = np.concatenate([ids, group_ids]), np.concatenate([weights, group_weights])
        return replace(vector, ids=ids, weights=weights)


def spans(topics: Ints) -> Iterator[tuple[int, int]]:
    """The first phrasing of each topic, and the one after its last."""
    edges = np.flatnonzero(np.diff(topics, prepend=-1, append=-1)).tolist()
    return pairwise(edges)


def _dampened(counts: Floats) -> Floats:
    """1 + log tf, so that a repeated feature does not take over."""
    return np.where(counts > 1, 1 + np.log(np.maximum(counts, 1)), counts).astype(np.float32)


def _scaled(weights: Floats, unknown: Floats, share: float) -> Floats:
    length = math.sqrt(float(weights @ weights) + float(unknown @ unknown))
    return weights * np.float32(math.sqrt(share) / length) if length else weights
