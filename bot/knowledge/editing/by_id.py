"""Changes to entries, sites and sessions, found by their ids among the files of a folder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.editing.edits import Path, append, plain_at, read_plain, remove, set_value
from bot.knowledge.editing.problems import EditError
from bot.knowledge.editing.writing import Value
from bot.knowledge.message import Message
from bot.knowledge.model import Entry, Model, Session, Site
from bot.knowledge.problems import quoted
from bot.knowledge.yaml_tree import Plain

Contents = Mapping[str, bytes]
"""Name in the folder, with `/` → content."""

_LISTS: Mapping[str, type[Model]] = {"entries": Entry, "sites": Site, "sessions": Session}


@dataclass(frozen=True, slots=True)
class Found:
    """Where something with an id is written, and what is written there."""

    file: str
    path: Path
    value: dict[str, Plain]
    order: tuple[str, ...]  # of the fields, as a new one takes its place among them


def find(files: Contents, name: str) -> Found:
    """The entry, site or session with the id `name`. Raises EditError when there is none."""
    for file, data in files.items():
        may_be_there = file.endswith(".yaml") and name.encode() in data
        root = read_plain(data) if may_be_there else None
        for key, model in _LISTS.items():
            for number, item in enumerate(_items(root, key)):
                if item.get("id") == name:
                    return Found(file, (key, number), item, _order(model))
    raise EditError(Message("nothing has the id {id}", id=quoted(name)))


def set_field(files: Contents, name: str, field: str, value: Value) -> Contents:
    """The files with a field of `name` set. Raises EditError, as all here."""
    return _edited(files, name, lambda data, found: set_value(data, (*found.path, field), value, found.order))


def clear_field(files: Contents, name: str, field: str) -> Contents:
    """The files without a field of `name`; unchanged if it has none."""
    if field not in find(files, name).value:
        return files
    return _edited(files, name, lambda data, found: remove(data, (*found.path, field)))


def set_text(
    files: Contents, name: str, field: str, text: str, *, language: str, languages: Sequence[str]
) -> Contents:
    """The files with a text of `name` set in one of the programme's `languages`, the first being the default.

    A text that ends with a line break keeps it, so that its style in the file stays.
    """

    def change(data: bytes, found: Found) -> bytes:
        old, path = found.value.get(field), (*found.path, field)
        if isinstance(old, dict):
            return set_value(data, (*path, language), _ended_as(old.get(language), text), languages)
        if isinstance(old, str) and language == languages[0]:
            return set_value(data, path, _ended_as(old, text))
        if isinstance(old, str):
            return set_value(data, path, {languages[0]: old, language: text})
        return set_value(data, path, text if len(languages) == 1 else {language: text}, found.order)

    return _edited(files, name, change)


def add_phrasing(
    files: Contents,
    name: str,
    text: str,
    *,
    language: str,
    languages: Sequence[str],
    field: str = "questions",
) -> Contents:
    """The files with one more phrasing of `name` in one of the programme's `languages`."""

    def change(data: bytes, found: Found) -> bytes:
        old, path = found.value.get(field), (*found.path, field)
        if isinstance(old, dict) and language in old:
            return append(data, (*path, language), text)
        if isinstance(old, dict):
            return set_value(data, (*path, language), [text], languages)
        if isinstance(old, list) and language == languages[0]:
            return append(data, path, text)
        if isinstance(old, list):
            return set_value(data, path, {languages[0]: [str(each) for each in old], language: [text]})
        return set_value(data, path, [text] if len(languages) == 1 else {language: [text]}, found.order)

    return _edited(files, name, change)


def remove_phrasing(
    files: Contents, name: str, text: str, language: str, field: str = "questions"
) -> Contents:
    """The files without a phrasing of `name`; unchanged if it has no such one."""
    found = find(files, name)
    path: Path = (*found.path, field)
    old = found.value.get(field)
    if isinstance(old, dict):
        old, path = old.get(language), (*path, language)
    if not isinstance(old, list) or text not in old:
        return files
    return _without(files, found, (*path, old.index(text)))


def remove_item(files: Contents, name: str, field: str, number: int) -> Contents:
    """The files without one item of a list of `name`, counted from 0."""
    found = find(files, name)
    return _without(files, found, (*found.path, field, number))


def append_item(files: Contents, name: str, field: str, value: Value) -> Contents:
    """The files with one more item in a list of `name`."""

    def change(data: bytes, found: Found) -> bytes:
        path = (*found.path, field)
        return (
            append(data, path, value) if field in found.value else set_value(data, path, [value], found.order)
        )

    return _edited(files, name, change)


def add_entry(files: Contents, file: str, entry: Mapping[str, Value]) -> Contents:
    """The files with a new last entry in one file of `faq/`."""
    if file not in files:
        raise EditError(Message("there is no file {file}", file=file))
    return {**files, file: append(files[file], ("entries",), entry)}


def _edited(files: Contents, name: str, change: Callable[[bytes, Found], bytes]) -> Contents:
    found = find(files, name)
    return {**files, found.file: change(files[found.file], found)}


def _without(files: Contents, found: Found, path: Path) -> Contents:
    """Takes away what is at `path`, and whatever above it, below the id, would be left empty."""
    while (
        len(path) > len(found.path) + 1 and len(plain_at(found.value, path[len(found.path) : -1]) or ()) == 1
    ):
        path = path[:-1]
    return {**files, found.file: remove(files[found.file], path)}


def _items(root: Plain, key: str) -> list[dict[str, Plain]]:
    found = root.get(key) if isinstance(root, dict) else None
    return [item if isinstance(item, dict) else {} for item in found] if isinstance(found, list) else []


def _order(model: type[Model]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _ended_as(old: Plain, text: str) -> str:
    return f"{text}\n" if isinstance(old, str) and old.endswith("\n") and not text.endswith("\n") else text
