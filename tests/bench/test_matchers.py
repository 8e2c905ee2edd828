"""The matchers that are compared."""

import pytest

from bot.bench.data import Case
from bot.bench.matchers import MATCHERS, chosen
from bot.matching.topics import Phrasing, Topic

CASE = Case(
    "small",
    tuple(
        Topic(id_, tuple(Phrasing(text, "en") for text in texts))
        for id_, texts in {
            "bus": ("when does the bus leave", "bus stop"),
            "wifi": ("wifi password", "how to get internet"),
            "hotel": ("where is the hotel", "hotel name"),
        }.items()
    ),
    (),
)


@pytest.mark.parametrize("name", MATCHERS)
def test_every_matcher_finds_a_phrasing_word_for_word(name: str) -> None:
    try:
        rank = MATCHERS[name](CASE)
    except ModuleNotFoundError:
        pytest.skip("only with the extra `bench`")
    ranked = rank("wifi password")
    assert ranked[0][0] == "wifi"
    assert [score for _, score in ranked] == sorted((score for _, score in ranked), reverse=True)
    assert rank("?!") is not None


def test_matchers_are_chosen_by_the_beginning_of_their_names() -> None:
    assert set(chosen(["ours", "TF-IDF"])) == {"ours", "TF-IDF characters", "TF-IDF + logistic regression"}
    assert chosen(None) == dict(MATCHERS)
