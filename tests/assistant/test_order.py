"""First, last and next beside a kind of session, in the languages' own order of words."""

import pytest

from bot.assistant.frames import frames_of
from bot.assistant.order import OrderFinder
from bot.assistant.spans import About, Span

FINDER = OrderFinder(frames_of(["en", "es", "fr", "vi", "km", "mn", "fil", "ko"]))


@pytest.mark.parametrize(
    ("question", "kind", "covered", "order"),
    [
        ("when is the last lecture?", "lecture", "last lecture", "last"),
        ("Next visit", "visit", "Next visit", "next"),
        ("la próxima visita", "visita", "próxima visita", "next"),
        ("bài giảng cuối cùng là khi nào", "bài giảng", "bài giảng cuối cùng", "last"),
        ("ទស្សនកិច្ចបន្ទាប់", "ទស្សនកិច្ច", "ទស្សនកិច្ចបន្ទាប់", "next"),
        ("마지막 강의", "강의", "마지막 강의", "last"),
        ("when is the lecture", "lecture", "lecture", ""),
        ("blast lecture", "lecture", "lecture", ""),
        ("lecture lasts", "lecture", "lecture", ""),
    ],
)
def test_the_word_beside_a_kind_says_which_one(question: str, kind: str, covered: str, order: str) -> None:
    start = question.index(kind)
    span = FINDER.widened(Span(start, start + len(kind), About.KIND, "lecture"), question)
    assert (question[span.start : span.end], span.order) == (covered, order)


def test_a_name_needs_no_order() -> None:
    name = Span(5, 11, About.TOPIC, "pangyo")
    assert FINDER.widened(name, "next Pangyo") == name
