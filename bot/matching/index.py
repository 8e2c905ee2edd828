"""An inverted index tells how similar a question is to the phrasings."""

from dataclasses import dataclass
from typing import cast

import numpy as np

from bot.matching.arrays import Floats, Ints
from bot.matching.space import Rows, Vector

ALL_UP_TO = 8_000
"""Phrasings that are all compared with a question, and trained together."""
_TELLING = 0.01
"""Of more phrasings, a feature that is in a greater share does not choose which ones are compared."""
_ROWS_AT_ONCE = 5_000
_CHOSEN, _NEAR = 100, 0.2
"""So many are compared, if they share at least this part of what the nearest one shares."""


@dataclass(frozen=True, slots=True)
class Index:
    """Feature → the phrasings that hold it: those of feature f are from `starts[f]` to `starts[f + 1]`."""

    starts: Ints
    phrasings: Ints
    weights: Floats
    centre: Floats  # the mean vector, by feature
    means: Floats  # of the cosines of all phrasings with each one
    rows: Rows | None  # the vectors of the phrasings, of a big base only

    @classmethod
    def of(cls, rows: Rows, features: int) -> "Index":
        """The index of phrasings with the vectors `rows`."""
        order = np.argsort(rows.ids, kind="stable")
        weights = rows.weights[order]
        phrasings = np.repeat(np.arange(len(rows), dtype=np.int32), np.diff(rows.starts))[order]
        del order  # it is the largest array
        starts = np.concatenate([[0], np.cumsum(np.bincount(rows.ids, minlength=features))]).astype(np.int32)
        centre = (np.bincount(rows.ids, rows.weights, minlength=features) / len(rows)).astype(np.float32)
        parts = np.array_split(np.arange(len(rows), dtype=np.int32), len(rows) // _ROWS_AT_ONCE + 1)
        means = np.concatenate([_sums_of_rows(rows, part, centre) for part in parts])
        return cls(starts, phrasings, weights, centre, means, rows if len(rows) > ALL_UP_TO else None)

    def __len__(self) -> int:
        return len(self.means)

    def holders(self, features: Ints) -> Ints:
        """How many phrasings hold each of some features."""
        return self.starts[features + 1] - self.starts[features]

    def mean(self, vector: Vector) -> float:
        """The mean of the cosines with all phrasings; `means` are those of the phrasings themselves."""
        return float(self.centre[vector.ids] @ vector.weights)

    def similarities(self, vector: Vector) -> Floats:
        """The cosine with each phrasing."""
        return self._products(vector.ids, vector.weights)

    def chosen(self, vector: Vector) -> Ints | None:
        """The numbers of phrasings that are worth comparing, in ascending order; None when all are."""
        if self.rows is None:
            return None
        telling = self.holders(vector.ids) <= _TELLING * len(self)
        roughly = self._products(vector.ids[telling], vector.weights[telling])
        near = np.flatnonzero(roughly > _NEAR * roughly.max())
        best = near[np.argsort(roughly[near])[-_CHOSEN:]]
        return np.sort(best).astype(np.int32)

    def some_similarities(self, vector: Vector, phrasings: Ints) -> Floats:
        """The cosine with each of some phrasings of a big base."""
        asked = np.zeros(len(self.centre), dtype=np.float32)
        asked[vector.ids] = vector.weights
        return _sums_of_rows(cast(Rows, self.rows), phrasings, asked)

    def _products(self, ids: Ints, weights: Floats) -> Floats:
        lengths = self.holders(ids)
        places = _ranges(self.starts[ids], lengths)
        products = self.weights[places] * np.repeat(weights, lengths)
        return np.bincount(self.phrasings[places], products, minlength=len(self)).astype(np.float32)


def _sums_of_rows(rows: Rows, numbers: Ints, asked: Floats) -> Floats:
    """The products of some rows with a vector that has a weight for every feature."""
    lengths = np.diff(rows.starts)[numbers]
    places = _ranges(rows.starts[numbers], lengths)
    products = rows.weights[places] * asked[rows.ids[places]]
    owner = np.repeat(np.arange(len(numbers), dtype=np.int32), lengths)
    return np.bincount(owner, products, minlength=len(numbers)).astype(np.float32)


def _ranges(starts: Ints, lengths: Ints) -> Ints:
    """The numbers from each start on, as many as its length, in one row."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return (np.arange(total) + np.repeat(starts - ends + lengths, lengths)).astype(np.int32)
