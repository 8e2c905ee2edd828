"""Texts, lists and mappings are written so that they read back exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.editing.problems import EditError
from bot.knowledge.editing.writing import Value, in_line, lines, written
from bot.knowledge.yaml_text import INVISIBLE
from bot.knowledge.yaml_tree import read_tree
from tests.knowledge.editing.yaml_files import ROOTS, TEXTS


def test_a_text_is_plain_where_it_can_be() -> None:
    assert [in_line(text) for text in ("wifi", "10:30", "it's", "a, b", "a\nb")] == [
        "wifi", "10:30", "it's", "'a, b'", '"a\\nb"',
    ]  # fmt: skip
    assert written("a, b", 0, 2).inline == "a, b"
    assert written("a: b", 0, 2).inline == "'a: b'"
    assert written("it's: b", 0, 2, '"').inline == '"it\'s: b"'


def test_what_would_be_read_with_a_warning_is_quoted() -> None:
    assert written("room #4", 0, 2).inline == "'room #4'"


def test_lines_go_below_a_bar_that_says_how_they_end() -> None:
    assert written("a\nb", 0, 2) == written("a\nb", 0, 2, "|")
    assert written("a\nb\n", 2, 4).inline == "|"
    assert written("a\n\nb\n", 2, 4).below == ("      a", "", "      b")
    assert written(" a\nb", 0, 2).inline == "|2-"
    assert written("a\n\n", 0, 2).inline == '"a\\n\\n"'


def test_lists_of_mappings_are_written_as_people_write_them() -> None:
    value: Value = {
        "id": "tea",
        "photos": [{"file": "a.jpg", "caption": "x"}],
        "questions": {"en": ["q", "r\ns"]},
    }
    assert list(lines([value], 2, 2)) == [
        "  - id: tea",
        "    photos:",
        "      - file: a.jpg",
        "        caption: x",
        "    questions:",
        "      en:",
        "        - q",
        "        - |-",
        "          r",
        "          s",
    ]


def test_nothing_is_not_written() -> None:
    with pytest.raises(ValueError, match="that holds something"):
        list(lines([], 0, 2))


@given(TEXTS, st.sampled_from([None, "'", '"', "|", ">"]), st.integers(2, 5))
def test_any_text_reads_back(text: str, style: str | None, step: int) -> None:
    if INVISIBLE.search(text):
        with pytest.raises(EditError, match="invisible"):
            in_line(text, style)
        return
    value = written(text, 0, step, style)
    tree = read_tree("\n".join([f"a: {value.inline}", *value.below, "b: c\n"]).encode(), "")
    assert tree.root and tree.root.value == {"a": text, "b": "c"}
    tree = read_tree(f"[{in_line(text, style)}, b]".encode(), "")
    assert tree.root and tree.root.value == [text, "b"]


@given(ROOTS, st.integers(2, 4))
def test_any_value_reads_back(root: dict[str, object], step: int) -> None:
    try:
        text = "\n".join([*lines(root, 0, step), ""])  # type: ignore[arg-type]
    except EditError:
        return
    tree = read_tree(text.encode(), "")
    assert tree.root and tree.root.value == root
