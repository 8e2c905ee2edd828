"""Prototypes prefer the topic of each phrasing."""

import numpy as np
import pytest

from bot.matching.arrays import Floats, Ints
from bot.matching.features import Text
from bot.matching.index import ALL_UP_TO, Index
from bot.matching.kernel import Kernel, is_small
from bot.matching.prototypes import Centroids, Trained, softmax
from bot.matching.space import Rows, Space

WORDS = ["wifi password", "wifi code please", "bus stop", "when is the bus", "bus to hotel", "the hotel name"]
TOPICS: Ints = np.array([0, 0, 1, 1, 2, 2], dtype=np.int32)
LANGUAGES = ["en"] * 6


@pytest.fixture(scope="module")
def made() -> tuple[Index, Rows]:
    texts = [Text(t, t, "en", (1.0,) * len(t), (frozenset(),) * len(t)) for t in map(_tokens, WORDS)]
    space, rows = Space.of(texts, TOPICS)
    return Index.of(rows, len(space)), rows


def _tokens(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def products(index: Index, rows: Rows, number: int) -> Floats:
    found: Floats = Kernel(index, rows).sums(np.eye(6, dtype=np.float32))[number]
    return found


def test_trained_prototypes_give_each_phrasing_its_own_topic(made: tuple[Index, Rows]) -> None:
    index, rows = made
    trained = Trained.of(Kernel(index, rows), TOPICS, LANGUAGES, np.ones(6, dtype=np.bool_))
    best = [int(trained.scores(TOPICS, products(index, rows, number))[1].argmax()) for number in range(6)]
    assert best == TOPICS.tolist()


def test_phrasings_that_are_held_out_are_not_used(made: tuple[Index, Rows]) -> None:
    index, rows = made
    kept = np.array([True, False, True, True, True, True])
    trained = Trained.of(Kernel(index, rows), TOPICS, LANGUAGES, kept)
    assert not trained.weights[:, 1].any() and trained.weights[:, 0].any()


def test_centroids_score_the_given_topics_only(made: tuple[Index, Rows]) -> None:
    index, rows = made
    centroids = Centroids.of(rows, TOPICS, LANGUAGES, index.means)
    topics, scores = centroids.scores(TOPICS[2:], products(index, rows, 3)[2:])
    assert topics.tolist() == [1, 2]
    assert scores[0] > scores[1]


def test_training_moves_the_centroids(made: tuple[Index, Rows]) -> None:
    index, rows = made
    trained = Trained.of(Kernel(index, rows), TOPICS, LANGUAGES, np.ones(6, dtype=np.bool_))
    centroids = Centroids.of(rows, TOPICS, LANGUAGES, index.means)
    own = [products(index, rows, number) for number in range(6)]
    margins = [
        min(
            _margin(each.scores(TOPICS, products_)[1], topic)
            for products_, topic in zip(own, TOPICS, strict=True)
        )
        for each in (centroids, trained)
    ]
    assert margins[1] > margins[0]


def _margin(scores: Floats, topic: int) -> float:
    return float(scores[topic] - np.delete(scores, topic).max())


def test_shares_sum_to_one() -> None:
    assert softmax(np.array([[1000.0, 999.0], [0.0, 0.0]], dtype=np.float32)).sum(axis=1) == pytest.approx(
        [1, 1]
    )


def test_only_small_bases_are_trained() -> None:
    assert is_small(ALL_UP_TO, 150) and not is_small(ALL_UP_TO + 1, 150)
    assert is_small(5_000, 1_000) and not is_small(6_000, 1_000)
