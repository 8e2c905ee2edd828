"""How alike texts are in meaning: an encoder's vectors beside words and letters."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import cast

import numpy as np

from bot.matching.arrays import Floats, Ints
from bot.matching.features import Text
from bot.matching.index import Index
from bot.matching.space import SHARE, Vector

Encoded = Mapping[str, Floats]
"""Text → its vector of length 1, as an encoder gives it."""
NOTHING_ENCODED: Encoded = MappingProxyType({})
CALM = 6.0
"""How much of what differs within topics is taken for chance; the more, the less it is shrunk."""
FRAGILE = 0.5
"""Part of the share of meaning that is lost when every word was corrected: encoders read misspelled words
badly.
"""


class Meanings:
    """The meaning of each phrasing, from an encoder's vectors, a row each, and the topic of each."""

    def __init__(self, encoded: Floats, topics: Ints) -> None:
        self._mean = encoded.mean(axis=0)
        self._evening = _evening(encoded, topics)
        self.rows = self._seen(encoded)

    @classmethod
    def of(cls, texts: Sequence[str], topics: Sequence[int], encoded: Encoded) -> "Meanings":
        """The meaning of texts, whose topic numbers ascend. Raises KeyError when a vector is missing."""
        rows = np.array([encoded[text] for text in texts], dtype=np.float32)
        return cls(rows, np.array(topics, dtype=np.int32))

    def of_question(self, text: Text, encoded: Floats) -> tuple[Floats, float]:
        """What a question means, and the share that it has in the question's similarities."""
        corrected = sum(likeness < 1 for likeness in text.likeness) / max(1, len(text.likeness))
        return self._seen(encoded), SHARE * (1 - FRAGILE * corrected)

    def _seen(self, encoded: Floats) -> Floats:
        """Vectors as seen from the mean of the phrasings: what all texts share is no likeness."""
        moved = (encoded - self._mean) @ self._evening
        return cast(Floats, moved / np.maximum(np.linalg.norm(moved, axis=-1, keepdims=True), 1e-6))


def _evening(encoded: Floats, topics: Ints) -> Floats:
    """A map that shrinks the directions in which phrasings of one topic differ, such as their language.

    It is the inverse root of the covariance within topics, as in linear discriminant analysis, with
    `CALM` times its mean variance added in every direction, since phrasings are few.
    """
    middles = np.add.reduceat(encoded, np.searchsorted(topics, np.unique(topics)), dtype=np.float64)
    sizes = np.bincount(topics)
    apart = encoded - (middles / sizes[sizes > 0, None])[np.unique(topics, return_inverse=True)[1]]
    covariance = apart.T @ apart
    variance = max(float(np.trace(covariance)) / len(covariance), 1e-9)
    root = np.linalg.cholesky(covariance / variance + CALM * np.eye(len(covariance)))
    return cast(Floats, np.linalg.inv(root).T.astype(np.float32))


class MixedIndex:
    """Used in the place of an `Index` to compare meaning too, where all phrasings are compared."""

    def __init__(self, index: Index, meanings: Meanings) -> None:
        self.letters = index
        self._rows = meanings.rows
        self._middle: Floats = meanings.rows.mean(axis=0)
        self.means = _mixed(index.means, self._rows @ self._middle, SHARE)

    def mean(self, vector: Vector) -> float:
        """The mean of the similarities with all phrasings; `means` are those of the phrasings themselves."""
        letters = self.letters.mean(vector)
        if vector.meaning is None:
            return letters
        return (1 - vector.share) * letters + vector.share * float(self._middle @ vector.meaning)

    def __len__(self) -> int:
        return len(self.letters)

    def holders(self, features: Ints) -> Ints:
        """How many phrasings hold each of some features of letters."""
        return self.letters.holders(features)

    def chosen(self, vector: Vector) -> None:
        """All phrasings are compared."""

    def some_similarities(self, vector: Vector, phrasings: Ints) -> Floats:
        """The similarity with each of some phrasings."""
        return self.similarities(vector)[phrasings]

    def similarities(self, vector: Vector) -> Floats:
        """The similarity with each phrasing."""
        letters = self.letters.similarities(vector)
        if vector.meaning is None:
            return letters
        return _mixed(letters, self._rows @ vector.meaning, vector.share)


def _mixed(letters: Floats, meaning: Floats, share: float) -> Floats:
    return cast(Floats, np.float32(1 - share) * letters + np.float32(share) * meaning)
