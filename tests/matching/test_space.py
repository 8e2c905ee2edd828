"""Texts as vectors."""

import numpy as np
import pytest

from bot.matching.arrays import Ints
from bot.matching.features import Text
from bot.matching.space import Rows, Space, spans


def text(words: str) -> Text:
    tokens = tuple(words.split())
    return Text(tokens, tokens, "en", (1.0,) * len(tokens), (frozenset(),) * len(tokens))


TOPICS: Ints = np.array([0, 0, 1, 2], dtype=np.int32)
TEXTS = [text(words) for words in ("wifi password", "wifi code", "bus stop", "bus to hotel")]


@pytest.fixture(scope="module")
def made() -> tuple[Space, Rows]:
    return Space.of(TEXTS, TOPICS)


def test_a_known_text_has_the_vector_of_its_phrasing(made: tuple[Space, Rows]) -> None:
    space, rows = made
    vector = space.vector(TEXTS[2])
    order, own = np.argsort(vector.ids), np.argsort(rows[2].ids)
    assert (vector.ids[order] == rows[2].ids[own]).all()
    assert vector.weights[order] == pytest.approx(rows[2].weights[own])


def test_vectors_have_the_length_one(made: tuple[Space, Rows]) -> None:
    _, rows = made
    assert [float(rows[n].weights @ rows[n].weights) for n in range(len(rows))] == pytest.approx([1] * 4)


def test_unknown_words_make_a_vector_shorter(made: tuple[Space, Rows]) -> None:
    space, _ = made
    known, partly = space.vector(text("wifi password")), space.vector(text("wifi password xylophone"))
    assert partly.weights @ partly.weights < 0.7 < known.weights @ known.weights


def test_a_feature_of_fewer_topics_weighs_more(made: tuple[Space, Rows]) -> None:
    space, _ = made
    bus, stop = space.numbers["bus"], space.numbers["stop"]
    assert (space.topics_with[bus], space.topics_with[stop]) == (2, 1)
    vector = space.vector(text("bus stop"))
    weights = dict(zip(vector.ids.tolist(), vector.weights.tolist(), strict=True))
    assert weights[stop] > weights[bus]


def test_without_features_a_vector_is_as_if_they_were_unknown(made: tuple[Space, Rows]) -> None:
    space, rows = made
    unknown = space.topics_with[rows[2].ids] < 2
    left = space.without(rows[2], unknown)
    assert len(left.ids) == int((~unknown).sum())
    assert left.weights @ left.weights < rows[2].weights @ rows[2].weights


def test_spans_are_the_runs_of_equal_topics() -> None:
    assert list(spans(TOPICS)) == [(0, 2), (2, 3), (3, 4)]
