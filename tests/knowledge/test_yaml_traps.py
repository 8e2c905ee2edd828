"""What YAML reads differently than it looks is an error or a warning, and nothing else is."""

import pytest

from bot.knowledge.yaml_tree import Tree, read_tree


def read(text: str) -> Tree:
    return read_tree(text.encode(), "a.yaml")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: C# #1", 2),
        ("a: Room #3", 1),
        ("a: Take bus # 5", 1),
        ("a: [x #1\n , y]", 1),
        ("a: two\n  lines #3", 2),
        ("a: x\t#y", 1),
        ("a: x   #y", 1),
    ],
)
def test_a_value_cut_by_a_comment_is_warned_about(text: str, line: int) -> None:
    [warning] = read(text).findings.warnings
    assert warning.line == line
    assert "which is read as a comment" in warning.message


@pytest.mark.parametrize(
    "text",
    [
        "a: x  # note",
        "a: 'C# #1'",
        "a: |\n  C# #1",
        "a: # note\n  b: x",
        "a: C#1",
        "# a #b\na: x",
        "a: '1' # note",
        "a:\n  - x   # n",
    ],
)
def test_a_comment_that_looks_like_one_is_not_warned_about(text: str) -> None:
    tree = read(text)
    assert tree.root
    assert not tree.findings.warnings


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a:\n\tb: 1", 2),
        ("\ta: 1", 1),
        ("a:\n  b: 1\n\xa0\xa0c: 1", 3),
        ("a:\n  - x\n  \xa0- y", 3),
        ("a: one\n \u3000two", 2),
        ("a: one\n \u200btwo", 2),
        ("a:\n  - x\n\t- y", 3),
    ],
)
def test_an_indentation_that_is_not_of_spaces_is_an_error(text: str, line: int) -> None:
    found = read(text).findings.problems
    assert any(problem.line == line and "is indented with" in problem.message for problem in found)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: |\n  x\n  \ty\nb: 1", "x\n\ty\n"),
        ("a: |\n  x\n  \xa0y", "x\n\xa0y"),
        ("a: 'x\n \xa0y'", "x \xa0y"),
        ("a: x\n  \t\nb: 1", "x"),
    ],
)
def test_inside_a_quoted_text_or_a_block_every_space_is_text(text: str, value: str) -> None:
    tree = read(text)
    assert not tree.findings.problems
    assert tree.root
    assert isinstance(tree.root.value, dict)
    assert tree.root.value["a"] == value


def test_an_indent_inside_a_text_does_not_excuse_the_line_after_it() -> None:
    assert [problem.line for problem in read("a: |\n  x\n  \xa0y\n\xa0b: 1\n").findings.problems] == [4, 4]


def test_a_list_swallowed_by_the_text_above_it_is_an_error() -> None:
    [problem] = read("a: one\n  - two\n").findings.problems
    assert str(problem).startswith("a.yaml:2: this line is read as part of the text begun on line 1")


@pytest.mark.parametrize(
    "text", ["a: “C# is it”", "a: “Hi” he said", "a: ‘x’", "a: „x“", "a: it’s", "a: «x»"]
)
def test_curly_quotes_in_pairs_are_part_of_the_text(text: str) -> None:
    tree = read(text)
    assert not tree.findings.problems
    assert tree.root
    assert tree.root.value == {"a": text.removeprefix("a: ")}


@pytest.mark.parametrize("text", ["a: [“x, y”]", "a: “C# #1”", "a: „open"])
def test_a_curly_quote_that_was_meant_to_quote_is_an_error(text: str) -> None:
    assert "curly quote" in read(text).findings.problems[0].message


def test_an_invisible_character_written_as_a_code_is_an_error() -> None:
    [problem] = read('a: 1\nb: "x\\0y"').findings.problems
    assert str(problem).startswith("a.yaml:2: an invisible character (U+0000")
