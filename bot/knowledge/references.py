"""Ids across the files: each is given once, and whatever is referred to exists."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.message import Message
from bot.knowledge.problems import Findings, Problem, at_path, did_you_mean, quoted
from bot.knowledge.yaml_tree import Node, Tree, find

_RESULTS = ("entries", "sites", "sessions")
"""The lists of what a question can lead to. Their ids share one namespace."""

# Where a reference lies → what it may name: `entries`, `sites`, or any result.
_REFERENCES = {
    ("entries", "*", "sessions", "*"): "sessions",
    ("entries", "*", "follow_ups", "*"): "any",
    ("sites", "*", "follow_ups", "*"): "any",
    ("sessions", "*", "site"): "sites",
    ("sessions", "*", "buses", "*", "site"): "sites",
    ("shuttles", "*", "origin"): "sites",
    ("shuttles", "*", "destination"): "sites",
    ("cards", "*"): "entries",
    ("core_entries", "*"): "entries",
}
_UNKNOWN = {
    "entries": Message("no entry has the id {id}{hint}"),
    "sites": Message("no site has the id {id}{hint}"),
    "sessions": Message("no session has the id {id}{hint}"),
    "any": Message("no entry, site or session has the id {id}{hint}"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something with an id was written."""

    file: str
    node: Node

    def line_of(self, *path: str | int) -> int:
        """The line of a field, or of the nearest thing above it."""
        return self.node.line_of(*path)


def places_of(trees: Collection[Tree], findings: Findings) -> dict[str, Place]:
    """Where each entry, site and session is written, by id. Reports an id that is given again."""
    places: dict[str, Place] = {}
    shuttles: dict[str, Place] = {}
    for known, kinds in ((places, _RESULTS), (shuttles, ("shuttles",))):
        for tree, node, name in _ids(trees, kinds):
            line = node.line_of("id")
            first = known.setdefault(name, Place(tree.file, node))
            if first.node is not node:
                where = f"{first.file}:{first.line_of('id')}"
                words = Message(
                    "the id {id} is already used at {place}; choose another", id=quoted(name), place=where
                )
                findings.problems.append(Problem(tree.file, line, words))
    return places


def unknown_references(trees: Collection[Tree]) -> Iterator[Problem]:
    """A problem for each reference to an id that nothing has. None when a file with ids could not be read."""
    if not all(tree.root for tree in trees):
        return
    known = {
        "any": {name for _, _, name in _ids(trees, _RESULTS)},
        "sites": {name for _, _, name in _ids(trees, ("sites",))},
        "sessions": {name for _, _, name in _ids(trees, ("sessions",))},
        "entries": {name for _, _, name in _ids(trees, ("entries",))},
    }
    for tree in trees:
        for pattern, kind in _REFERENCES.items():
            for path, node in find(tree.root, *pattern) if tree.root else ():
                if isinstance(node.value, str) and node.value not in known[kind]:
                    hint = did_you_mean(node.value, known[kind])
                    words = Message(_UNKNOWN[kind], id=quoted(node.value), hint=hint)
                    yield Problem(tree.file, node.line, at_path(path, words))


def _ids(trees: Collection[Tree], lists: Sequence[str]) -> Iterator[tuple[Tree, Node, str]]:
    for tree in trees:
        for name in lists:
            for _, node in find(tree.root, name, "*") if tree.root else ():
                given = (node.children or {}).get("id")
                if given and isinstance(given.value, str):
                    yield tree, node, given.value
