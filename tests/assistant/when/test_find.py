"""Mentions of time, found in questions as people write them.

questions.jsonl holds the questions: language, moment of asking in Seoul, and what is meant, in the order of
the text (nothing for the traps). The rows marked `held_out` were written before the first word list.
"""

import json
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant.when import Kind, Part, When, find_when
from bot.assistant.when.words import FOLDER

SEOUL = ZoneInfo("Asia/Seoul")
LANGUAGES = ("en", "es", "fr", "vi", "km", "mn", "fil", "ko")
QUESTIONS = [
    json.loads(line) for line in (Path(__file__).parent / "questions.jsonl").read_text("utf-8").splitlines()
]
WEDNESDAY = datetime(2016, 10, 12, 10, 40, tzinfo=SEOUL)


def find(
    text: str, moment: datetime = WEDNESDAY, languages: tuple[str, ...] = LANGUAGES, zone: ZoneInfo = SEOUL
) -> tuple[When, ...]:
    """The mentions in a question at a programme from Monday 10 to Thursday 20 October 2016."""
    return find_when(
        text, moment, zone=zone, starts=date(2016, 10, 10), ends=date(2016, 10, 20), languages=languages
    )


def meaning(when: When) -> dict[str, Any]:
    def hours(moment: time | None) -> str | None:
        return f"{moment:%H:%M}" if moment is not None else None

    return {
        "first": str(when.first),
        "last": str(when.last),
        "after": hours(when.after),
        "before": hours(when.before),
        "kind": when.kind.value,
    }


@pytest.mark.parametrize("row", QUESTIONS, ids=[f"{row['lang']}: {row['q']}" for row in QUESTIONS])
@pytest.mark.parametrize("alone", [True, False], ids=["alone", "among eight"])
def test_a_question_means_its_days_whether_its_language_is_known_or_not(
    row: dict[str, Any], alone: bool
) -> None:
    moment = datetime.fromisoformat(row["now"]).replace(tzinfo=SEOUL)
    languages = (row["lang"], "en") if alone else LANGUAGES
    assert [meaning(when) for when in find(row["q"], moment, languages)] == row["when"]


def test_the_table_covers_every_language_and_every_kind_and_has_traps() -> None:
    assert {row["lang"] for row in QUESTIONS} == set(LANGUAGES)
    assert {when["kind"] for row in QUESTIONS for when in row["when"]} == {kind.value for kind in Kind}
    assert all(any(not r["when"] for r in QUESTIONS if r["lang"] == language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("What about TOMORROW morning?", "TOMORROW morning"),
        ("bus tommorow pls", "tommorow"),
        ("¿y MAÑANA?", "MAÑANA"),
        ("man\u0303ana?", "man\u0303ana"),  # the mark typed as a character of its own
        ("😀 ថ្ងៃ\u200bស្អែក 😀", "ថ្ងៃ\u200bស្អែក"),
        ("visit   on   14   October ?", "14   October"),
        ("내일일정", "내일"),
    ],
)
def test_a_mention_is_the_text_as_it_was_typed(text: str, mention: str) -> None:
    (when,) = find(text)
    assert text[when.start : when.end] == mention


def test_the_day_is_that_of_the_programmes_zone() -> None:
    evening_in_london = datetime(2016, 10, 11, 20, tzinfo=UTC)
    (when,) = find("today", evening_in_london)
    assert when.first == date(2016, 10, 12)


def test_a_part_without_a_day_says_so() -> None:
    (loose,), (bound,) = find("what is in the afternoon"), find("what is this afternoon")
    assert (loose.says_day, bound.says_day) == (False, True)
    assert loose.part is bound.part is Part.AFTERNOON


def test_a_language_without_words_of_time_is_passed_over() -> None:
    assert find("heute 14/10", languages=("de",))[0].first == date(2016, 10, 14)
    assert find("tomorrow", languages=("de", "../en")) == ()


def test_now_yields_to_a_day_that_is_named() -> None:
    assert [when.first.day for when in find("now what about tomorrow")] == [13]


def test_the_same_day_said_twice_is_one_mention() -> None:
    assert len(find("tomorrow, I mean 13 October")) == 1


@pytest.mark.parametrize("text", ["what" + " s" * 2000, "anything " + "else is " * 500, "the this " * 400])
def test_repeated_small_words_end_too(text: str) -> None:
    assert find(text) == ()


def test_what_lies_beyond_the_longest_message_is_not_read() -> None:
    assert find("x " * 2048 + "tomorrow") == ()


def _words_of_the_data() -> list[str]:
    words = {
        "0",
        "1",
        "7",
        "14",
        "31",
        "15:00",
        "3pm",
        "14/10",
        "2016",
        "10.",
        ",",
        "-",
        "?",
        "월",
        "일",
        "시",
    }
    for path in FOLDER.glob("*.yaml"):
        text = json.dumps(yaml.safe_load(path.read_text("utf-8")), ensure_ascii=False)
        words.update(word.strip("'\"()|?,:;[]{}*.\\") for word in text.replace("|", " ").split())
    return sorted(words)


moments = st.datetimes(datetime(2016, 9, 1), datetime(2016, 12, 1)).map(lambda m: m.replace(tzinfo=SEOUL))
texts = st.text(max_size=300) | st.lists(st.sampled_from(_words_of_the_data()), max_size=40).map(" ".join)


@given(texts, moments)
def test_mentions_of_any_text_lie_in_it_in_order_and_end_after_they_begin(
    text: str, moment: datetime
) -> None:
    found = find(text, moment)
    assert all(0 <= when.start < when.end <= len(text) for when in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(when.first <= when.last for when in found)
    assert all(when.last - when.first <= timedelta(days=6) for when in found)


@given(texts, moments)
def test_a_moment_is_always_that_of_asking(text: str, moment: datetime) -> None:
    for when in find(text, moment):
        if when.kind in {Kind.NOW, Kind.NEXT, Kind.REST_OF_DAY}:
            assert when.first == when.last == moment.date()
            assert when.after == moment.time().replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    "letter",
    ["a", " ", "1", "1/", "14 ", "\u0301", "😀", "the ", "today ", "오늘", "ថ្ងៃ", "- ", "\n", "ﷺ", "\u202e"],
)
def test_the_longest_message_of_one_letter_gets_few_mentions(letter: str) -> None:
    assert len(find(letter * 4096)) <= 1
