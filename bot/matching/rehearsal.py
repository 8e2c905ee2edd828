"""A knowledge base is asked its own phrasings, as if they had never been written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from bot.matching.arrays import Bools, Ints
from bot.matching.ranking import Ranker, Ranking
from bot.matching.space import Rows

_ONE_IN = 4
"""Of so many phrasings one is held out, less of a big base."""
_MOST = 400
"""Phrasings that are held out at most."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a held out phrasing was ranked as."""

    phrasing: int
    ranking: Ranking  # without the phrasing
    without_topic: Ranking  # without any phrasing of its subject


def held_out(topics: Ints) -> Bools:
    """The second, sixth, tenth … phrasing of each topic."""
    places = np.arange(len(topics)) - np.searchsorted(topics, topics)
    every = max(_ONE_IN, len(topics) // _MOST)
    return cast(Bools, places % every == 1)


def rehearse(ranker: Ranker, rows: Rows, held: Bools, subjects: Sequence[str]) -> Iterator[Rehearsed]:
    """Ranks each held out phrasing with a ranker that was trained on the others.

    `subjects` are the ids of all phrasings: what a topic is about, and what it is not about, has the same.
    """
    names = np.array(subjects)
    for number in np.flatnonzero(held)[:_MOST].tolist():
        vector = rows[number]
        unwritten = ranker.space.without(vector, ranker.index.holders(vector.ids) < 2)
        foreign = ranker.space.without(vector, ranker.space.topics_with[vector.ids] < 2)
        yield Rehearsed(
            number,
            ranker.rank_vector(unwritten, held),
            ranker.rank_vector(foreign, cast(Bools, held | (names == subjects[number]))),
        )
