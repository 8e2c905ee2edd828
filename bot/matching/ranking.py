"""Ranks the topics of a knowledge base by how well a text fits their phrasings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.features import Floats, Ints, Space, Text
from bot.matching.index import Index
from bot.matching.prototypes import Centre, Prototypes, softmax


@dataclass(frozen=True, slots=True)
class Ranking:
    """Topic numbers and what speaks for them."""

    order: Sequence[int]  # topic numbers, best first
    scores: Floats  # by topic number
    shares: Floats  # softmax of the scores, by topic number
    similarities: Floats  # cosine, by phrasing number


@dataclass(frozen=True, slots=True)
class Ranker:
    """Topics are numbers here: `topics[i]` is the topic of phrasing number i."""

    space: Space
    index: Index
    centre: Centre
    prototypes: Prototypes
    topics: Ints

    def rank(self, text: Text) -> Ranking:
        """The ranking of all topics for a text."""
        return self.ranked(self.index.similarities(self.space.vector(text)))

    def ranked(self, similarities: Floats) -> Ranking:
        """The ranking of all topics, given the cosines with the phrasings."""
        scores = self.prototypes.scores(self.centre.moved(similarities))
        order = np.argsort(-scores, kind="stable")
        return Ranking(order.tolist(), scores, softmax(self.prototypes.scale * scores), similarities)

    def phrasings(self, topic: int) -> Ints:
        """The numbers of a topic's phrasings, which follow one another."""
        first, end = np.searchsorted(self.topics, (topic, topic + 1))
        return np.arange(first, end, dtype=np.int32)

    def nearest(self, topic: int, similarities: Floats) -> tuple[int, float]:
        """The phrasing of a topic that is nearest, and its cosine."""
        own = self.phrasings(topic)
        best = int(own[np.argmax(similarities[own])])
        return best, float(similarities[best])
