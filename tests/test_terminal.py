"""The bot in a terminal: JSON lines in and out, a chat, an explanation, and clear errors."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.assistant.assistant import Assistant
from bot.assistant.reply import Conversation
from bot.knowledge.loader import load
from bot.terminal import BadInputError, answer_lines, chat, explain

TUESDAY = datetime(2016, 10, 11, 8, 10, tzinfo=ZoneInfo("Asia/Seoul"))


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(load(Path(__file__).parent.parent / "knowledge"))


def answers(assistant: Assistant, *given: object) -> list[dict[str, object]]:
    lines = [json.dumps(each) for each in given]
    return [json.loads(line) for line in answer_lines(assistant, lines, TUESDAY)]


def test_one_line_in_gives_one_line_out_in_order(assistant: Assistant) -> None:
    out = answers(assistant, {"q": "wifi password"}, {"q": "where is Pangyo"}, {"q": "hello"})
    assert [line["id"] for line in out] == ["wifi", "pangyo", "smalltalk"]
    assert out[0]["photos"] == ["wifi-card.png"]
    assert set(out[0]) == {"kind", "id", "confidence", "suggestions", "text", "photos"}


def test_empty_lines_are_passed_over(assistant: Assistant) -> None:
    assert len(list(answer_lines(assistant, ["\n", '{"q": "hello"}', ""], TUESDAY))) == 1


def test_the_language_and_the_moment_are_taken_from_the_line(assistant: Assistant) -> None:
    (line,) = answers(assistant, {"q": "what is tomorrow", "lang": "es", "now": "2016-10-13T09:00:00+09:00"})
    assert "viernes" in str(line["text"])


def test_a_time_without_a_zone_is_the_programmes(assistant: Assistant) -> None:
    (line,) = answers(assistant, {"q": "what is today", "now": "2016-10-13T23:30"})
    assert "Thursday, October 13" in str(line["text"])


@pytest.mark.parametrize("context", ["where is Pangyo", ["what is the wifi password", "where is Pangyo"]])
def test_earlier_questions_give_the_context(assistant: Assistant, context: object) -> None:
    (line,) = answers(assistant, {"q": "how do we get there?", "context": context})
    assert line["id"] == "pangyo"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "line 1: this is not JSON"),
        ('["q"]', "line 1: write an object with a question"),
        ('{"q": 5}', "line 1: write an object with a question"),
        ('{"q": "hi", "now": "tomorrow"}', "line 1: 'tomorrow' is not a time"),
        ('{"q": "hi", "now": 5}', "line 1: 5 is not a time"),
        ('{"q": "hi", "context": 5}', "line 1: context"),
    ],
)
def test_a_bad_line_is_named(assistant: Assistant, line: str, says: str) -> None:
    with pytest.raises(BadInputError) as caught:
        list(answer_lines(assistant, [line], TUESDAY))
    assert str(caught.value).startswith(says)


def test_a_chat_presses_buttons_by_number(assistant: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    chat(assistant, ["/sites", "1", "wifi", "/nonsense"], Conversation(), TUESDAY)
    shown = capsys.readouterr().out
    assert "Green Building, Seoul** · Seoul" in shown
    assert "smartcity2016" in shown


def test_an_explanation_shows_the_best_matches_and_their_parts(assistant: Assistant) -> None:
    shown = explain(assistant, "wats the wifi pasword", Conversation(), TUESDAY)
    assert "pasword → password" in shown
    assert "wifi" in shown
    assert "score" in shown
