"""Spellings of a name that sound alike come out the same."""

import pytest

from bot.matching.sound import romanise, sound


@pytest.mark.parametrize(
    "spellings",
    [
        "판교 Pangyo panggyo pankyo Пангё Pan-gyo",
        "과천 Gwacheon Kwach'ŏn Gwachun Гвачон",
        "안양 Anyang an-yang aniang",
        "성남 Seongnam Songnam",
    ],
)
def test_the_spellings_of_a_name_sound_the_same(spellings: str) -> None:
    assert len({sound(spelling) for spelling in spellings.split()}) == 1


def test_different_names_sound_different() -> None:
    assert len({sound(name) for name in ("Anyang", "young", "Pangyo", "Gwacheon", "hotel")}) == 5


@pytest.mark.parametrize(
    ("hangul", "latin"), [("한글", "hangeul"), ("서울", "seoul"), ("bus 버스", "bus beoseu")]
)
def test_hangul_is_written_in_latin_letters(hangul: str, latin: str) -> None:
    assert romanise(hangul) == latin
