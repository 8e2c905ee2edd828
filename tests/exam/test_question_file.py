"""A file of questions and the ids that answer them."""

from pathlib import Path

import pytest

from bot.exam.question_file import read_questions
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import KnowledgeError


@pytest.fixture
def knowledge(folder: Path) -> Knowledge:
    return load(folder)


def _file(tmp_path: Path, name: str, text: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def _errors(path: Path, knowledge: Knowledge) -> str:
    with pytest.raises(KnowledgeError) as error:
        read_questions(path, knowledge)
    return str(error.value)


def test_yaml_has_a_question_and_its_id_on_each_line(tmp_path: Path, knowledge: Knowledge) -> None:
    path = _file(
        tmp_path, "q.yaml", "Where is the desk?: desk\n'Who: me?': emergency desk\nA joke, please: none\n"
    )
    first, second, third = read_questions(path, knowledge)
    assert (first.text, first.ids, first.place) == ("Where is the desk?", frozenset({"desk"}), f"{path}:1")
    assert (second.text, second.ids) == ("Who: me?", frozenset({"emergency", "desk"}))
    assert third.ids == frozenset()


def test_csv_has_columns_in_any_order(tmp_path: Path, knowledge: Knowledge) -> None:
    path = _file(
        tmp_path, "q.csv", '\ufeffid,note,question\ndesk,,"Where, please?"\nport,x,docks\nschedule,,next\n'
    )
    found = read_questions(path, knowledge)
    assert [(one.text, *one.ids) for one in found] == [
        ("Where, please?", "desk"),
        ("docks", "port"),
        ("next", "schedule"),
    ]
    assert found[2].place.endswith("q.csv:4")


def test_every_wrong_line_is_told(tmp_path: Path, knowledge: Knowledge) -> None:
    path = _file(tmp_path, "q.csv", "question,id\na,desc\nb,\nc,desk\n")
    text = _errors(path, knowledge)
    assert "q.csv:2: nothing has the id 'desc' (did you mean 'desk'?)" in text
    assert "q.csv:3: write an id, or none for no answer" in text


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("q.csv", "where,what\n", "columns: question,id"),
        ("q.csv", "question,id\n", "holds no question"),
        ("q.csv", b"question,id\n\xff\xfe,desk\n", "UTF-8"),
        ("q.yaml", "- a\n- b\n", "write `question: id`"),
        ("q.yaml", "a: [desk]\n", "write `question: id`"),
        ("q.yaml", "a: desk\na: desk\n", "q.yaml:2"),
        ("q.txt", "a", "must end in .csv or .yaml"),
    ],
)
def test_a_file_that_is_something_else_is_refused_in_words(
    tmp_path: Path, knowledge: Knowledge, name: str, text: str | bytes, words: str
) -> None:
    assert words in _errors(_file(tmp_path, name, text), knowledge)


def test_a_file_that_is_missing_is_refused(tmp_path: Path, knowledge: Knowledge) -> None:
    assert "is missing" in _errors(tmp_path / "no.csv", knowledge)
