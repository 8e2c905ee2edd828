"""One spelling for comparing, in every script."""

import pytest

from bot.matching.normalise import LONGEST, is_slot, normalise, slot


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("  Where's   the Wi-Fi?! ", "wheres the wi fi"),
        ("¿DÓNDE está?", "donde esta"),
        ("Đà Nẵng ơi", "da nang oi"),
        ("ﬁle №５", "file no5"),
        ("Автобус хэзээ явах вэ?", "avtobus hezee yavah ve"),
        ("Өнөөдөр үдэш", "onoodor udesh"),
        ("판교는 어디예요?", "판교는 어디예요"),
        ("តើ\u200bបន្ទប់នៅឯណា?", "តើ បន្ទប់នៅឯណា"),
        ("Room 301, 10:30 👍🏽", "room 301 10 30"),
        ("ca\u0301fé", "cafe"),
        ("", ""),
    ],
)
def test_case_width_accents_and_punctuation_are_folded(text: str, normalised: str) -> None:
    assert normalise(text) == normalised


def test_khmer_vowels_and_signs_are_kept() -> None:
    assert normalise("ទឹក") == "ទឹក"


def test_hangul_in_letters_is_the_same_as_in_syllables() -> None:
    assert normalise("\u1112\u1161\u11ab") == "한"


@pytest.mark.parametrize(
    "text", ["\u0301" * 10_000, "\ufdfa" * 10_000, "🧑‍🚀" * 5_000, "\u200d\ufe0f" * 4_000]
)
def test_a_flood_of_signs_stays_short(text: str) -> None:
    assert len(normalise(text)) <= 2 * LONGEST


def test_a_slot_survives_normalisation() -> None:
    assert normalise(f"Where is {slot('site')}?") == f"where is {slot('site')}"
    assert is_slot(slot("site"))
    assert not is_slot("xxxx") and not is_slot("site")
