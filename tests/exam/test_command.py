"""The command `test`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.encoder.blocking import BlockingMeaning
from bot.encoder.meaning import Meaning
from bot.exam.command import examine
from bot.preview.clock import SettableClock


@pytest.fixture
def meaning(tmp_path: Path) -> Iterator[BlockingMeaning]:
    with BlockingMeaning(Meaning(None, tmp_path)) as meaning:
        yield meaning


@pytest.mark.parametrize(
    ("text", "precision", "passed"),
    [
        ("Where is the front desk?: desk\nI need an ambulance: emergency\n", None, True),
        ("Where is the front desk?: emergency\n", None, False),
        ("Where is the front desk?: emergency\nI need an ambulance: emergency\n", 0.5, True),
        ("Where is the front desk?: emergency\nI need an ambulance: emergency\n", 0.6, False),
        ("What is the capital of Peru?: none\n", None, True),
    ],
)
def test_a_file_of_questions_passes_or_fails(
    *,
    folder: Path,
    tmp_path: Path,
    clock: SettableClock,
    meaning: BlockingMeaning,
    capsys: pytest.CaptureFixture[str],
    text: str,
    precision: float | None,
    passed: bool,
) -> None:
    questions = tmp_path / "questions.yaml"
    questions.write_text(text, "utf-8")
    junit, table = tmp_path / "out.xml", tmp_path / "out.csv"
    found = examine(
        folder,
        questions,
        clock=clock,
        meaning=meaning,
        cache=tmp_path / "cache",
        precision=precision,
        junit=junit,
        table=table,
    )
    assert found is passed
    assert "precision" in capsys.readouterr().out
    assert junit.read_text("utf-8").count("<testcase") == text.count("\n")
    assert len(table.read_text("utf-8").splitlines()) == text.count("\n") + 1
