"""Every value of a YAML file arrives as typed, or is an error with a line. Nothing else ever happens."""

import tracemalloc

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.yaml_tree import MAX_BYTES, MAX_DEPTH, MAX_NODES, Tree, find, read_tree

Path = tuple[str | int, ...]


def read(text: str | bytes) -> Tree:
    return read_tree(text.encode() if isinstance(text, str) else text, "a.yaml")


def value(text: str | bytes) -> object:
    tree = read(text)
    assert not tree.findings.problems
    assert tree.root
    return tree.root.value


def problems(text: str | bytes) -> list[str]:
    return [str(problem) for problem in read(text).findings.problems]


TYPED = [
    "10:30", "9:30", "10.30", "24:00", "25:00", "100:00", "no", "yes", "on", "y", "true", "null", "~", "007",
    "0x1F", "1.10", "1e3", "1_000", ".5", "+49 30 1234", "2026-02-30", "2026-10-01 12:00:00", "C#1", "=", "<",
    "a  b", ".inf", "a\xa0b", "¿Qué?", "ការ", "🛟", "it's", 'say "hi"', "a:b", "-1", "“quoted”",
    "http://x.y/#z",
]  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_a_plain_value_stays_the_text_that_was_typed(typed: str) -> None:
    assert value(f"key: {typed}\nlist: [{typed}]") == {"key": typed, "list": [typed]}


@pytest.mark.parametrize("key", ["no", "on", "1", "007", "1.0", "null"])
def test_a_key_stays_the_text_that_was_typed(key: str) -> None:
    assert value(f"{key}: x") == {key: "x"}


def test_quotes_and_blocks_keep_what_is_in_them() -> None:
    text = "a: 'C# #1'\nb: |\n  one\n  \ttwo\nc: >-\n  one\n  two\nd: \"\\u00e9\\n\"\n"
    assert value(text) == {"a": "C# #1", "b": "one\n\ttwo\n", "c": "one two", "d": "é\n"}


def test_byte_order_mark_windows_line_ends_and_old_mac_line_ends_are_accepted() -> None:
    assert value(b"\xef\xbb\xbfa: 1\r\nb: 2\rc: 3\r\n") == {"a": "1", "b": "2", "c": "3"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\nb: 2\na: 3", "a.yaml:3: the key 'a' stands here twice: first on line 1; delete one of them"),
        ("1: x\n'1': y", "a.yaml:2: the key '1' stands here twice: first on line 1; delete one of them"),
        ("a: {b: 1, b: 2}", "a.yaml:1: the key 'b' stands here twice: first on line 1; delete one of them"),
        ("a: 1\n<<: {b: 1}", "a.yaml:2: merge keys (<<) are not allowed; write the lines out"),
        ("a: 1\n? [b]\n: c", "a.yaml:2: a key must be a plain word before the ':'"),
        ("a: 1\n'': c", "a.yaml:2: a key must be a plain word before the ':'"),
        ("a: 1\nb:\nc: 2", "a.yaml:2: 'b' is empty; write something behind the ':', or delete the line"),
        (
            "a:\n- 1\n-\n",
            "a.yaml:3: an item of the list is empty; write something behind the '-', or delete it",
        ),
        ("a: 1\n---\nb: 2", "a.yaml:2: a second document begins here; delete the line with ---"),
        ("", "a.yaml:1: is empty"),
        ("# only a note\n", "a.yaml:1: is empty"),
        ("---\n...\n", "a.yaml:1: is empty"),
    ],
)
def test_what_yaml_would_let_pass_is_an_error_with_its_line(text: str, found: str) -> None:
    assert problems(text) == [found]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: 1\nb: &x 2", 2, "&x"),
        ("a: 1\nb: *x", 2, "*x"),
        ("a: &x [*x]", 1, "*x"),
        ("b: !!python/object/apply:os.system [id]", 1, "os.system"),
        ("\nb: !!binary aGk=", 2, "binary"),
        ("b: !mine x", 1, "!mine"),
        ("b: !!str x", 1, "str"),
    ],
)
def test_anchors_references_and_tags_are_refused(text: str, line: int, word: str) -> None:
    assert any(found.startswith(f"a.yaml:{line}: ") and word in found for found in problems(text))


def test_several_errors_of_one_file_are_all_told() -> None:
    assert [problem.line for problem in read("a: &x 1\nb:\na: 2\n").findings.problems] == [1, 2, 3]


def test_an_alias_bomb_is_refused_and_never_grows() -> None:
    layers = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 10)]
    tree = read("l0: &l0 [x]\n" + "\n".join(layers))
    assert len(tree.findings.problems) > 9
    assert tree.root
    assert len(list(find(tree.root, "*", "*"))) == 82


