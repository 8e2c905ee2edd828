"""YAML becomes a tree of texts as they were typed, each with its line; nothing is guessed.

YAML's own reading makes 10:30 the number 630, `no` false and 007 seven, lets the second of two equal keys win
and lets nine short lines stand for a billion. Here the parser's events are read one by one: every value is a
text, and anchors, aliases, tags, merge keys and repeated keys are refused.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from bot.knowledge.message import Message, MessageError
from bot.knowledge.problems import Findings, Problem, quoted
from bot.knowledge.yaml_text import decode
from bot.knowledge.yaml_traps import Traps, marks
from bot.knowledge.yaml_words import explain

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_NODES = 50_000
MAX_PROBLEMS = 100

Plain = str | list["Plain"] | dict[str, "Plain"] | None
"""What a file says, without lines. None stands where nothing was written, which is always a problem too."""

_PARSER = yaml.CBaseLoader  # not only fast: the parser in Python takes no ? before a comma in [lists]


@dataclass(slots=True)
class Node:
    """A value, with its line from 1 (the line of its key, where it has one)."""

    line: int
    value: Plain
    children: dict[str | int, "Node"] | None = None

    def line_of(self, *path: str | int) -> int:
        """The line of what is at `path`, or of the nearest thing above it; skips steps that nobody typed."""
        node = self
        for step in path:
            node = (node.children or {}).get(step, node)
        return node.line


@dataclass(slots=True)
class Tree:
    """A file as read. Never an exception: what is wrong is in the findings."""

    file: str  # as a person finds it
    data: bytes = b""
    sha256: str = ""  # of the data, hexadecimal
    root: Node | None = None  # None when it could not be read to its end
    findings: Findings = field(default_factory=Findings)


def read_tree(data: bytes, file: str) -> Tree:
    """Reads the content of one YAML file of at most MAX_BYTES; `file` is its name in the findings."""
    tree = Tree(file, data, hashlib.sha256(data).hexdigest())
    text, tree.findings.problems = decode(data, file)
    if text.strip():
        _Reader(text, tree).read()
    if tree.root is None and not tree.findings.problems:
        tree.findings.problems.append(Problem(file, 1, Message("is empty")))
    return tree


def find(node: Node, *pattern: str) -> Iterator[tuple[tuple[str | int, ...], Node]]:
    """Every node at `pattern` below `node`, with its path; the step `*` stands for each item."""
    if not pattern:
        yield (), node
        return
    children = node.children or {}
    step = pattern[0]
    for key in children if step == "*" else [step] if step in children else []:
        for path, found in find(children[key], *pattern[1:]):
            yield (key, *path), found


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read."""

    node: Node
    waiting: bool = False  # a key was read, its value comes next
    key: str | None = None  # None: the value is read and dropped
    key_line: int = 0


class _Stop(MessageError):  # noqa: N818 - not an error of this program: the file ends the reading
    """The rest of the file is not worth reading."""


