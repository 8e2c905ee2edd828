"""Telegram's language codes and the programme's."""

import pytest

from bot.chat.languages import known_language, two_letter_code


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("es", "es"),
        ("es-MX", "es"),
        ("ES_mx", "es"),
        ("tl", "fil"),
        ("fil", "fil"),
        ("de", None),
        (None, None),
    ],
)
def test_a_code_means_a_language_of_the_programme(code: str | None, language: str | None) -> None:
    assert known_language(code, ("en", "es", "fil")) == language


@pytest.mark.parametrize(("language", "code"), [("en", "en"), ("fil", "tl"), ("haw", None)])
def test_telegram_keeps_commands_by_two_letters(language: str, code: str | None) -> None:
    assert two_letter_code(language) == code
