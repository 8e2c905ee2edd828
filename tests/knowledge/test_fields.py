"""What may be typed for a time, a date, a switch, an id, a language, a text, a file, a time zone."""

from datetime import date, time
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from bot.knowledge import fields


def parse(kind: Any, value: object, default_language: str = "es") -> Any:
    return TypeAdapter(kind).validate_python(value, context={"default_language": default_language})


def refusal(kind: Any, value: object) -> str:
    with pytest.raises(ValidationError) as error:
        parse(kind, value)
    return error.value.errors()[0]["msg"].removeprefix("Value error, ")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("9:30", time(9, 30)),
        ("09:30", time(9, 30)),
        ("00:00", time(0)),
        ("0:05", time(0, 5)),
        ("23:59", time(23, 59)),
        (" 9:30\n", time(9, 30)),
    ],
)
def test_a_time_is_read_with_or_without_the_leading_nought(typed: str, expected: time) -> None:
    assert parse(fields.Time, typed) == expected


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("25:00", "write hours:minutes, such as 14:00"),
        ("24:00", "write hours 0 to 23; the last minute of a day is 23:59"),
        ("10.30", "write 10:30"),
        ("10h30", "write 10:30"),
        ("1030", "write 10:30"),
        ("630", "write 06:30"),
        ("9", "write 09:00"),
        ("2pm", "write 14:00"),
        ("2:30 p.m.", "write 14:30"),
        ("12 am", "write 00:00"),
        ("12:60", "write hours:minutes, such as 14:00"),
        ("9:5", "write hours:minutes, such as 14:00"),
        ("09:30:00", "write hours:minutes, such as 14:00"),
        ("٠٩:٣٠", "write hours:minutes, such as 14:00"),
        ("noon", "write hours:minutes, such as 14:00"),
    ],
)
def test_what_is_not_a_time_is_refused_with_what_to_write(typed: str, advice: str) -> None:
    assert refusal(fields.Time, typed) == f"'{typed}' is not a time ({advice})"


def test_a_date_is_year_month_day() -> None:
    assert parse(fields.Date, "2031-05-04") == date(2031, 5, 4)


@pytest.mark.parametrize(
    "typed", ["04/05/2031", "2031-5-4", "4 May 2031", "20310504", "2031-05-04T10:00", "2031"]
)
def test_a_date_written_otherwise_is_refused(typed: str) -> None:
    assert (
        refusal(fields.Date, typed) == f"'{typed}' is not a date (write year-month-day, such as 2030-05-21)"
    )


@pytest.mark.parametrize("typed", ["2031-02-29", "2031-13-01", "0000-01-01"])
def test_a_day_that_the_calendar_lacks_is_refused(typed: str) -> None:
    assert refusal(fields.Date, typed) == f"'{typed}' is not a date: the calendar has no such day"


@pytest.mark.parametrize(
    ("typed", "expected"), [("true", True), ("Yes", True), ("false", False), ("NO", False)]
)
def test_a_switch_is_true_or_false(typed: str, expected: bool) -> None:
    assert parse(fields.Flag, typed) is expected


@pytest.mark.parametrize("typed", ["on", "1", "y", "tru", "none"])
def test_any_other_switch_is_refused(typed: str) -> None:
    assert refusal(fields.Flag, typed) == f"'{typed}' is neither true nor false (write true or false)"


@pytest.mark.parametrize("typed", ["wifi", "lost-property", "007", "a" * 40])
def test_an_id_is_of_small_letters_digits_and_hyphens(typed: str) -> None:
    assert parse(fields.ResultId, typed) == typed


@pytest.mark.parametrize(
    "typed", ["Wifi", "a--b", "-a", "a_b", "é", "a b", "", "a" * 41, "schedule", "smalltalk", "a\n"]
)
def test_any_other_id_is_refused(typed: str) -> None:
    assert refusal(fields.ResultId, typed)


def test_a_group_may_have_capitals_but_no_spaces() -> None:
    assert parse(fields.Group, "A") == "A"
    assert refusal(fields.Group, "group A")


def test_a_plain_text_is_of_the_default_language() -> None:
    assert parse(fields.LocalText, "hola") == {"es": "hola"}
    assert parse(fields.LocalPhrases, ["hola"]) == {"es": ("hola",)}


def test_texts_by_language_stay_as_they_are() -> None:
    assert parse(fields.LocalText, {"en": "hi", "no": " hei "}) == {"en": "hi", "no": " hei "}


@pytest.mark.parametrize("value", ["", " \n", {}, {"English": "x"}, {"en": ""}, ["x"]])
def test_a_text_is_never_blank_and_languages_are_codes(value: object) -> None:
    assert refusal(fields.LocalText, value)


@pytest.mark.parametrize("typed", ["a.jpg", "Ünï 1.png", "a..b.jpg"])
def test_a_bare_file_name_is_accepted(typed: str) -> None:
    assert parse(fields.FileName, typed) == typed


@pytest.mark.parametrize(
    "typed",
    ["../a.jpg", "/etc/passwd", "b/a.jpg", "b\\a.jpg", ".hidden", "..", "C:a.jpg", "file:a", "a.jpg\n/x"],
)
def test_a_path_instead_of_a_file_name_is_refused(typed: str) -> None:
    assert refusal(fields.FileName, typed).endswith(
        "is not the name of a file in photos/ (write the name alone)"
    )


@pytest.mark.parametrize("typed", ["http://169.254.169.254/a.jpg", "file:///etc/passwd", "https://x.y/z.png"])
def test_a_link_instead_of_a_file_name_is_refused(typed: str) -> None:
    assert "links are not fetched" in refusal(fields.FileName, typed)


@pytest.mark.parametrize(
    ("typed", "example"),
    [
        ("Seoul", "Asia/Seoul"),
        ("Asia/Soul", "Asia/Seoul"),
        ("GMT+9", "Europe/Paris"),
        ("Asia", "Europe/Paris"),
        ("../etc", "Europe/Paris"),
    ],
)
def test_a_time_zone_that_the_database_lacks_is_refused_with_an_example(typed: str, example: str) -> None:
    assert (
        refusal(fields.ZoneName, typed)
        == f"'{typed}' is not in the tz database (write a name such as {example})"
    )


def test_a_time_zone_of_the_database_is_accepted() -> None:
    assert parse(fields.ZoneName, "Asia/Kathmandu") == "Asia/Kathmandu"


@pytest.mark.parametrize("typed", ["VN", "vn", " VN "])
def test_a_country_is_its_code(typed: str) -> None:
    assert parse(fields.Country, typed) == "VN"


@pytest.mark.parametrize(
    ("typed", "example"), [("Nigeria", "NG"), ("Nigria", "NG"), ("ZZ", "VN"), ("EU", "VN"), ("419", "VN")]
)
def test_what_is_no_country_is_refused_with_what_to_write(typed: str, example: str) -> None:
    assert refusal(fields.Country, typed) == (
        f"'{typed}' is not the code of a country (write two letters, such as {example})"
    )
