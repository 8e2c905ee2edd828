"""Where each value of a YAML file stands in its text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from bot.knowledge.yaml_traps import marks

_BREAK = re.compile(r"\r\n|\n|\r")
_LAST_BREAK = re.compile(r"(\r\n|\n|\r)\Z")
Step = str | int


@dataclass(slots=True)
class Span:
    """A text, list or mapping. Offsets count characters from the beginning of the text."""

    start: int
    end: int  # behind its last character; comments and blank lines after it are not part of it
    column: int  # of its first character, from 0
    style: str | None = None  # of a text: ', ", | or >; None for a plain one, and for lists and mappings
    flow: bool = False  # written in brackets, or between some
    is_list: bool = False
    children: dict[Step, "Span"] | None = None  # of a list or mapping
    beginning: int = 0  # of the dash or key before it
    opening: int = 0  # behind that dash, or behind the colon

    @property
    def is_block_text(self) -> bool:
        """Whether it is a text written below | or >."""
        return self.style in {"|", ">"}

    @property
    def first(self) -> Step:
        """The first of the children."""
        return next(iter(self.children or {}))

    @property
    def last(self) -> Step:
        """The last of the children."""
        return next(reversed(self.children or {}))

    def texts(self) -> Iterator["Span"]:
        """All texts in it, without keys."""
        if self.children is None:
            yield self
        for child in (self.children or {}).values():
            yield from child.texts()


def spans(text: str) -> Span:
    """The spans of a file that `read_tree` finds no fault with. `text` has its own line breaks."""
    return _Reader(text).read()


def line_break(text: str) -> str:
    """The line break that a text uses first."""
    found = _BREAK.search(text)
    return found[0] if found else "\n"


def line_start(text: str, offset: int) -> int:
    """Where the line begins that holds `offset`."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_end(text: str, offset: int) -> int:
    """Where the line ends that holds `offset`, before its line break."""
    found = _BREAK.search(text, offset)
    return found.start() if found else len(text)


class _Reader:
    """Turns the parser's events into spans."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.events = yaml.parse(text, Loader=yaml.CBaseLoader)

    def read(self) -> Span:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                break
        return self.node(next(self.events), flow=False)

    def node(self, event: yaml.Event, *, flow: bool) -> Span:
        start, end = marks(event)
        if isinstance(event, yaml.ScalarEvent):
            style = event.style or None
            last = self.end_of_block(start.index, end.index) if style in {"|", ">"} else end.index
            return Span(start.index, last, start.column, style, flow)
        assert isinstance(event, yaml.CollectionStartEvent)  # noqa: S101 - aliases were refused before
        flow = flow or bool(event.flow_style)
        span = Span(start.index, end.index, start.column, None, flow, children={})
        if isinstance(event, yaml.SequenceStartEvent):
            span.is_list = True
            closing = self.items(span)
        else:
            closing = self.keys(span)
        if flow:
            span.end = marks(closing)[1].index
        elif span.children:
            span.end = span.children[span.last].end
        return span

    def items(self, span: Span) -> yaml.Event:
        assert span.children is not None  # noqa: S101 - made with it
        for number, event in enumerate(self.events):
            if isinstance(event, yaml.SequenceEndEvent):
                return event
            child = span.children[number] = self.node(event, flow=span.flow)
            child.beginning = child.opening = child.start
            if not span.flow:
                child.beginning = self.dash(span, child.start) if number else span.start
                child.opening = child.beginning + 1
        raise ValueError("the list does not end")  # the parser would have said so

    def keys(self, span: Span) -> yaml.Event:
        assert span.children is not None  # noqa: S101 - made with it
        for key in self.events:
            if not isinstance(key, yaml.ScalarEvent):
                return key
            child = span.children[key.value] = self.node(next(self.events), flow=span.flow)
            start, end = marks(key)
            child.beginning, child.opening = start.index, self.text.index(":", end.index) + 1
        raise ValueError("the mapping does not end")

    def dash(self, span: Span, offset: int) -> int:
        """The dash of an item that begins at `offset`: comments may stand between the two."""
        start = line_start(self.text, offset)
        while not self.text.startswith(" " * span.column + "-", start):
            start = line_start(self.text, start - (2 if self.text[:start].endswith("\r\n") else 1))
        return start + span.column

    def end_of_block(self, start: int, end: int) -> int:
        """Where a text below | or > ends, whose event takes in the blank lines behind it."""
        header = self.text[start : line_end(self.text, start)]
        if "+" in header.partition("#")[0]:  # the blank lines belong to it
            return start + len(_LAST_BREAK.sub("", self.text[start:end]))
        return line_end(self.text, start + len(self.text[start:end].rstrip(" \t\r\n")))