class _Reader:
    """Walks the parser's events once and hangs each value in its place."""

    def __init__(self, text: str, tree: Tree) -> None:
        self.text = text
        self.tree = tree
        self.traps = Traps(text)
        self.open: list[_Open] = []  # around the present event, outermost first
        self.nodes = 0
        self.documents = 0
        self.line = 1

    def read(self) -> None:
        try:
            for event in yaml.parse(self.text, Loader=_PARSER):
                self.line = marks(event)[0].line + 1
                self.take(event)
        except _Stop as stop:
            self.tree.root = None
            self.problem(stop.message)
        except (yaml.YAMLError, ValueError, OverflowError) as error:  # ValueError: a code beyond Unicode
            self.tree.root = None
            self.line, words = explain(error, self.text.split("\n"), self.line)
            if not self.report(self.traps.odd_indents(self.line)):
                self.problem(words)
        else:
            self.report(self.traps.odd_indents())

    def take(self, event: yaml.Event) -> None:
        if len(self.tree.findings.problems) >= MAX_PROBLEMS:
            raise _Stop(Message("the file has {number} errors; mend them first", number=MAX_PROBLEMS))
        if isinstance(event, yaml.ScalarEvent):
            self.scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.collection(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
        elif isinstance(event, yaml.AliasEvent):
            self.problem(
                Message(
                    "references such as {mark} are not allowed; if it is a text, put it in 'single quotes'",
                    mark=quoted(f"*{event.anchor}"),
                )
            )
            self.place(Node(self.line, f"*{event.anchor}"))
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _Stop(Message("a second document begins here; delete the line with ---"))

    def scalar(self, event: yaml.ScalarEvent) -> None:
        self.count(event)
        self.report(self.traps.errors(event))
        self.tree.findings.warnings += [
            Problem(self.tree.file, line, text) for line, text in self.traps.warnings(event)
        ]
        if event.value == "" and not event.style:
            self.place(Node(self.line, None))
        else:
            self.place(Node(self.line, event.value))

    def collection(self, event: yaml.CollectionStartEvent) -> None:
        self.count(event)
        if len(self.open) >= MAX_DEPTH:
            raise _Stop(Message("lists and keys are nested deeper than {number} levels", number=MAX_DEPTH))
        value: Plain = {} if isinstance(event, yaml.MappingStartEvent) else []
        node = Node(self.line, value, {})
        self.place(node)
        self.open.append(_Open(node))

    def count(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _Stop(
                Message("the file holds more than {number:,} values; split it in two", number=MAX_NODES)
            )
        if event.anchor is not None:
            self.problem(
                Message(
                    "anchors such as {mark} are not allowed; if it is a text, put it in 'single quotes'",
                    mark=quoted(f"&{event.anchor}"),
                )
            )
        if event.tag is not None:
            self.problem(
                Message(
                    "tags such as {mark} are not allowed; if it is a text, put it in 'single quotes'",
                    mark=quoted(event.tag),
                )
            )

    def place(self, node: Node) -> None:
        """Hangs `node` below what is open: as the root, an item, a key, or the value of the key before it."""
        if not self.open:
            self.tree.root = node if node.value is not None else None
            return
        above = self.open[-1]
        if isinstance(above.node.value, list):
            self.hang(above.node, len(above.node.value), node)
        elif above.waiting:
            above.waiting = False
            node.line = above.key_line
            if above.key is not None:
                self.hang(above.node, above.key, node)
        else:
            above.waiting, above.key, above.key_line = True, self.key(above.node, node), node.line

    def hang(self, above: Node, key: str | int, node: Node) -> None:
        if node.value is None:
            self.tree.findings.problems.append(Problem(self.tree.file, node.line, _empty(key)))
        if above.children is not None:
            above.children[key] = node
        if isinstance(above.value, dict):
            above.value[str(key)] = node.value
        elif isinstance(above.value, list):
            above.value.append(node.value)

    def key(self, mapping: Node, node: Node) -> str | None:
        """The name of a key, or None when it cannot be used."""
        name = node.value
        if not isinstance(name, str) or not name:
            self.problem(Message("a key must be a plain word before the ':'"))
        elif name != name.strip():
            self.problem(Message("the key {key} has white space around it; delete it", key=quoted(name)))
        elif name == "<<":
            self.problem(Message("merge keys (<<) are not allowed; write the lines out"))
        elif mapping.children and name in mapping.children:
            first = mapping.children[name].line
            self.problem(
                Message(
                    "the key {key} stands here twice: first on line {line}; delete one of them",
                    key=quoted(name),
                    line=first,
                )
            )
        else:
            return name
        return None

    def report(self, errors: list[tuple[int, str]]) -> bool:
        """Adds errors to the tree; whether there were any."""
        self.tree.findings.problems += [Problem(self.tree.file, line, words) for line, words in errors]
        return bool(errors)

    def problem(self, words: str) -> None:
        self.tree.findings.problems.append(Problem(self.tree.file, self.line, words))


def _empty(key: str | int) -> str:
    if isinstance(key, int):
        return Message("an item of the list is empty; write something behind the '-', or delete it")
    return Message("{key} is empty; write something behind the ':', or delete the line", key=quoted(key))
