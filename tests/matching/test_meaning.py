"""Meaning has its share in a match, less so for misspelled questions, and is never needed."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.matching.arrays import Floats, Ints
from bot.matching.features import Text
from bot.matching.matcher import Matcher
from bot.matching.meaning import Meanings
from bot.matching.space import SHARE
from tests.matching.conftest import topic

TOPICS = [
    topic("hotel", "What is the name of our hotel?", "Tell me about the hotel", "hotel address"),
    topic("taxi", "How do I call a taxi?", "How much is a taxi?", "taxi to the airport"),
    topic("food", "Where do we have lunch?", "What is for dinner?", "Is lunch included?"),
]
MEANT = {"hotel": 0, "taxi": 1, "food": 2}


def direction(number: int, *, off: float = 0.0) -> Floats:
    """A vector of length 1 near an axis."""
    vector = np.full(8, off, dtype=np.float32)
    vector[number] = 1
    return vector / np.linalg.norm(vector)


def numbers(*topics: int) -> Ints:
    return np.array(topics, dtype=np.int32)


ENCODED = {
    phrasing.text: direction(MEANT[each.id], off=0.05 * place)
    for each in TOPICS
    for place, phrasing in enumerate(each.phrasings)
}


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(TOPICS, encoded=ENCODED)


def test_words_that_nobody_wrote_are_understood_by_their_meaning(matcher: Matcher) -> None:
    question = "where do we sleep"
    assert matcher.match(question, encoded=direction(0)).matches[0].id == "hotel"
    assert matcher.match(question, encoded=direction(1)).matches[0].id == "taxi"


def test_without_a_vector_letters_alone_decide(matcher: Matcher) -> None:
    by_letters = Matcher(TOPICS)
    for question in ("how much is a taxi to the hotel", "lunch?", "something else"):
        assert matcher.match(question) == by_letters.match(question)
        assert by_letters.match(question, encoded=direction(0)) == by_letters.match(question)


def test_a_phrasing_is_exact_whatever_its_vector_says(matcher: Matcher) -> None:
    result = matcher.match("How much is a taxi?", encoded=direction(2))
    assert result.exact
    assert result.matches[0].id == "taxi"


def test_only_a_matcher_with_meaning_wants_vectors(matcher: Matcher) -> None:
    assert matcher.as_written("whre is the hotel") == "where is the hotel"
    assert Matcher(TOPICS).as_written("where is the hotel") is None
    assert Matcher([]).as_written("where is the hotel") is None


def test_a_missing_vector_is_an_error() -> None:
    with pytest.raises(KeyError):
        Matcher(TOPICS, encoded={"How much is a taxi?": direction(0)})


def test_what_all_phrasings_share_is_no_likeness() -> None:
    shared = np.array([[3, 1, 0], [3, 0, 1]], dtype=np.float32)
    rows = Meanings(shared / np.linalg.norm(shared, axis=1, keepdims=True), numbers(0, 1)).rows
    assert float(rows[0] @ rows[1]) < 0


def test_what_differs_within_topics_counts_less() -> None:
    """The last direction is that of the language, say: each topic has phrasings in two."""
    encoded = np.array([[1, 0, 0.7], [1, 0, -0.7], [0, 1, 0.7], [0, 1, -0.7]], dtype=np.float32)
    together, apart = (Meanings(encoded, own).rows for own in (numbers(0, 0, 1, 1), numbers(0, 1, 2, 3)))
    assert float(together[0] @ together[1]) > float(apart[0] @ apart[1])
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_meaning_counts_less_for_a_misspelled_question() -> None:
    meanings = Meanings(np.eye(3, dtype=np.float32), numbers(0, 1, 2))
    clean = Text(("much", "taxi"), ("much", "taxi"), "en", (1.0, 1.0), (frozenset(), frozenset()))
    misspelled = replace(clean, typed=("mcuh", "taxi"), likeness=(0.75, 1.0))
    _, share = meanings.of_question(clean, direction(0)[:3])
    _, less = meanings.of_question(misspelled, direction(0)[:3])
    assert share == SHARE
    assert less == pytest.approx(0.75 * SHARE)


def test_what_was_learned_with_meaning_is_kept_apart_and_read_again(tmp_path: Path) -> None:
    question = {"encoded": direction(0)}
    first = Matcher(TOPICS, encoded=ENCODED, cache=tmp_path)
    assert len(list(tmp_path.glob("*.npz"))) == 2
    again = Matcher(TOPICS, encoded=ENCODED, cache=tmp_path)
    assert len(list(tmp_path.glob("*.npz"))) == 2
    assert again.match("where do we sleep", **question) == first.match("where do we sleep", **question)
