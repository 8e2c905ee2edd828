"""Words that mean the same share their groups."""

import pytest

from bot.matching.synonyms import Synonyms

SYNONYMS = Synonyms(
    [["bus", "coach", "xe buýt", "автобус", "버스"], ["airport", "sân bay", "공항"], ["swim", "pool"], []]
)
BUS, AIRPORT, POOL = frozenset({0}), frozenset({1}), frozenset({2})


@pytest.mark.parametrize(
    ("text", "language", "groups"),
    [
        ("the coach", "en", [frozenset(), BUS]),
        ("coaches", "en", [BUS]),
        ("swimming", "en", [POOL]),
        ("xe buyt", "vi", [BUS, BUS]),
        ("avtobusnaas", "mn", [BUS]),
        ("버스는", "ko", [BUS]),
        ("공항버스", "ko", [AIRPORT | BUS]),
        ("공항 버스", "ko", [AIRPORT, BUS]),
        ("business", "en", [frozenset()]),
        ("busy", "mn", [frozenset()]),
    ],
)
def test_a_word_is_in_its_group_with_endings_and_in_phrases(
    text: str, language: str, groups: list[frozenset[int]]
) -> None:
    assert SYNONYMS.groups(text.split(), language) == groups


def test_a_word_of_two_groups_is_in_both() -> None:
    assert Synonyms([["light", "lamp"], ["light", "easy"]]).groups(["light"], "en") == [frozenset({0, 1})]


def test_no_groups_are_no_harm() -> None:
    assert Synonyms().groups(["bus"], "en") == [frozenset()]
