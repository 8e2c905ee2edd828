"""What became of one question."""

import pytest

from bot.assistant.reply import Kind
from bot.exam.asking import Asked, Question, Verdict


def _asked(ids: set[str], kind: Kind, answered: str | None = None, suggested: tuple[str, ...] = ()) -> Asked:
    return Asked(Question("?", frozenset(ids)), kind, answered, suggested, 0.5)


@pytest.mark.parametrize(
    ("one", "verdict"),
    [
        (_asked({"wifi"}, Kind.ANSWER, "wifi"), Verdict.RIGHT),
        (_asked({"wifi", "sim"}, Kind.ANSWER, "sim"), Verdict.RIGHT),
        (_asked({"wifi"}, Kind.ANSWER, "sim"), Verdict.WRONG),
        (_asked(set(), Kind.ANSWER, "sim"), Verdict.WRONG),
        (_asked(set(), Kind.ANSWER), Verdict.WRONG),
        (_asked({"wifi"}, Kind.SUGGESTIONS, None, ("sim", "wifi")), Verdict.SUGGESTED),
        (_asked({"wifi"}, Kind.SUGGESTIONS, None, ("sim",)), Verdict.MISSED),
        (_asked({"wifi"}, Kind.UNKNOWN), Verdict.MISSED),
        (_asked(set(), Kind.UNKNOWN), Verdict.RIGHT),
        (_asked(set(), Kind.SUGGESTIONS, None, ("sim",)), Verdict.RIGHT),
    ],
)
def test_a_reply_is_judged_by_the_ids_that_answer_the_question(one: Asked, verdict: Verdict) -> None:
    assert one.verdict is verdict
