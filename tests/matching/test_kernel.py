"""Products between phrasings, with their mean as the origin."""

import numpy as np
import pytest

from bot.matching.index import Index
from bot.matching.kernel import Kernel
from bot.matching.space import Rows

MATRIX = np.array([[1, 0, 0], [0.6, 0.8, 0], [0, 0.8, 0.6]], dtype=np.float32)
ROWS = Rows(np.array([0, 3, 6, 9], dtype=np.int32), np.tile(np.arange(3, dtype=np.int32), 3), MATRIX.ravel())
CENTRED = MATRIX - MATRIX.mean(axis=0)


def test_products_are_those_of_the_centred_vectors() -> None:
    kernel = Kernel(Index.of(ROWS, 3), ROWS)
    assert kernel.sums(np.eye(3, dtype=np.float32)) == pytest.approx(CENTRED @ CENTRED.T, abs=2e-3)


def test_sums_are_over_the_weighted_phrasings_of_each_topic() -> None:
    weights = np.array([[1, 0.5, 0], [0, 0, 1]], dtype=np.float32)
    kernel = Kernel(Index.of(ROWS, 3), ROWS)
    assert kernel.sums(weights) == pytest.approx(CENTRED @ CENTRED.T @ weights.T, abs=4e-3)
