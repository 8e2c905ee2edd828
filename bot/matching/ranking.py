"""Ranks the topics of a knowledge base by how well a text fits their phrasings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.features import Floats, Ints, Space, Synonyms, Text
from bot.matching.score import SCALE, TRAINED_UP_TO, Index, centroids, softmax, train


@dataclass(frozen=True, slots=True)
class Ranking:
    """Topic numbers and what speaks for them."""

    order: Ints  # topic numbers, best first
    scores: Floats  # by topic number
    shares: Floats  # softmax of the scores, by topic number
    similarities: Floats  # cosine, by phrasing number


class Ranker:
    """Topics are numbers here: `topics[i]` is the topic of the phrasing `texts[i]`."""

    def __init__(self, texts: Sequence[Text], topics: Sequence[int], synonyms: Synonyms) -> None:
        self._space = Space(texts, topics, synonyms)
        vectors = [self._space.vector(text) for text in texts]
        self._index = Index(vectors, self._space.size)
        self._topics = np.array(topics, dtype=np.int32)
        kernel = np.array([self._index.similarities(vector) for vector in vectors], dtype=np.float32)
        kernel = kernel.reshape(len(texts), len(texts))
        weights = centroids(kernel, self._topics, len(set(topics)))
        self._weights = train(kernel, self._topics, weights) if 0 < len(texts) <= TRAINED_UP_TO else weights

    def rank(self, text: Text) -> Ranking:
        """The ranking of all topics for a text."""
        similarities = self._index.similarities(self._space.vector(text))
        scores = self._weights @ similarities
        order = np.argsort(-scores, kind="stable").astype(np.int32)
        return Ranking(order, scores, softmax(SCALE * scores), similarities)

    def nearest(self, topic: int, similarities: Floats) -> tuple[int, float]:
        """The phrasing of a topic that is nearest, and its cosine."""
        own = np.flatnonzero(self._topics == topic)
        best = int(own[np.argmax(similarities[own])])
        return best, float(similarities[best])
