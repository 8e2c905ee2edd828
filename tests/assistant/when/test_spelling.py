import pytest

from bot.assistant.when.spelling import correct

ENGLISH = ("en",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tommorow", "tomorrow"),
        ("tomorow", "tomorrow"),
        ("saterday", "saturday"),
        ("octuber", "october"),
        ("wendsday", "wednesday"),
        ("firday", "friday"),
        ("mornig", "morning"),
    ],
)
def test_a_word_with_a_typing_error_is_known(typed: str, meant: str) -> None:
    assert correct(typed, ENGLISH) == meant


@pytest.mark.parametrize(
    "word", ["friday", "mourning", "sundae", "sturdy", "holiday", "birthday", "money", "monitor"]
)
def test_another_word_stays(word: str) -> None:
    assert correct(word, ENGLISH) is None


@pytest.mark.parametrize(
    "word", ["partes", "manzana", "vienes", "domain", "maintenance", "nayon", "ngayong", "lines"]
)
def test_a_word_of_one_language_is_no_error_in_another(word: str) -> None:
    assert correct(word, ("en", "es", "fr", "fil", "mn")) is None
