"""Questions about the same are found together, and others stay apart."""

from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.likeness import common_words, groups

PHRASINGS = [
    f"{start} {thing}?" for start in ("Where is the", "Is there a") for thing in ("desk", "bus", "lift")
]


def grouped(*questions: str) -> list[list[str]]:
    return [[questions[place] for place in group] for group in groups(questions, common_words(PHRASINGS))]


def test_the_same_thing_is_asked_in_several_ways() -> None:
    assert grouped(
        "Is there a gym?", "sauna", "where is the gym", "GYM", "Where is the sauna?", "a gim?"
    ) == [
        ["Is there a gym?", "where is the gym", "GYM"],
        ["sauna", "Where is the sauna?"],
        ["a gim?"],
    ]


def test_words_that_all_questions_share_bring_none_together() -> None:
    assert common_words(PHRASINGS) == {"where", "is", "the", "there", "a"}
    assert grouped("Where is the gym?", "Where is the pool?") == [
        ["Where is the gym?"],
        ["Where is the pool?"],
    ]


def test_a_question_of_nothing_but_such_words_stays_itself() -> None:
    assert grouped("Where is the?", "Is there a gym?") == [["Where is the?"], ["Is there a gym?"]]


def test_scripts_without_spaces_or_with_vowel_signs_are_compared_too() -> None:
    assert grouped("កន្លែងហាត់ប្រាណនៅឯណា", "កន្លែងហាត់ប្រាណ?", "수영장") == [
        ["កន្លែងហាត់ប្រាណនៅឯណា", "កន្លែងហាត់ប្រាណ?"],
        ["수영장"],
    ]


@given(st.lists(st.text(max_size=30), max_size=12))
def test_every_question_is_in_one_group(questions: list[str]) -> None:
    found = groups(questions)
    assert sorted(place for group in found for place in group) == list(range(len(questions)))
    assert [len(group) for group in found] == sorted(map(len, found), reverse=True)
