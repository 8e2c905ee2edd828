"""An exam on paper."""

import csv
import io
from xml.etree.ElementTree import fromstring

from bot.assistant.reply import Kind
from bot.exam import output
from bot.exam.asking import Asked, Question, Verdict

WRONG = Asked(
    Question("=SUM(A1)\x0b <pool>?", frozenset({"hotel"}), "en", "faq/a.yaml:7"), Kind.ANSWER, "bus", (), 0.81
)
MISSED = Asked(Question("Sauna?", frozenset({"hotel"}), "en", "faq/a.yaml:8"), Kind.UNKNOWN, None, (), 0.2)
RIGHT = Asked(
    Question("Where do I sleep?", frozenset({"hotel"}), "en", "faq/a.yaml:9"), Kind.ANSWER, "hotel", (), 1.0
)
ALL = [WRONG, MISSED, RIGHT]
ONLY_WRONG = frozenset({Verdict.WRONG})


def test_the_terminal_shows_what_failed_with_its_line_and_the_figures() -> None:
    text = output.text(ALL, ONLY_WRONG, colours=False)
    assert "wrong  faq/a.yaml:7: '=SUM(A1) <pool>?' is answered as bus (0.81), not as hotel" in text
    assert "Sauna" not in text
    assert "1 × hotel answered as bus" in text
    assert "3 questions: 1 right, 0 suggested, 1 missed, 1 wrong" in text
    assert "precision 0.500 (of the answers given), coverage 0.667 answered, 0.333" in text
    assert "\033" not in text


def test_what_is_wrong_is_red_and_what_is_missed_yellow() -> None:
    text = output.text(ALL, frozenset({Verdict.WRONG, Verdict.MISSED}), colours=True)
    assert "\033[31mwrong" in text
    assert "\033[33mmissed faq/a.yaml:8: 'Sauna?' is not answered (hotel)" in text


def test_junit_has_a_case_for_each_question_and_can_be_parsed() -> None:
    suite = fromstring(output.junit(ALL, ONLY_WRONG))[0]  # noqa: S314 - our own
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    wrong, missed, right = suite
    assert wrong.get("name") == "=SUM(A1) <pool>?"
    assert wrong.get("file") == "faq/a.yaml"
    assert "answered as bus" in (wrong[0].get("message") or "")
    assert missed[0].tag == "skipped"
    assert len(right) == 0


def test_the_table_has_a_row_for_each_question_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(output.csv_table(ALL))))
    assert [row["verdict"] for row in rows] == ["wrong", "missed", "right"]
    assert rows[0]["question"].startswith("'=SUM")
    assert rows[0]["answered"] == "bus"
    assert rows[1]["place"] == "faq/a.yaml:8"
