"""A knowledge base is asked its own phrasings, as if they had never been written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from bot.matching.features import Bools, Floats, Ints, Vector
from bot.matching.prototypes import Prototypes
from bot.matching.ranking import Ranker, Ranking

_ONE_IN = 4
"""Of so many phrasings one is held out, less of a big base."""
_MOST = 400
"""Phrasings that are held out at most."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a held out phrasing was ranked as."""

    phrasing: int
    ranking: Ranking  # without the phrasing
    without_topic: Ranking  # without anything that is known of its topic


def rehearse(
    ranker: Ranker, vectors: Sequence[Vector], kernel: Floats, languages: Sequence[str]
) -> Iterator[Rehearsed]:
    """Holds out a part of the phrasings, trains with the others, and ranks each one that was held out."""
    held = _held_out(ranker.topics)
    trained = replace(ranker, prototypes=Prototypes(kernel, ranker.topics, languages, ~held))
    for number in np.flatnonzero(held).tolist():
        vector = vectors[number]
        unwritten = ranker.space.without(vector, ranker.index.phrasings_with[vector.ids] < 2)
        foreign = ranker.space.without(vector, ranker.space.topics_with[vector.ids] < 2)
        yield Rehearsed(
            number,
            trained.ranked(np.where(~held, ranker.index.similarities(unwritten), 0)),
            trained.ranked(np.where(~held, ranker.index.similarities(foreign), 0)),
        )


def _held_out(topics: Ints) -> Bools:
    """The second, sixth, tenth … phrasing of each topic."""
    places = np.arange(len(topics)) - np.searchsorted(topics, topics)
    every = max(_ONE_IN, len(topics) // _MOST)
    return cast(Bools, places % every == 1)
