"""Words without their endings."""

import pytest

from bot.matching.normalise import slot
from bot.matching.stem import has_stemmer, stem


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "visits visiting visited"),
        ("es", "lavar lavando lavado"),
        ("fr", "visiter visites visitez"),
        ("ko", "버스는 버스에서 버스를 버스"),
        ("mn", "avtobusny avtobusaar avtobus"),
        ("fil", "kumakain nakain kainan kain"),
    ],
)
def test_the_forms_of_a_word_have_one_root(language: str, words: str) -> None:
    assert len({stem(word, language) for word in words.split()}) == 1


def test_different_words_keep_different_roots() -> None:
    assert len({stem(word, "en") for word in ("bus", "business", "boss")}) == 3


def test_slots_and_unknown_languages_are_left_alone() -> None:
    assert stem(slot("sites"), "en") == slot("sites")
    assert stem("visits", "tlh") == "visits"
    assert has_stemmer("en") and not has_stemmer("km")
