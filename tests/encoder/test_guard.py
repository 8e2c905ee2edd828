"""Nothing reaches the encoder that could overflow it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.encoder.guard import LONGEST, guarded


@pytest.mark.parametrize(
    "hostile",
    ["\ufdfa" * 500, "ខ្មែរ" * 820, "a\u0300" * 4096, "\U0001d15e" * 300, "x" * 100_000, "ﬃ" * 1000],
)
def test_hostile_texts_are_cut_after_they_have_grown(hostile: str) -> None:
    assert len(guarded(hostile)) <= LONGEST
    assert "\ufdfa" not in guarded(hostile)


@given(st.text(st.characters(), max_size=600))
def test_what_is_sent_is_short_normal_and_free_of_controls(text: str) -> None:
    sent = guarded(text)
    assert len(sent) <= LONGEST
    assert unicodedata.is_normalized("NFKC", sent)
    assert not any(unicodedata.category(character)[0] == "C" for character in sent)
    assert len(sent.encode()) <= 4 * LONGEST


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Where is\nthe  bus?", "Where is the bus?"),
        ("wi\0fi\ud800 key", "wi fi key"),
        ("Wi\u200bFi", "Wi Fi"),
        ("Khách sạn ở đâu?", "Khách sạn ở đâu?"),
        ("와이파이 비밀번호", "와이파이 비밀번호"),
        ("", ""),
    ],
)
def test_ordinary_text_stays_as_it_is(text: str, sent: str) -> None:
    assert guarded(text) == sent
