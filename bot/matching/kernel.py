"""The products between all phrasings of a small base, for training."""

import numpy as np
import numpy.typing as npt

from bot.matching.arrays import Floats
from bot.matching.index import ALL_UP_TO, Index
from bot.matching.meaning import MixedIndex
from bot.matching.space import Rows

_ROWS_AT_ONCE = 500
_MOST_PRODUCTS = 25_000_000_000
"""Of phrasings × phrasings × topics, in each step of the training: a minute on one core."""


def is_small(phrasings: int, topics: int) -> bool:
    """Whether a base with so many phrasings and topics is small enough to be trained."""
    return phrasings <= ALL_UP_TO and phrasings**2 * topics <= _MOST_PRODUCTS


class Kernel:
    """Products in a space whose origin is the mean of the phrasings: what all share is no likeness."""

    def __init__(self, index: Index | MixedIndex, rows: Rows) -> None:
        self._cosines: npt.NDArray[np.float16] = np.empty((len(rows), len(rows)), dtype=np.float16)
        for number in range(len(rows)):
            self._cosines[number] = index.similarities(rows[number])
        self._means = index.means

    def sums(self, weights: Floats) -> Floats:
        """The products of each phrasing with weighted sums of phrasings (topics × phrasings), one a topic."""
        parts = np.array_split(np.arange(len(self._cosines)), len(self._cosines) // _ROWS_AT_ONCE + 1)
        sums = np.concatenate([self._cosines[part].astype(np.float32) @ weights.T for part in parts])
        sums -= np.outer(self._means, weights.sum(axis=1))
        sums -= weights @ (self._means - self._means.mean())
        return sums
