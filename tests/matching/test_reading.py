"""A question as the knowledge base would write it."""

import pytest

from bot.matching.base import Base
from bot.matching.learning import learn
from bot.matching.reading import Reader
from bot.matching.synonyms import Synonyms
from bot.matching.topics import Phrasing, Topic


@pytest.fixture(scope="module")
def reader() -> Reader:
    phrasings = {
        "en": ["Where is the bus?", "I lost my passport", "Is there hot water?"],
        "es": ["¿Dónde está el autobús?", "Perdí mi pasaporte"],
        "mn": ["Автобус хаана байна?"],
        "km": ["តើឡានក្រុងនៅឯណា?"],
    }
    topics = [Topic(code, tuple(Phrasing(text, code) for text in texts)) for code, texts in phrasings.items()]
    return learn(Base(topics), Synonyms([["bus", "coach"]])).reader


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("where is my bus", "en"),
        ("donde esta mi pasaporte", "es"),
        ("avtobus haana baina", "mn"),
        ("ឡានក្រុងនៅឯណា", "km"),
        ("pasaporet", "es"),
    ],
)
def test_a_question_is_read_in_the_language_that_covers_it_best(
    reader: Reader, question: str, language: str
) -> None:
    assert reader.read(question).text.language == language


def test_corrections_are_told_and_doubted(reader: Reader) -> None:
    reading = reader.read("I lsot my pasport")
    assert reading.corrections == (("lsot", "lost"), ("pasport", "passport"))
    assert reading.text.read == ("i", "lost", "my", "passport")
    assert reading.text.typed == ("i", "lsot", "my", "pasport")
    assert reading.text.likeness[0] == 1.0 > reading.text.likeness[3] > reading.text.likeness[1]


def test_words_of_other_languages_and_synonyms_are_no_misspellings(reader: Reader) -> None:
    assert reader.read("where is the autobus coach").corrections == ()


def test_synonyms_are_found_in_what_was_read(reader: Reader) -> None:
    assert reader.read("where is the coach").text.groups[-1] == {0}
