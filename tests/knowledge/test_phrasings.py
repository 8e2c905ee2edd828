"""Which phrasings count as the same, and which as nearly the same."""

from random import Random

import pytest

from bot.knowledge.phrasings import Phrasing, alike


def found(*texts: str) -> list[tuple[str, str, bool]]:
    """What is alike among texts of as many owners."""
    phrasings = [Phrasing(str(number), text, 0) for number, text in enumerate(texts)]
    return [(pair.first.text, pair.second.text, pair.same) for pair in alike(phrasings)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("What is the Wi-Fi password?", "what IS the wi fi PASSWORD"),
        ("bus when", "When bus?"),
        ("Où est l'hôtel ?", "où est l’hôtel?"),
        ("ថ្ងៃនេះ", "ថ្ងៃនេះ?"),
        ("ＷＩＦＩ", "wifi"),
    ],
)
def test_the_same_words_in_any_order_case_and_punctuation_are_the_same(first: str, second: str) -> None:
    assert found(first, second) == [(first, second, True)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("What is the wifi password", "What is the wifi pasword"),
        ("Where are the nearest pharmacy shops?", "Where are the nearest pharmacies shops?"),
        ("Where can I find the bus to the hotel", "Where can I find the bus to hotel"),
    ],
)
def test_a_small_difference_is_nearly_the_same(first: str, second: str) -> None:
    assert found(first, second) == [(first, second, False)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("What happens on 14 October?", "What happens on 15 October?"),
        ("Is breakfast included?", "Is lunch included?"),
        ("Where can I find the nearest ATM in Seoul?", "Where can I find the nearest SIM in Seoul?"),
        ("bữa tối", "bữa trưa"),
        ("ថ្ងៃនេះ", "ថ្ងៃស្អែក"),
        ("?", "!"),
    ],
)
def test_other_words_or_numbers_are_not_alike(first: str, second: str) -> None:
    assert found(first, second) == []


def test_phrasings_of_one_owner_are_never_alike() -> None:
    assert list(alike([Phrasing("a", "wifi", 0), Phrasing("a", "wifi!", 1), Phrasing("a", "wi-fi", 2)])) == []


def test_every_later_owner_is_named_once_beside_the_first() -> None:
    assert found("wifi code", "code wifi", "wifi, code") == [
        ("wifi code", "code wifi", True),
        ("wifi code", "wifi, code", True),
    ]


def test_nothing_gives_nothing() -> None:
    assert found() == []


def test_slips_are_found_among_very_many_phrasings() -> None:
    random = Random(7)  # noqa: S311 - nothing secret
    words = [
        "".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=random.randint(3, 9))) for _ in range(3000)
    ]
    texts = [" ".join(random.choices(words, k=random.randint(4, 9))) for _ in range(8000)]
    slips = [f"{texts[number]}s" for number in (5, 4000, 7990)]
    assert {second: first for first, second, _ in found(*texts, *slips)} == {
        slip: slip.removesuffix("s") for slip in slips
    }
