"""The question bank: whole, split, kept apart from the knowledge, and answered well on the reported half."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from bot.assistant.assistant import Assistant
from bot.knowledge.loader import load
from bot.matching.normalise import normalise
from tests.benchmarks.question_bank import PARTS, Asked, ask_all, bank, figures

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
FEWEST = 400


@pytest.fixture(scope="module")
def reported() -> list[Asked]:
    """The reported half, asked once."""
    return ask_all(Assistant(load(KNOWLEDGE)), bank("report"))


def phrasings() -> Iterator[str]:
    knowledge = load(KNOWLEDGE)
    for entry in knowledge.entries.values():
        yield from chain(*entry.questions.values(), *entry.not_about.values())
    for site in knowledge.sites.values():
        yield from chain(*site.questions.values(), *site.not_about.values())
    for session in knowledge.sessions.values():
        yield from chain(*session.questions.values())


def all_parts() -> list[dict[str, Any]]:
    return [question for part in PARTS for question in bank(part=part)]


def test_the_bank_is_large_and_every_question_is_in_one_half() -> None:
    questions = all_parts()
    assert len(questions) >= FEWEST
    assert {question["half"] for question in questions} == {"tune", "report"}
    assert len({question["lang"] for question in questions}) == 8
    asked = Counter((question["q"].casefold(), str(question.get("context"))) for question in questions)
    assert [question for question, times in asked.items() if times > 1] == []


def test_every_expected_id_is_in_the_knowledge() -> None:
    knowledge = load(KNOWLEDGE)
    known = {*knowledge.entries, *knowledge.sites, *knowledge.sessions, "schedule", "smalltalk", None}
    assert {question["id"] for question in all_parts()} <= known
    assert {other for question in all_parts() for other in question.get("also", [])} <= known


def test_hardly_a_question_is_a_phrasing_of_the_knowledge() -> None:
    """Two people may write the same three words; but the bank is not copied."""
    known = {normalise(phrasing) for phrasing in phrasings()}
    questions = all_parts()
    same = [
        question["q"]
        for question in questions
        if normalise(question["q"]) in known and question["kind"] != "keyword"
    ]
    assert len(same) <= len(questions) * 0.05


def test_the_reported_half_is_answered_well(reported: list[Asked]) -> None:
    """Floors a little under what was measured, so that a loss of quality is seen."""
    english = figures([each for each in reported if each.question["lang"] == "en"])
    others = figures([each for each in reported if each.question["lang"] != "en"])
    assert english.right >= 0.67
    assert others.right >= 0.80
    for each in (english, others):
        assert each.helped >= 0.84
        assert each.precision_mixed >= 0.93
        assert each.refused >= 0.86
        assert each.calibration_error <= 0.06
