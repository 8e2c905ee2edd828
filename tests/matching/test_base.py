"""Topics in a row of numbered groups."""

from bot.matching.base import Base, Group


def test_what_a_topic_is_not_about_is_a_group_of_its_own(base: Base) -> None:
    assert base.groups[3:] == [Group("hotel", against=False), Group("hotel", against=True)]


def test_each_phrasing_knows_its_group(base: Base) -> None:
    assert [len(base.phrasings_of(number)) for number in range(5)] == [3, 3, 3, 2, 1]
    assert base.phrasings[base.phrasings_of(4)[0]].text == "hotel pool"
    assert base.group_of == sorted(base.group_of)


def test_a_base_may_be_empty() -> None:
    assert Base([]).groups == []
