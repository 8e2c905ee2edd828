"""An inverted index tells how similar a question is to the phrasings."""

import numpy as np

from bot.matching.arrays import Floats, Ints
from bot.matching.space import Rows, Vector

_ALL_UP_TO = 6_000
"""Phrasings that are all compared with a question."""
_TELLING = 0.01
"""Of more phrasings, a feature that is in a greater share does not choose which ones are compared."""
_ROWS_AT_ONCE = 5_000
_CHOSEN, _NEAR = 100, 0.2
"""So many are compared, if they share at least this part of what the nearest one shares."""


class Index:
    """Feature → the phrasings that hold it, for phrasings with the vectors `rows`."""

    def __init__(self, rows: Rows, features: int) -> None:
        self.size = len(rows)
        self.phrasings_with = np.bincount(rows.ids, minlength=features).astype(np.int32)
        self._starts = np.concatenate([[0], np.cumsum(self.phrasings_with)])
        order = np.argsort(rows.ids, kind="stable")
        self._weights = rows.weights[order]
        self._phrasings = np.repeat(np.arange(self.size, dtype=np.int32), np.diff(rows.starts))[order]
        del order  # it is the largest array
        self._rows = rows
        self._centre = (np.bincount(rows.ids, rows.weights, minlength=features) / self.size).astype(
            np.float32
        )
        parts = np.array_split(np.arange(self.size, dtype=np.int32), self.size // _ROWS_AT_ONCE + 1)
        self.means = np.concatenate([self._sums_of_rows(part, self._centre) for part in parts])

    def mean(self, vector: Vector) -> float:
        """The mean of the cosines with all phrasings; `means` are those of the phrasings themselves."""
        return float(self._centre[vector.ids] @ vector.weights)

    def similarities(self, vector: Vector) -> Floats:
        """The cosine with each phrasing."""
        return self._products(vector.ids, vector.weights)

    def some_similarities(self, vector: Vector, phrasings: Ints) -> Floats:
        """The cosine with each of some phrasings."""
        asked = np.zeros(len(self.phrasings_with), dtype=np.float32)
        asked[vector.ids] = vector.weights
        return self._sums_of_rows(phrasings, asked)

    def chosen(self, vector: Vector) -> Ints | None:
        """The numbers of phrasings that are worth comparing, in ascending order; None when all are."""
        if self.size <= _ALL_UP_TO:
            return None
        telling = self.phrasings_with[vector.ids] <= _TELLING * self.size
        roughly = self._products(vector.ids[telling], vector.weights[telling])
        near = np.flatnonzero(roughly > _NEAR * roughly.max())
        best = near[np.argsort(roughly[near])[-_CHOSEN:]]
        return np.sort(best).astype(np.int32)

    def _products(self, ids: Ints, weights: Floats) -> Floats:
        lengths = self.phrasings_with[ids]
        places = _ranges(self._starts[ids], lengths)
        products = self._weights[places] * np.repeat(weights, lengths)
        return np.bincount(self._phrasings[places], products, minlength=self.size).astype(np.float32)

    def _sums_of_rows(self, phrasings: Ints, asked: Floats) -> Floats:
        lengths = np.diff(self._rows.starts)[phrasings]
        places = _ranges(self._rows.starts[phrasings], lengths)
        products = self._rows.weights[places] * asked[self._rows.ids[places]]
        owner = np.repeat(np.arange(len(phrasings), dtype=np.int32), lengths)
        return np.bincount(owner, products, minlength=len(phrasings)).astype(np.float32)


def _ranges(starts: Ints, lengths: Ints) -> Ints:
    """The numbers from each start on, as many as its length, in one row."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return (np.arange(total) + np.repeat(starts - ends + lengths, lengths)).astype(np.int32)
