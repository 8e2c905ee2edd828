"""Slips of the pen: each error names the right line and says in plain words what to do."""

import pytest

from bot.knowledge.yaml_tree import read_tree
from bot.locales import words_in

SLIPS = [
    ("b: @alice", 2, "may not begin with '@'; put the whole text in 'single quotes'"),
    ("b: `code`", 2, "may not begin with '`'"),
    ("b: %50 off", 2, "may not begin with '%'"),
    ("%50 off", 2, "may not begin with '%'"),
    ("b: *bold* text", 2, "may not begin with '*'"),
    ("b: **bold** text", 2, "may not begin with '*'"),
    ("b: & co", 2, "may not begin with '&'"),
    ("b: !{x}", 2, "may not begin with '!'"),
    ("b: [draft] talk", 2, "Nothing may follow a closing quote or bracket"),
    ('b: "The end" of it', 2, "Nothing may follow a closing quote or bracket"),
    ("b: Keynote: the future", 2, "a text with ': ' in it must be quoted"),
    (" b: 2", 2, "or the line is indented wrongly"),
    ("b: - x", 2, "a list begins on the next line"),
    ("b: 'open\nc: 1", 2, "the quote that opens here is never closed"),
    ('b: "open\nc: 1', 2, "the quote that opens here is never closed"),
    ("b: 'open\n--- \n'", 2, "is a quote not closed?"),
    ('b: "50\\% off"', 2, "in double quotes \\ begins a code"),
    ('b: "\\ud800"', 2, "this one has no character"),
    ("b: |text", 2, "after | or > the text begins on the next line"),
    ("b: >text", 2, "after | or > the text begins on the next line"),
    ("just words\nc: 1", 2, "this line is not 'key: value'"),
    ("b: [x, y\nc: 1", 2, "a bracket opens here and is not closed"),
    ("b: {x: y\nc: 1", 2, "a bracket opens here and is not closed"),
    ("b:\n   - x\n  - y", 4, "is it indented like the lines above?"),
    ("b:\n  - x\n  c: 1", 4, "does not line up with the list"),
    ("}", 2, "is it indented like the lines above?"),
]


@pytest.mark.parametrize(("text", "line", "words"), SLIPS)
def test_a_slip_is_explained_with_its_line(text: str, line: int, words: str) -> None:
    problem = read_tree(f"a: 1\n{text}\n".encode(), "a.yaml").findings.problems[-1]
    assert problem.line == line
    assert words in problem.message


@pytest.mark.parametrize(("text", "line", "words"), SLIPS)
def test_a_slip_is_explained_in_the_language_of_who_reads(text: str, line: int, words: str) -> None:
    problem = read_tree(f"a: 1\n{text}\n".encode(), "a.yaml").findings.problems[-1]
    assert problem.said(words_in("fr")).startswith(f"a.yaml:{line}: ")
    assert words not in problem.said(words_in("fr"))


@pytest.mark.parametrize(("text", "line", "words"), SLIPS)
def test_no_word_of_the_parser_reaches_the_reader(text: str, line: int, words: str) -> None:
    messages = " ".join(
        problem.message for problem in read_tree(f"a: 1\n{text}\n".encode(), "a").findings.problems
    )
    for jargon in ("token", "scalar", "simple key", "flow", "node", "stream", "is not YAML"):
        assert jargon not in messages
