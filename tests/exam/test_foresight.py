"""Which questions another revision would answer differently."""

from datetime import UTC, datetime
from pathlib import Path

from bot.exam.foresight import Foresight, Shift, Side, foresee
from bot.knowledge.loader import load
from tests.knowledge_folder import HELP, write_folder

MOMENT = datetime(2031, 5, 5, 8, tzinfo=UTC)
DESK = "questions: [Where is the front desk?, How do I reach a person?]"
POOL = "  - {id: pool, title: Pool, questions: [Is there a swimming pool?], answer: Yes.}\n"


def _foresee(
    tmp_path: Path, old: str, new: str, recent: tuple[str, ...] = (), seconds: float = 60
) -> Foresight:
    left, right = (
        Side(load(write_folder(tmp_path / name, faq={"help": text})))
        for name, text in (("old", old), ("new", new))
    )
    return foresee(left, right, recent, moment=MOMENT, cache=tmp_path / "cache", seconds=seconds)


def test_the_same_knowledge_shifts_nothing(tmp_path: Path) -> None:
    assert _foresee(tmp_path, HELP, HELP) == Foresight(8, 0, ())


def test_what_the_change_is_there_for_does_not_count(tmp_path: Path) -> None:
    assert _foresee(tmp_path, HELP, HELP + POOL).shifts == ()
    assert _foresee(tmp_path, HELP + POOL, HELP).shifts == ()


def test_a_question_of_people_that_goes_elsewhere_is_told_first(tmp_path: Path) -> None:
    new = HELP.replace(DESK, "questions: [bus]") + POOL.replace("pool?", "pool?, Where is the front desk?")
    found = _foresee(tmp_path, HELP, new, ("where is the front desk", "Is there a swimming pool?"))
    assert found.shifts[:2] == (
        Shift("where is the front desk", "desk", "pool", was_asked=True),
        Shift("Is there a swimming pool?", None, "pool", was_asked=True),
    )
    assert Shift("How do I reach a person?", "desk", None, was_asked=False) in found.shifts


def test_when_the_time_is_up_it_says_how_many_were_left(tmp_path: Path) -> None:
    assert _foresee(tmp_path, HELP, HELP, seconds=-1) == Foresight(0, 8, ())
