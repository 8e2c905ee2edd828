"""What the YAML parser complains of, in words for somebody who has never seen YAML."""

from collections.abc import Sequence

from yaml import MarkedYAMLError

_TABS = "the line begins with a tab; use spaces"
_QUOTES = "put the whole text in 'single quotes'"

_MISPLACED = (
    "does not belong here: is it indented like the lines above? "
    "Nothing may follow a closing quote or bracket; for a text, " + _QUOTES
)

# A piece of the parser's own message → what to tell a person. The first that fits counts.
_WORDS = (
    (
        "alias",
        f"a text may not begin with '*'; {_QUOTES}, or write | and the text indented on the next lines",
    ),
    ("anchor", f"a text may not begin with '&'; {_QUOTES}"),
    ("tag", f"a text may not begin with '!'; {_QUOTES}"),
    ("block scalar", "after | or > the text begins on the next line, indented; or " + _QUOTES),
    ("tab", _TABS),
    (
        "mapping values are not allowed",
        f"a text with ': ' in it must be quoted ({_QUOTES}), or the line is indented wrongly",
    ),
    (
        "sequence entries are not allowed",
        f"a list begins on the next line, not after 'key:'; for a text, {_QUOTES}",
    ),
    ("unknown escape", "in double quotes \\ begins a code; write \\\\ for a \\, or use single quotes"),
    ("escape", "in double quotes \\ begins a code, and this one has no character"),
    ("end of stream", "the quote that opens here is never closed"),
    ("document indicator", "a line of --- stands inside a quoted text; is a quote not closed?"),
    ("directive", "a line may not begin with '%'"),
    ("document start", "a line may not begin with '%', and nothing may stand before '---'"),
    ("expected ':'", "this line is not 'key: value'; is the ':' missing, or the indentation wrong?"),
    ("flow", "a '[' or '{' opens here and is not closed, or a comma is missing between its items"),
    ("'-' indicator", "the line does not line up with the list above it"),
    ("expected <block end>", _MISPLACED),
    ("did not find expected key", _MISPLACED),
)
_AT_ITS_BEGINNING = ("quoted scalar", "flow", "simple key")
"""Where what was opened and not closed tells more than where the parser gave up."""


def explain(error: Exception, lines: Sequence[str], last_line: int) -> tuple[int, str]:
    """The line (from 1) and the words for an error of the parser.

    `lines` is the text of the file, `last_line` the line that was read last.
    """
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return last_line, f"is not YAML: {error}"
    where = error.problem_mark
    complaint = f"{error.context or ''}: {error.problem or ''}"
    if error.context_mark is not None and any(words in complaint for words in _AT_ITS_BEGINNING):
        where = error.context_mark
    number = min(where.line, len(lines) - 1)
    if "cannot start any token" in complaint:
        return number + 1, _cannot_begin(lines[number][where.column : where.column + 1])
    for piece, words in _WORDS:
        if piece in complaint:
            return number + 1, words
    return number + 1, f"is not YAML: {error.problem}"


def _cannot_begin(character: str) -> str:
    return _TABS if character in {"\t", ""} else f"a text may not begin with '{character}'; {_QUOTES}"
