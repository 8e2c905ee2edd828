"""Each value of a file is found where it stands in the text."""

from bot.knowledge.editing.spans import Span, Step, line_break, line_end, line_start, spans

TEXT = """\
# é
a: b  # c
list:
-   one
-
  two
- - x
  - {k: "v\\
     w", l: [1, 2,]}
block: |+
  text

last: >-  # folded
  a
  b

"""


def shown(text: str, *path: Step) -> str:
    found: Span = spans(text)
    for step in path:
        found = (found.children or {})[step]
    return text[found.start : found.end]


def test_texts_are_found_in_every_style() -> None:
    for text in (TEXT, TEXT.replace("\n", "\r\n")):
        newline = line_break(text)
        assert shown(text, "a") == "b"
        assert shown(text, "list", 0) == "one"
        assert shown(text, "list", 1) == "two"
        assert shown(text, "list", 2, 1, "k") == f'"v\\{newline}     w"'
        assert shown(text, "list", 2, 1, "l") == "[1, 2,]"
        assert shown(text, "block") == f"|+{newline}  text{newline}"
        assert shown(text, "last") == f">-  # folded{newline}  a{newline}  b"


def test_a_list_ends_with_its_last_value() -> None:
    assert shown(TEXT, "list").endswith("l: [1, 2,]}")


def test_dashes_and_keys_are_where_their_values_begin() -> None:
    found = (spans(TEXT).children or {})["list"].children or {}
    assert [TEXT[child.beginning : child.opening] for child in found.values()] == ["-", "-", "-"]
    assert TEXT[found[1].beginning : found[1].end] == "-\n  two"
    key = (spans(TEXT).children or {})["block"]
    assert TEXT[key.beginning : key.opening] == "block:"


def test_what_stands_in_brackets_knows_it() -> None:
    inner = (((spans(TEXT).children or {})["list"].children or {})[2].children or {})[1]
    assert inner.flow
    assert all(child.flow for child in (inner.children or {}).values())


def test_lines_end_before_any_kind_of_break() -> None:
    assert [line_break(text) for text in ("a\r\nb\n", "a\rb", "a", "a\nb\r\n")] == ["\r\n", "\r", "\n", "\n"]
    assert (line_start("a\r\nbc\r\n", 4), line_end("a\r\nbc\r\n", 4)) == (3, 5)
    assert (line_start("abc", 2), line_end("abc", 2)) == (0, 3)
