"""What the YAML parser complains of, in words for somebody who has never seen YAML."""

from collections.abc import Sequence

from yaml import MarkedYAMLError

from bot.knowledge.message import Message

_TABS = Message("the line begins with a tab; use spaces")
_MISPLACED = Message(
    "does not belong here: is it indented like the lines above? "
    "Nothing may follow a closing quote or bracket; for a text, put the whole text in 'single quotes'"
)
_MARK = Message("a text may not begin with '{mark}'; put the whole text in 'single quotes'")

# A piece of the parser's own message → what to tell a person. The first that fits counts.
_WORDS = (
    (
        "alias",
        Message(
            "a text may not begin with '*'; put the whole text in 'single quotes', "
            "or write | and the text indented on the next lines"
        ),
    ),
    ("anchor", Message(_MARK, mark="&")),
    ("tag", Message(_MARK, mark="!")),
    (
        "block scalar",
        Message(
            "after | or > the text begins on the next line, indented; "
            "or put the whole text in 'single quotes'"
        ),
    ),
    ("tab", _TABS),
    (
        "mapping values are not allowed",
        Message(
            "a text with ': ' in it must be quoted (put the whole text in 'single quotes'), "
            "or the line is indented wrongly"
        ),
    ),
    (
        "sequence entries are not allowed",
        Message(
            "a list begins on the next line, not after 'key:'; "
            "for a text, put the whole text in 'single quotes'"
        ),
    ),
    (
        "unknown escape",
        Message("in double quotes \\ begins a code; write \\\\ for a \\, or use single quotes"),
    ),
    ("escape", Message("in double quotes \\ begins a code, and this one has no character")),
    ("end of stream", Message("the quote that opens here is never closed")),
    (
        "document indicator",
        Message("a line of --- stands inside a quoted text; is a quote not closed?"),
    ),
    ("directive", Message("a line may not begin with '%'")),
    (
        "document start",
        Message("a line may not begin with '%', and nothing may stand before '---'"),
    ),
    (
        "expected ':'",
        Message("this line is not 'key: value'; is the ':' missing, or the indentation wrong?"),
    ),
    (
        "flow",
        Message("a bracket opens here and is not closed, or a comma is missing between its items"),
    ),
    ("'-' indicator", Message("the line does not line up with the list above it")),
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
        return last_line, Message("is not YAML: {reason}", reason=error)
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
    return number + 1, Message("is not YAML: {reason}", reason=error.problem)


def _cannot_begin(character: str) -> str:
    return _TABS if character in {"\t", ""} else Message(_MARK, mark=character)
