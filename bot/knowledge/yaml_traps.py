"""Where YAML quietly reads something else than a person sees: cutting comments, odd indents, curly quotes."""

import re
from collections.abc import Iterator
from typing import cast

from yaml import Event, Mark, ScalarEvent

from bot.knowledge.message import Message
from bot.knowledge.problems import quoted
from bot.knowledge.yaml_text import INVISIBLE, invisible_words

Finding = tuple[int, str]
"""A line, from 1, and what is wrong there."""

# White space that is neither a space nor a line break, or a character of no width, before the first letter.
_ODD_INDENT = re.compile("^ *([^\\S ]|[\u200b\u2060]).*\\S")
# A comment that nobody meant: set off by one space, or with no space behind the #.
_CUTTING = re.compile(r"[ \t]#|\s+#\S")
_CURLY = {"“": "”", "„": "“”", "‘": "’"}


class Traps:
    """Looks at how the values of one file are written."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._lines = text.split("\n")
        numbered = list(enumerate(self._lines, 1))
        self._hashes = {number for number, line in numbered if " #" in line or "\t#" in line}
        self._odd = {number for number, line in numbered if _ODD_INDENT.match(line)}

    def errors(self, event: ScalarEvent) -> list[Finding]:
        """What is surely not meant as YAML reads it."""
        first, last = marks(event)
        start, end = first.line + 1, last.line + 1
        if event.style:
            self._allow_odd_indents(event)
            hidden = INVISIBLE.search(event.value)  # by a code such as \0 in double quotes
            return [(start, invisible_words(hidden[0]))] if hidden else []
        found: list[Finding] = []
        closing = _CURLY.get(event.value[:1])
        if closing and not any(mark in event.value for mark in closing):
            words = Message(
                "{text} begins with a curly quote, which YAML does not know; use straight quotes",
                text=quoted(event.value),
            )
            found.append((start, words))
        for line in range(start + 1, end + 1):
            if self._lines[line - 1].lstrip().startswith("- "):
                words = Message(
                    "this line is read as part of the text begun on line {line}; "
                    "indent it as a list, or put the text in 'single quotes'",
                    line=start,
                )
                found.append((line, words))
        return found

    def warnings(self, event: ScalarEvent) -> Iterator[Finding]:
        """What may not be meant as YAML reads it."""
        end = marks(event)[1]
        if event.style or end.line + 1 not in self._hashes:
            return
        rest = self._lines[end.line][end.column :]
        if _CUTTING.match(rest):
            words = Message(
                "{text} ends before {rest}, which is read as a comment (to keep it, put all in "
                "'single quotes'; for a comment, two spaces before # and one after)",
                text=quoted(event.value),
                rest=quoted(rest),
            )
            yield end.line + 1, words

    def odd_indents(self, last: int | None = None) -> list[Finding]:
        """Lines (up to `last`) indented with something else than spaces, outside the texts seen so far.

        The first ten: a file with more was made by an editor that indents so everywhere.
        """
        lines = [line for line in sorted(self._odd) if last is None or line <= last]
        return [(line, self._odd_words(line)) for line in lines[:10]]

    def _allow_odd_indents(self, event: ScalarEvent) -> None:
        """Inside quotes and below | every character is part of the text."""
        if self._odd:
            start, end = marks(event)
            to_the_end = event.style in {"'", '"'} or end.index >= self._length
            self._odd -= set(range(start.line + 2, end.line + 1 + to_the_end))

    def _odd_words(self, line: int) -> str:
        odd = self._lines[line - 1].lstrip(" ")[0]
        if odd == "\t":
            return Message("the line is indented with a tab; use spaces")
        return Message(
            "the line is indented with an invisible character (U+{code:04X}); use spaces", code=ord(odd)
        )


def marks(event: Event) -> tuple[Mark, Mark]:
    """Where an event begins and ends. The parser always says so, though its types do not."""
    return cast(tuple[Mark, Mark], (event.start_mark, event.end_mark))
