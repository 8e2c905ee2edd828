"""The data files hold nothing that is not read, and find what they name."""

from typing import Any

import pytest
import yaml
from babel import Locale

from bot.assistant.when.phrases import Section
from bot.assistant.when.text import plain, read
from bot.assistant.when.words import FOLDER, Words, words_of_time

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "any")
SLOTS = {"weekdays", "short", "months", "parts", "numbers", "ordinals"}
KEYS = SLOTS | {"phrases", "past", "glue", "followers", "endings", "uncertain", "spelling", "not_errors"}
KEYS |= {"spaced", "marked", "article", "ranges"}


def data(language: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))
    return content


def searched(text: str, words: Words) -> str:
    return read(text).text if words.marked else plain(read(text)).text


@pytest.mark.parametrize("language", ["any", *LANGUAGES])
def test_a_file_holds_known_keys_and_texts_only(language: str) -> None:
    content = data(language)
    assert content.keys() <= KEYS
    assert content["phrases"].keys() <= set(Section)
    lists = [
        *content["phrases"].values(),
        *(content.get(key, []) for key in ("glue", "followers", "spelling", "ranges")),
    ]
    assert all(isinstance(text, str) for texts in lists for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_weekdays_and_months_are_found_by_their_names(language: str) -> None:
    words, locale = words_of_time(language), Locale.parse(language)
    assert words is not None
    for number, name in locale.days["format"]["wide"].items():
        found = [*words.find(searched(name, words))]
        assert [*found[0].values.values()] == [number]
    for number, name in locale.months["format"]["wide"].items():
        day = f"{name} 14 일" if language == "ko" else f"{name}ын 14" if language == "mn" else f"14 {name}"
        found = [*words.find(searched(day, words))]
        assert {found[0].values.get("month"), found[0].values.get("m")} & {number}, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_are_corrected_are_words_of_time(language: str) -> None:
    words = words_of_time(language)
    assert words is not None
    unknown = [
        word for word in words.spelling if not any(words.find(word)) and word not in words.names["month"]
    ]
    assert unknown == []
    assert not words.spelling & words.not_errors


@pytest.mark.parametrize("code", ["de", "", "../en", "EN", "any.yaml"])
def test_there_are_no_words_for_other_codes(code: str) -> None:
    assert words_of_time(code) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "what did we do"),
        ("mn", "хаашаа явсан бэ"),
        ("vi", "đã học gì"),
        ("ko", "뭐 했어요"),
        ("es", "que vimos"),
    ],
)
def test_a_question_may_look_back(language: str, text: str) -> None:
    words = words_of_time(language)
    assert words is not None
    assert words.looks_back(text)
    assert not words.looks_back("didact")
