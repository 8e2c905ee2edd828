"""Cases from folders and from the question bank."""

import json
from pathlib import Path

import pytest

from bot.bench.data import Case, DataError, Question, case_of_bank, cases_in

ROOT = Path(__file__).parent.parent.parent


def write(folder: Path) -> Path:
    base = {"entries": [{"id": "bus", "questions": ["bus stop", "shuttle"]}]}
    tests = {"tests": [{"q": "where is the bus", "id": "bus"}, {"q": "the weather", "id": None}]}
    (folder / "toy-k2-s1.json").write_text(json.dumps(base))
    for kind in ("clean", "typo"):
        (folder / f"toy-test-{kind}.json").write_text(json.dumps(tests))
    return folder


def test_a_folder_gives_a_case_for_each_base_and_kind(tmp_path: Path) -> None:
    clean, typo = cases_in(write(tmp_path), "test")
    assert (clean.name, typo.name) == ("toy k2 clean", "toy k2 typo")
    assert clean.questions == (
        Question("where is the bus", frozenset({"bus"})),
        Question("the weather", frozenset()),
    )
    assert [phrasing.text for phrasing in clean.topics[0].phrasings] == ["bus stop", "shuttle"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no knowledge base"):
        list(cases_in(tmp_path, "test"))
    with pytest.raises(DataError, match=r"toy-dev-clean\.json"):
        list(cases_in(write(tmp_path), "dev"))


def test_a_sample_is_always_the_same_and_never_larger() -> None:
    case = Case("many", (), tuple(Question(str(number), frozenset()) for number in range(50)))
    assert case.sampled(10) == case.sampled(10)
    assert len(case.sampled(10).questions) == 10
    assert case.sampled(0) is case and case.sampled(99) is case


def test_the_bank_gives_questions_about_entries_and_out_of_scope(tmp_path: Path) -> None:
    bank = tmp_path / "bank.jsonl"
    lines = [
        {"q": "wifi?", "id": "wifi", "also": ["sim-card"], "half": "tune"},
        {"q": "what is on today", "id": "schedule", "half": "tune"},
        {"q": "and there?", "id": "wifi", "half": "tune", "context": ["hotel"]},
        {"q": "moon", "id": None, "half": "tune"},
        {"q": "other half", "id": "wifi", "half": "report"},
    ]
    bank.write_text("\n".join(map(json.dumps, lines)))
    case = case_of_bank(bank, "tune", ROOT / "knowledge")
    assert [(q.text, q.ids) for q in case.questions] == [
        ("wifi?", frozenset({"wifi", "sim-card"})),
        ("moon", frozenset()),
    ]
    assert {"wifi", "sim-card"} <= {topic.id for topic in case.topics}
