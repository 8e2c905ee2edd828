"""The language of a question, or an honest None."""

import pytest

from bot.matching.language import guess

LANGUAGES = ("en", "es", "fr", "vi", "km", "mn", "fil", "ko")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("where is the hotel", "en"),
        ("¿Dónde está el hotel?", "es"),
        ("donde esta el hotel", "es"),
        ("je cherche une pharmacie", "fr"),
        ("où est le bus", "fr"),
        ("mật khẩu wifi là gì", "vi"),
        ("khach san o dau", "vi"),
        ("saan ang hotel", "fil"),
        ("anong oras ang bus", "fil"),
        ("автобус хэзээ явах вэ", "mn"),
        ("avtobus hezee yavah ve", "mn"),
        ("버스 언제 와요", "ko"),
        ("wifi 비밀번호", "ko"),
        ("តើសណ្ឋាគារនៅឯណា", "km"),
    ],
)
def test_the_language_of_a_question_is_told(text: str, language: str) -> None:
    assert guess(text, LANGUAGES)[0] == language


@pytest.mark.parametrize("text", ["", "?", "hotel", "wifi", "bus", "Pangyo", "ok", "12:30", "👍"])
def test_a_text_that_could_be_any_language_is_none(text: str) -> None:
    assert guess(text, LANGUAGES)[0] is None


def test_a_script_of_which_no_language_is_bundled_tells_nothing() -> None:
    assert guess("بمن أتصل في حالة الطوارئ؟", ["en", "ar"]) == (None, 0.0)


def test_only_the_given_languages_are_guessed() -> None:
    assert guess("버스 언제 와요", ["en", "es"]) == (None, 0.0)
    assert guess("donde esta el hotel", ["en", "fr"])[0] != "es"


def test_confidence_is_a_share() -> None:
    assert all(
        0 <= guess(text, LANGUAGES)[1] <= 1 for text in ("hotel", "where is the hotel", "버스 bus", "é")
    )
