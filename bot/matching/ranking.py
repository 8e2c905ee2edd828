"""Ranks the topics of a knowledge base by how well a text fits their phrasings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.matching.arrays import Bools, Floats, Ints
from bot.matching.features import Text
from bot.matching.index import Index
from bot.matching.meaning import Meanings, MixedIndex
from bot.matching.prototypes import Prototypes, softmax
from bot.matching.space import Space, Vector

_MOST_TOPICS = 60


@dataclass(frozen=True, slots=True)
class Ranking:
    """Topic numbers and what speaks for them."""

    topics: Sequence[int]  # best first
    scores: Floats  # of these topics
    shares: Floats  # of these topics in the softmax over all scores
    phrasings: Ints  # that were compared, in ascending order
    similarities: Floats  # cosines with these phrasings


@dataclass(frozen=True, slots=True)
class Ranker:
    """Topics are numbers here: `of_phrasing[i]` is the topic of phrasing number i, in ascending order."""

    space: Space
    index: Index | MixedIndex
    prototypes: Prototypes
    of_phrasing: Ints
    meanings: Meanings | None = None

    def rank(self, text: Text, encoded: Floats | None = None) -> Ranking:
        """The ranking of the topics for a text; `encoded` is its vector, for a ranker that knows meanings."""
        vector = self.space.vector(text)
        if self.meanings and encoded is not None:
            meaning, share = self.meanings.of_question(text, encoded)
            vector = replace(vector, meaning=meaning, share=share)
        return self.rank_vector(vector)

    def rank_vector(self, vector: Vector, unwritten: Bools | None = None) -> Ranking:
        """The ranking of the topics for a vector, as if the phrasings in `unwritten` did not exist."""
        chosen = self.index.chosen(vector)
        if chosen is None:
            phrasings = np.arange(len(self.index), dtype=np.int32)
            similarities = self.index.similarities(vector)
        else:
            phrasings = self._with_their_topics(chosen)
            similarities = self.index.some_similarities(vector, phrasings)
        if unwritten is not None:
            similarities = np.where(unwritten[phrasings], np.float32(0), similarities)
        means = self.index.means
        products = similarities - means[phrasings] - (self.index.mean(vector) - float(means.mean()))
        topics, scores = self.prototypes.scores(self.of_phrasing[phrasings], products.astype(np.float32))
        shares = softmax(self.prototypes.scale * scores) if len(scores) else scores
        order = np.argsort(-scores, kind="stable")[:_MOST_TOPICS]
        return Ranking(topics[order].tolist(), scores[order], shares[order], phrasings, similarities)

    def _with_their_topics(self, phrasings: Ints) -> Ints:
        """All phrasings of the topics of some phrasings."""
        topics = np.unique(self.of_phrasing[phrasings])
        firsts, ends = np.searchsorted(self.of_phrasing, (topics, topics + 1))
        spans = [np.arange(first, end, dtype=np.int32) for first, end in zip(firsts, ends, strict=True)]
        return np.concatenate([np.empty(0, dtype=np.int32), *spans])

    def nearest(self, topic: int, ranking: Ranking) -> tuple[int, float, float]:
        """The phrasing of a topic that is nearest, its cosine, and the best cosine of any other topic."""
        own = np.searchsorted(ranking.phrasings, np.searchsorted(self.of_phrasing, (topic, topic + 1)))
        first, end = int(own[0]), int(own[1])
        similarities = ranking.similarities
        best = first + int(np.argmax(similarities[first:end]))
        others = max(similarities[:first].max(initial=0), similarities[end:].max(initial=0))
        return int(ranking.phrasings[best]), float(similarities[best]), float(others)
