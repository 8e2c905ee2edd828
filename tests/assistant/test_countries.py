"""Countries by their code or their name, in any language and with typing errors."""

import pytest

from bot.assistant.countries import MOST_GUESSES, countries_like, country_named

LANGUAGES = ("en", "es", "fr", "vi", "km", "mn", "fil", "ko")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("VN", "VN"),
        ("vietnam", "VN"),
        ("Viet Nam", "VN"),
        ("Việt Nam", "VN"),
        ("République dominicaine", "DO"),
        ("cote d'ivoire", "CI"),
        ("몽골", "MN"),
        ("mongol", "MN"),  # Монгол in Latin letters
        ("កម្ពុជា", "KH"),
        ("Pilipinas", "PH"),
        ("USA", "US"),
        ("uk", "GB"),
    ],
)
def test_a_country_is_known_by_its_code_and_its_names(typed: str, code: str) -> None:
    assert country_named(typed, LANGUAGES) == code


@pytest.mark.parametrize("typed", ["", "  ", "zzz", "ZZ", "EU", "the north", "Viet Nam, the north"])
def test_what_is_no_country_names_none(typed: str) -> None:
    assert country_named(typed, LANGUAGES) is None


@pytest.mark.parametrize(
    ("typed", "code"), [("Camboia", "KH"), ("nigria", "NG"), ("phillipines", "PH"), ("Korea", "KR")]
)
def test_a_typing_error_is_a_guess_and_never_more(typed: str, code: str) -> None:
    assert country_named(typed, LANGUAGES) is None
    assert code in countries_like(typed, LANGUAGES)


def test_guesses_are_few_and_each_another_country() -> None:
    guesses = countries_like("island", LANGUAGES)
    assert len(set(guesses)) == len(guesses) <= MOST_GUESSES
    assert countries_like("", LANGUAGES) == countries_like("zzzzzz", LANGUAGES) == ()


def test_names_of_languages_that_nobody_speaks_here_are_not_known() -> None:
    assert country_named("베트남", ("en", "es")) is None
    assert country_named("베트남", ("xx", "ko")) == "VN"
