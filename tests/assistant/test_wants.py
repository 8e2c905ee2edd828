"""A question that wants a number, a person or a measure is only answered by topics that are asked so."""

import pytest

from bot.assistant.frames import frames_of
from bot.assistant.wants import Wants
from bot.matching.topics import Phrasing, Topic

BUS = Topic("bus", (Phrasing("When does the bus leave?", "en"), Phrasing("¿Cuántos buses hay?", "es")))
ROOM = Topic("room", (Phrasing("Who sleeps in my room?", "en"), Phrasing("Where do I sleep?", "en")))


@pytest.fixture
def wants() -> Wants:
    return Wants(frames_of(["en", "es", "fr"]), [BUS, ROOM])


def test_a_number_is_told_by_a_topic_that_is_asked_for_one_in_any_language(wants: Wants) -> None:
    assert wants.are_told("How many buses are there?", "en", "bus")
    assert not wants.are_told("How many rooms are there?", "en", "room")


def test_a_person_is_wanted_when_the_question_begins_so(wants: Wants) -> None:
    assert wants.are_told("Who is in my room?", "en", "room")
    assert not wants.are_told("Who drives the bus?", "en", "bus")
    assert wants.are_told("I am the one who missed the bus", "en", "bus")


def test_a_measure_is_not_told_by_a_topic_that_is_never_asked_for_one(wants: Wants) -> None:
    assert not wants.are_told("How old is the bus?", "en", "bus")


def test_other_questions_want_nothing_special(wants: Wants) -> None:
    assert wants.are_told("Where is the bus?", "en", "bus")
    assert wants.are_told("Où est le bus ?", "fr", "bus")


def test_a_language_without_frames_wants_nothing_special(wants: Wants) -> None:
    assert wants.are_told("Wie viele Busse gibt es?", "de", "bus")
