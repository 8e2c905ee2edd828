"""Cuts and inserts in the text of one YAML file, in the style of what stands there."""

import re
from collections.abc import Sequence

from bot.knowledge.editing.problems import EditError
from bot.knowledge.editing.spans import Span, line_break, line_end, line_start, spans
from bot.knowledge.editing.writing import Value, Written, in_line, lines, written
from bot.knowledge.message import Message

_COMMENT = re.compile(r"(?:^|\s)#")
_HEADER = re.compile(r"[|>][-+0-9]*")


class Splicer:
    """A text and the splices to be made in it. Offsets are those of the text before any splice."""

    def __init__(self, text: str) -> None:
        """`text` must be free of errors; raises what the YAML parser raises."""
        self.root = spans(text)
        self._text = text
        self._break = line_break(text)
        self._step = _step(self.root)
        self._splices: list[tuple[int, int, str]] = []

    def result(self) -> str:
        """The text after all splices."""
        parts, done = [], 0
        for start, end, new in sorted(self._splices, key=lambda splice: splice[:2]):
            parts += [self._text[done:start], new]
            done = end
        return "".join([*parts, self._text[done:]])

    def replace(self, parent: Span, span: Span, value: Value) -> None:
        """Puts `value` in the place of a child of `parent`. Raises EditError when a comment would be lost."""
        brackets = span.children is not None and span.flow
        if span.children is not None:
            self._keep_comments(span.start, span)
        if parent.flow or (brackets and not isinstance(value, str)):
            self._splice(span.start, span.end, in_line(value, span.style))
            return
        new = written(value, parent.column, self._step, span.style)
        if line_end(self._text, span.opening) < span.start:
            self._move_up(span, new)
        elif span.is_block_text:
            header = _HEADER.match(self._text, span.start)
            self._splice(
                span.start if new.inline else span.opening, header.end() if header else 0, new.inline
            )
            self._splice(line_end(self._text, span.start), span.end, "")
        else:
            self._splice(span.start if new.inline else span.opening, span.end, new.inline)
        self._below(span.end, new.below)

    def add(self, parent: Span, key: str, value: Value, order: Sequence[str]) -> None:
        """Adds a key to a mapping, behind the nearest key that `order` has before it."""
        before = _predecessor(parent, key, order)
        if not parent.flow:
            self._below(
                before.end if before else parent.end, tuple(lines({key: value}, parent.column, self._step))
            )
            return
        new = f"{in_line(key)}: {in_line(value)}"
        self._splice_in_brackets(parent, before, new)

    def append(self, parent: Span, value: Value) -> None:
        """Adds an item behind the last one of a list, set off by a blank line if the others are."""
        children = list((parent.children or {}).values())
        if parent.flow:
            self._splice_in_brackets(parent, children[-1] if children else None, in_line(value))
            return
        apart = len(children) > 1 and self._is_blank_line_in(children[-2].end, children[-1].beginning)
        new = lines([value], parent.column, self._step)
        self._below(parent.end, ("", *new) if apart else tuple(new))

    def remove(self, parent: Span, span: Span) -> None:
        """Removes one of several children. Raises EditError when a comment would be lost."""
        children = list((parent.children or {}).values())
        place = next(number for number, child in enumerate(children) if child is span)
        following = children[place + 1] if place + 1 < len(children) else None
        start = line_start(self._text, span.beginning)
        if not parent.flow and not self._text[start : span.beginning].strip():
            self._remove_lines(start, line_end(self._text, span.end))
        elif following:
            self._refuse_comment(span.end, following.beginning)
            self._splice(span.beginning, following.beginning, "")
        else:
            self._refuse_comment(children[place - 1].end, span.beginning)
            self._splice(children[place - 1].end, span.end, "")

    def _splice(self, start: int, end: int, new: str) -> None:
        self._splices.append((start, end, new))

    def _splice_in_brackets(self, parent: Span, before: Span | None, new: str) -> None:
        if before:
            self._splice(before.end, before.end, f", {new}")
        else:
            self._splice(parent.start + 1, parent.start + 1, new)

    def _below(self, offset: int, new: Sequence[str]) -> None:
        """Inserts lines below the line that holds `offset`."""
        place = line_end(self._text, offset)
        self._splice(place, place, "".join(f"{self._break}{line}" for line in new))

    def _move_up(self, span: Span, new: Written) -> None:
        """Takes out what begins below its key or dash, and writes what fits on one line right behind that."""
        self._splice(span.opening, span.opening, f" {new.inline}" if new.inline else "")
        top = line_end(self._text, span.opening)
        self._refuse_comment(top, span.start)
        self._splice(top, span.end, "")

    def _remove_lines(self, start: int, end: int) -> None:
        """With the break behind them; without one, in a file's last line, with the break before them."""
        if end < len(self._text):
            end += 2 if self._text.startswith("\r\n", end) else 1
        else:
            start -= 2 if self._text.endswith("\r\n", 0, start) else 1
        self._splice(start, end, "")

    def _keep_comments(self, start: int, span: Span) -> None:
        """Refuses when a comment stands between the texts of a list or mapping."""
        for text in span.texts():
            self._refuse_comment(
                start, line_end(self._text, text.start) if text.is_block_text else text.start
            )
            start = text.end
        self._refuse_comment(start, span.end)

    def _refuse_comment(self, start: int, end: int) -> None:
        if _COMMENT.search(self._text[start:end]):
            line = len(re.findall(r"\r\n|\n|\r", self._text[:start])) + 1
            raise EditError(
                Message("a comment near line {line} would be lost; change the file itself", line=line)
            )

    def _is_blank_line_in(self, start: int, end: int) -> bool:
        rows = self._text[line_end(self._text, start) : line_start(self._text, end)].splitlines()[1:]
        return any(not row.strip() for row in rows)


def _predecessor(parent: Span, key: str, order: Sequence[str]) -> Span | None:
    """The child behind which a new key goes: the last one, if `order` does not say; None if there is none."""
    children = parent.children or {}
    if not children:
        return None
    before = order[: order.index(key)] if key in order else ()
    known = [name for name in before if name in children]
    return children[known[-1] if known else list(children)[-1]]


def _step(root: Span) -> int:
    """By how many spaces the file indents: as its first indented keys or dashes show, else 2."""
    for child in (root.children or {}).values():
        if child.children and not child.flow and child.column > root.column:
            return child.column - root.column
    return 2
