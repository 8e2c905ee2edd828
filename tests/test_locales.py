"""The bot's own words: complete in every language, with the same places to fill."""

import ast
import string
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from bot.locales import FOLDER, words_in
from bot.locales.messages import CODE, KEYWORDS, messages_in_code, read_catalogue, update_catalogue

LANGUAGES = ["es", "fr", "vi", "km", "mn", "fil", "ko"]
FRIDAY = date(2016, 10, 14)


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [])


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def said(code: ast.AST) -> Iterator[str]:
    """The texts that calls of `words(…)`, `reader.words(…)`, `words.plural(…)` and their like begin with."""
    for call in ast.walk(code):
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
            name = getattr(call.func, "id", None) or getattr(call.func, "attr", None)
            if name in KEYWORDS:
                yield str(call.args[0].value)


def test_no_message_hides_from_the_catalogues() -> None:
    """Before Python 3.12, what is said inside an f-string is not found."""
    found = {forms(m.id)[0] for m in messages_in_code() if m.id}
    for path in CODE.rglob("*.py"):
        assert set(said(ast.parse(path.read_text("utf-8")))) <= found, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_translates_every_message_and_no_other(language: str) -> None:
    wanted = {forms(m.id)[0] for m in messages_in_code() if m.id}
    catalogue = read_catalogue(FOLDER / f"{language}.po", language)
    translated = {forms(m.id)[0] for m in catalogue if m.id and all(forms(m.string))}
    assert wanted - translated == set(), "missing: run python -m bot.locales.messages and translate"
    assert translated - wanted == set(), "not said any more"


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_fill_the_same_places(language: str) -> None:
    for message in read_catalogue(FOLDER / f"{language}.po", language):
        if message.id:
            wanted = set().union(*map(places, forms(message.id)))
            for text in forms(message.string):
                assert places(text) <= wanted, text
                assert wanted - places(text) <= {"number"}, text  # 'tomorrow' needs no number


def test_updating_a_catalogue_keeps_what_is_translated(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    path.write_bytes((FOLDER / "es.po").read_bytes())
    before = {forms(m.id)[0]: m.string for m in read_catalogue(path, "es") if m.id}
    update_catalogue(path, "es")
    assert {forms(m.id)[0]: m.string for m in read_catalogue(path, "es") if m.id} == before


def test_a_language_without_a_catalogue_reads_english() -> None:
    assert words_in("sw")("All topics") == "All topics"
    assert words_in("sw").day(FRIDAY)


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "Friday, October 14"),
        ("es", "viernes, 14 de octubre"),
        ("fr", "vendredi 14 octobre"),
        ("ko", "10월 14일 (금요일)"),
    ],
)
def test_a_day_is_written_in_full(language: str, day: str) -> None:
    assert words_in(language).day(FRIDAY) == day


def test_times_and_lengths_read_well() -> None:
    words = words_in("en")
    assert words.time(time(9, 5)) == "09:05"
    assert [words.duration(minutes) for minutes in (1, 45, 60, 90, 120)] == [
        "1 minute",
        "45 minutes",
        "1 hour",
        "1.5 hours",
        "2 hours",
    ]
