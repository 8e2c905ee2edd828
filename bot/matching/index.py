"""An inverted index tells how similar a question is to each phrasing."""

from collections.abc import Sequence

import numpy as np

from bot.matching.features import Floats, Vector


class Index:
    """Feature → the phrasings that hold it."""

    def __init__(self, vectors: Sequence[Vector], features: int) -> None:
        self.size = len(vectors)
        ids = np.concatenate([vector.ids for vector in vectors])
        weights = np.concatenate([vector.weights for vector in vectors])
        rows = np.repeat(np.arange(self.size, dtype=np.int32), [len(vector.ids) for vector in vectors])
        order = np.argsort(ids, kind="stable")
        self._rows, self._weights = rows[order], weights[order]
        self.phrasings_with = np.bincount(ids, minlength=features)
        self._starts = np.concatenate([[0], np.cumsum(self.phrasings_with)])

    def kernel(self, vectors: Sequence[Vector]) -> Floats:
        """The cosines between all phrasings."""
        return np.array([self.similarities(vector) for vector in vectors], dtype=np.float32)

    def similarities(self, vector: Vector) -> Floats:
        """The cosine with each phrasing."""
        starts, lengths = self._starts[vector.ids], self.phrasings_with[vector.ids]
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + lengths, lengths)
        products = self._weights[places] * np.repeat(vector.weights, lengths)
        return np.bincount(self._rows[places], products, minlength=self.size).astype(np.float32)
