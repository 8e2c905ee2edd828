"""Similarities by an inverted index."""

import numpy as np
import pytest

from bot.matching import index as module
from bot.matching.index import Index
from bot.matching.space import Rows, Vector


def rows(count: int, features: int) -> Rows:
    """Vectors with three random features each."""
    chance = np.random.default_rng(0)
    ids = np.concatenate([chance.choice(features, 3, replace=False) for _ in range(count)]).astype(np.int32)
    starts = np.arange(0, 3 * count + 1, 3, dtype=np.int32)
    return Rows(starts, ids, np.full(3 * count, 3**-0.5, dtype=np.float32))


SMALL, BIG = rows(50, 30), rows(module.ALL_UP_TO + 10, 3_000)


def dense(some: Rows, features: int) -> np.ndarray:
    matrix = np.zeros((len(some), features), dtype=np.float32)
    for number in range(len(some)):
        matrix[number, some[number].ids] = some[number].weights
    return matrix


def test_similarities_are_products_with_all_phrasings() -> None:
    index, matrix = Index.of(SMALL, 30), dense(SMALL, 30)
    assert index.similarities(SMALL[7]) == pytest.approx(matrix @ matrix[7], abs=1e-6)
    assert index.means == pytest.approx(matrix @ matrix.mean(axis=0), abs=1e-6)
    assert index.mean(SMALL[7]) == pytest.approx(float(index.means[7]), abs=1e-6)


def test_a_small_base_is_compared_whole_and_a_big_one_in_part() -> None:
    assert Index.of(SMALL, 30).chosen(SMALL[0]) is None
    index = Index.of(BIG, 3_000)
    chosen = index.chosen(BIG[5])
    assert chosen is not None and 5 in chosen and len(chosen) <= module._CHOSEN
    assert index.some_similarities(BIG[5], chosen) == pytest.approx(
        index.similarities(BIG[5])[chosen], abs=1e-6
    )


@pytest.mark.parametrize("some", [SMALL, BIG])
def test_a_question_without_known_features_is_similar_to_nothing(some: Rows) -> None:
    nothing = Vector(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))
    index = Index.of(some, 3_000)
    assert index.similarities(nothing).max() == 0
    chosen = index.chosen(nothing)
    assert chosen is None or len(chosen) == 0
