"""Places of the world that the knowledge does not speak of are noticed, in eight languages."""

from pathlib import Path

import pytest

from bot.assistant.elsewhere import Elsewhere, places_in
from bot.knowledge.loader import load

KNOWLEDGE = Path(__file__).parent.parent.parent / "knowledge"


@pytest.fixture(scope="module")
def elsewhere() -> Elsewhere:
    return Elsewhere(load(KNOWLEDGE))


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Do I need a visa for Japan?"),
        ("es", "¿Necesito visa para el Perú o el Brasil?"),
        ("fr", "Il me faut un visa pour l'Australie ?"),
        ("vi", "thoi tiet o Nhat Ban the nao"),
        ("km", "អាកាសធាតុនៅភ្នំពេញយ៉ាងម៉េច?"),
        ("mn", "Хятадад виз хэрэгтэй юу"),
        ("fil", "Kailangan ba ng visa sa Australia?"),
        ("ko", "일본에 가려면 비자가 필요해요?"),
    ],
)
def test_another_country_is_noticed_in_every_language(
    elsewhere: Elsewhere, language: str, question: str
) -> None:
    assert elsewhere.is_meant(question, language, "visa")


def test_the_country_of_the_programme_is_not_elsewhere(elsewhere: Elsewhere) -> None:
    assert not elsewhere.is_meant("Do I need a visa for South Korea or Seoul?", "en", "visa")


def test_countries_that_the_knowledge_speaks_of_are_not_elsewhere(elsewhere: Elsewhere) -> None:
    assert not elsewhere.is_meant("I come from Rwanda, do I need a visa?", "en", "visa")


def test_a_topic_that_is_about_the_world_may_be_asked_of_any_country(elsewhere: Elsewhere) -> None:
    assert elsewhere.is_meant("What time is it in Portugal?", "en", "weather")
    assert not elsewhere.is_meant("What time is it in Portugal?", "en", "time-zone")


def test_a_name_with_an_ending_is_found_where_names_have_endings() -> None:
    assert places_in("중국에서", "ko") == {"CN"}
    assert places_in("chinatown", "en") == set()


def test_a_language_without_names_finds_none() -> None:
    assert places_in("visa for Japan", "xx") == set()
