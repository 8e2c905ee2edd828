"""What the models refuse beyond single values, and what they are like once read."""

import pickle
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from bot.knowledge.model import Entry, Model, Programme, Session, Validity, ends_at, localized, starts_at

SESSION: dict[str, Any] = {
    "id": "talk",
    "title": "Talk",
    "date": "2031-05-05",
    "start": "9:30",
    "end": "10:30",
}
PROGRAMME: dict[str, Any] = {
    "name": "Course",
    "starts": "2031-05-05",
    "ends": "2031-05-07",
    "time_zone": "Europe/Lisbon",
    "languages": ["en"],
    "welcome": "Welcome!",
    "contact": {"name": "Desk"},
    "cards": {"emergency": "a", "contact": "a", "help": "a"},
    "sample_questions": ["What?"],
}


@pytest.mark.parametrize(
    ("model", "values", "place", "words"),
    [
        (Session, {**SESSION, "end": "9:30"}, ("end",), "the end (09:30) is not after the start (09:30)"),
        (
            Session,
            {**SESSION, "end": "01:00"},
            ("end",),
            "past midnight is written as two, the first until 23:59",
        ),
        (
            Programme,
            {**PROGRAMME, "ends": "2031-05-04"},
            ("ends",),
            "(2031-05-04) is before the first (2031-05-05)",
        ),
        (
            Programme,
            {**PROGRAMME, "languages": ["en", "es", "en"]},
            ("languages",),
            "'en' stands in the list twice",
        ),
        (Validity, {"from": "2031-05-05", "until": "2031-05-04"}, ("until",), "is before the first"),
    ],
)
def test_values_that_contradict_each_other_are_refused(
    model: type[Model], values: dict[str, Any], place: tuple[str, ...], words: str
) -> None:
    with pytest.raises(ValidationError) as error:
        model.model_validate(values)
    [details] = error.value.errors()
    assert details["loc"] == place
    assert words in details["msg"]


def test_a_validity_may_be_open_on_either_side() -> None:
    assert Validity.model_validate({"until": "2031-05-04"}).from_ is None
    assert Validity.model_validate({"from": "2031-05-04"}).until is None


def test_a_programme_may_last_one_day() -> None:
    assert Programme.model_validate({**PROGRAMME, "ends": "2031-05-05"}).ends == date(2031, 5, 5)


def test_values_cannot_be_changed() -> None:
    session = Session.model_validate(SESSION)
    with pytest.raises(ValidationError):
        session.start = time(8)  # type: ignore[misc]  # that is the point


def test_more_photos_than_an_album_holds_are_refused() -> None:
    photos = [{"file": f"{number}.jpg"} for number in range(11)]
    with pytest.raises(ValidationError, match="at most 10"):
        Entry.model_validate({"id": "a", "title": "A", "answer": "x", "photos": photos})


def test_moments_of_a_session_are_in_the_programmes_zone() -> None:
    session, zone = Session.model_validate(SESSION), ZoneInfo("Asia/Tokyo")
    assert starts_at(session, zone) == datetime(2031, 5, 5, 9, 30, tzinfo=zone)
    assert ends_at(session, zone) == datetime(2031, 5, 5, 10, 30, tzinfo=zone)


def test_a_text_is_given_in_the_best_language_there_is() -> None:
    texts = {"ko": "가", "en": "a"}
    assert [localized(texts, language, "en") for language in ("ko", "es")] == ["가", "a"]
    assert localized({"ko": "가"}, "es", "en") == "가"


def test_a_model_survives_pickling() -> None:
    session = Session.model_validate(SESSION)
    assert pickle.loads(pickle.dumps(session)) == session  # noqa: S301 - our own bytes