@pytest.mark.parametrize("text", ["[" * 5000, "- " * 5000 + "x", "{a: " * 5000, "[" * MAX_BYTES])
def test_a_file_nested_too_deep_is_refused_before_much_is_built(text: str) -> None:
    tracemalloc.start()
    try:
        assert problems(text) == [f"a.yaml:1: lists and keys are nested deeper than {MAX_DEPTH} levels"]
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_file_with_too_many_values_is_refused() -> None:
    words = f"a.yaml:{MAX_NODES}: the file holds more than {MAX_NODES:,} values; split it in two"
    assert problems("- x\n" * (MAX_NODES + 1)) == [words]


def test_the_deepest_allowed_file_is_read() -> None:
    assert value("[" * MAX_DEPTH + "x" + "]" * MAX_DEPTH)


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "x" * (MAX_BYTES - 3),
        "a: '" + "x\n" * (MAX_BYTES // 2 - 4) + "'",
        "#" * MAX_BYTES,
        " #" * (MAX_BYTES // 2),
        "a: |\n" + "\t\n" * (MAX_BYTES // 2 - 4),
        "\n" * MAX_BYTES,
        "\xa0x\n" * (MAX_BYTES // 4),
        "a: x " + "#" * (MAX_BYTES - 5),
        "'" * MAX_BYTES,
        "?" * MAX_BYTES,
        "? " * (MAX_BYTES // 2),
        "a: “" * (MAX_BYTES // 6),
        "\x07" * MAX_BYTES,
        "-\n" * (MAX_BYTES // 2),
        "%" * MAX_BYTES,
    ],
)
def test_a_file_made_to_be_slow_still_comes_to_an_end(text: str) -> None:
    tree = read(text)
    assert tree.root or tree.findings.problems


@pytest.mark.parametrize(
    ("path", "line"), [(("a",), 1), (("a", 0, "c", 1), 5), (("a", 0, "c", "en", 1), 5), (("a", 0, "zz"), 2)]
)
def test_a_line_is_found_by_its_path_and_steps_not_typed_are_skipped(path: Path, line: int) -> None:
    root = read("a:\n  - b: 1\n    c:\n      - x\n      - y\n").root
    assert root
    assert root.line_of(*path) == line


def test_find_walks_lists_by_a_star() -> None:
    root = read("a:\n  - {b: 1}\n  - {c: 2}\n  - {b: 3}\n").root
    assert root
    found = [(path, node.value) for path, node in find(root, "a", "*", "b")]
    assert found == [(("a", 0, "b"), "1"), (("a", 2, "b"), "3")]


def arrives_or_is_an_error(document: str, expected: object) -> None:
    """The one promise of this module."""
    tree = read(document)
    if tree.findings.problems:
        assert all(problem.line >= 1 and problem.message for problem in tree.findings.problems)
    else:
        assert tree.root
        assert tree.root.value == expected


@given(st.text())
def test_any_text_quoted_by_another_program_arrives_as_typed(text: str) -> None:
    arrives_or_is_an_error(yaml.dump({"key": text}), {"key": text})


@given(st.text(), st.sampled_from(["|", ">", "'", '"', None]), st.booleans(), st.sampled_from([40, 10**9]))
def test_any_text_in_any_style_arrives_as_typed(
    text: str, style: str | None, unicode: bool, width: int
) -> None:
    written = {"key": [text], "after": "x"}
    document = yaml.dump(written, default_style=style, allow_unicode=unicode, width=width, sort_keys=False)
    arrives_or_is_an_error(document, written)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"]), min_size=1))
def test_ordinary_text_is_never_refused(text: str) -> None:
    tree = read(yaml.dump({"key": text}, allow_unicode=False, default_style='"', width=10**9))
    hidden = any(letter in "\ufeff\u202d\u202e" for letter in text)
    assert bool(tree.findings.problems) == hidden


@given(st.binary() | st.text(alphabet=list("ab:-#[]{}&*!|>'\"%@`?, \n\t\xa0\u2028“<0é")).map(str.encode))
def test_no_file_ever_raises_anything(data: bytes) -> None:
    tree = read(data)
    assert tree.root or tree.findings.problems


@given(st.text(alphabet=list("ab1:#-,.'\"“” \xa0é"), min_size=1).map(str.strip).filter(bool))
def test_an_unquoted_value_that_is_accepted_is_the_whole_line_or_warned_about(text: str) -> None:
    tree = read(f"key: {text}\n")
    if tree.root and not tree.findings.problems and isinstance(tree.root.value, dict):
        typed = tree.root.value["key"]
        assert typed == text or tree.findings.warnings or text[0] in "'\"" or " #" in text


def test_a_file_with_very_many_errors_is_not_read_to_its_end() -> None:
    assert len(problems("-\n" * 1000)) == 101
