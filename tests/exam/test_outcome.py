"""The figures of an exam."""

from bot.assistant.reply import Kind
from bot.exam.asking import Asked, Question, Verdict
from bot.exam.outcome import Confusion, confusions, figures

ASKED = [
    Asked(Question("1", frozenset({"wifi"})), Kind.ANSWER, "wifi", (), 0.9),
    Asked(Question("2", frozenset({"wifi"})), Kind.ANSWER, "sim", (), 0.8),
    Asked(Question("3", frozenset({"wifi"})), Kind.ANSWER, "sim", (), 0.8),
    Asked(Question("4", frozenset({"sim"})), Kind.SUGGESTIONS, None, ("sim",), 0.4),
    Asked(Question("5", frozenset({"sim"})), Kind.UNKNOWN, None, (), 0.1),
    Asked(Question("6", frozenset()), Kind.ANSWER, "sim", (), 0.7),
    Asked(Question("7", frozenset()), Kind.UNKNOWN, None, (), 0.1),
]


def test_precision_is_of_answers_and_coverage_of_questions_with_an_answer() -> None:
    found = figures(ASKED)
    assert found.questions == 7
    assert found.precision == 1 / 4
    assert found.coverage == 3 / 5
    assert found.helped == 2 / 5
    assert found.verdicts == {Verdict.RIGHT: 2, Verdict.WRONG: 3, Verdict.SUGGESTED: 1, Verdict.MISSED: 1}


def test_nothing_asked_is_nothing_wrong() -> None:
    assert (figures([]).precision, figures([]).coverage) == (1, 1)


def test_confusions_are_counted_the_most_frequent_first() -> None:
    assert confusions(ASKED) == [Confusion("wifi", "sim", 2), Confusion("none", "sim", 1)]
