"""One change to the bytes of a YAML file: a value is set, appended or removed, and all else stays."""

from collections.abc import Callable, Sequence
from copy import deepcopy

from bot.knowledge.editing.problems import EditError
from bot.knowledge.editing.spans import Span, Step
from bot.knowledge.editing.splicing import Splicer
from bot.knowledge.editing.writing import Value
from bot.knowledge.message import Message
from bot.knowledge.problems import path_words
from bot.knowledge.yaml_tree import Plain, read_tree

Path = tuple[Step, ...]
_BOM = b"\xef\xbb\xbf"


def set_value(data: bytes, path: Path, value: Value, order: Sequence[str] = ()) -> bytes:
    """The file with `value` at `path`; a key that is not there yet is added to its mapping.

    `order` lists keys as they should follow one another: a new one goes behind the nearest one before it.
    Raises EditError, as all here: when the file has errors, when nothing stands at the path, when comments
    would be lost, or when anything else of the file would read differently.
    """

    def change(splicer: Splicer) -> None:
        parent, step = _at(splicer.root, path[:-1]), path[-1]
        if step in (parent.children or {}):
            splicer.replace(parent, _at(parent, path[-1:]), value)
        elif isinstance(step, str) and parent.children is not None and not parent.is_list:
            splicer.add(parent, step, value, order)
        else:
            raise EditError(Message("nothing stands at {place}", place=path_words(path)))

    return _changed(data, change, lambda root: _put(root, path, value))


def append(data: bytes, path: Path, value: Value) -> bytes:
    """The file with `value` as a new last item of the list at `path`. Raises EditError."""

    def change(splicer: Splicer) -> None:
        span = _at(splicer.root, path)
        if not span.is_list:
            raise EditError(Message("{place} is not a list", place=path_words(path)))
        splicer.append(span, value)

    return _changed(data, change, lambda root: _items(root, path).append(_plain(value)))


def remove(data: bytes, path: Path) -> bytes:
    """The file without what stands at `path`, which something beside it must survive. Raises EditError."""

    def change(splicer: Splicer) -> None:
        parent, span = _at(splicer.root, path[:-1]), _at(splicer.root, path)
        if len(parent.children or {}) < 2:
            raise EditError(_only(path))
        splicer.remove(parent, span)

    return _changed(data, change, lambda root: _take(root, path))


def read_plain(data: bytes) -> Plain:
    """What a file says. Raises EditError when it has errors."""
    tree = read_tree(data, "")
    if tree.root is None or tree.findings.problems:
        first = min(tree.findings.problems)
        raise EditError(
            Message(
                "the file has errors already (line {line}: {problem})", line=first.line, problem=first.message
            )
        )
    return tree.root.value


def plain_at(root: Plain, path: Path) -> Plain:
    """What a file says at a path that is there."""
    for step in path:
        if isinstance(root, dict):
            root = root[str(step)]
        elif isinstance(root, list):
            root = root[int(step)]
    return root


def _changed(data: bytes, change: Callable[[Splicer], None], expect: Callable[[Plain], object]) -> bytes:
    """`data` after `change`, once it is sure that the file then says what `expect` makes of it."""
    expected = deepcopy(read_plain(data))
    splicer = Splicer(data.decode("utf-8-sig"))
    change(splicer)
    expect(expected)
    result = (_BOM if data.startswith(_BOM) else b"") + splicer.result().encode()
    tree = read_tree(result, "")
    if tree.findings.problems or tree.root is None or tree.root.value != expected:
        if not data.endswith((b"\n", b"\r")):
            raise EditError(Message("the last line of the file has no line break at its end; add one"))
        raise EditError(
            Message("the way the file is written here does not allow this change; change the file itself")
        )
    return result


def _only(path: Path) -> Message:
    place, above = path_words(path), path_words(path[:-1])
    if above:
        return Message("{place} is all that {above} holds; remove that", place=place, above=above)
    return Message("{place} is all that the file holds; remove that", place=place)


def _at(span: Span, path: Path) -> Span:
    for step in path:
        if step not in (span.children or {}):
            raise EditError(Message("nothing stands at {place}", place=path_words(path)))
        span = (span.children or {})[step]
    return span


def _put(root: Plain, path: Path, value: Value) -> None:
    above = plain_at(root, path[:-1])
    if isinstance(above, dict):
        above[str(path[-1])] = _plain(value)
    elif isinstance(above, list):
        above[int(path[-1])] = _plain(value)


def _take(root: Plain, path: Path) -> None:
    above = plain_at(root, path[:-1])
    if isinstance(above, dict):
        del above[str(path[-1])]
    elif isinstance(above, list):
        del above[int(path[-1])]


def _items(root: Plain, path: Path) -> list[Plain]:
    found = plain_at(root, path)
    return found if isinstance(found, list) else []


def _plain(value: Value) -> Plain:
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return [_plain(each) for each in value]
    return {key: _plain(each) for key, each in value.items()}
