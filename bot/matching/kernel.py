"""The products between all phrasings of a small base, for training."""

from collections.abc import Sized

import numpy as np
import numpy.typing as npt

from bot.matching.arrays import Floats, Ints
from bot.matching.index import Index
from bot.matching.meaning import MixedIndex
from bot.matching.space import Rows

_MOST = 5_000
"""Phrasings that are trained: time and memory grow with the square."""
_ROWS_AT_ONCE = 500


def is_small(phrasings: Sized) -> bool:
    """Whether a base with these phrasings is small enough for a kernel."""
    return len(phrasings) <= _MOST


class Kernel:
    """Products in a space whose origin is the mean of the phrasings: what all share is no likeness."""

    def __init__(self, index: Index | MixedIndex, rows: Rows) -> None:
        self._cosines: npt.NDArray[np.float16] = np.empty((len(rows), len(rows)), dtype=np.float16)
        for number in range(len(rows)):
            self._cosines[number] = index.similarities(rows[number])
        self._means = index.means

    def between(self, some: Ints, others: Ints) -> Floats:
        """The products of some phrasings with others (some × others)."""
        products = np.empty((len(some), len(others)), dtype=np.float32)
        middle = self._means[others] - self._means.mean()
        for row, number in zip(products, some, strict=True):  # all at once needs twice the memory
            row[:] = self._cosines[number, others] - (self._means[number] + middle)
        return products

    def sums(self, members: Floats) -> Floats:
        """The summed products of each phrasing with the members (topics × phrasings) of each topic."""
        numbers = np.arange(len(self._cosines), dtype=np.int32)
        parts = np.array_split(numbers, len(numbers) // _ROWS_AT_ONCE + 1)
        return np.concatenate([self.between(part, numbers) @ members.T for part in parts])
