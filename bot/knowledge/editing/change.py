"""What somebody wants changed, kept as data until they publish it: edits by id, and whole files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.knowledge.editing import by_id
from bot.knowledge.editing.by_id import Contents
from bot.knowledge.editing.problems import EditError
from bot.knowledge.editing.writing import Value
from bot.knowledge.message import Message


class Do(StrEnum):
    """What an edit does to one entry, site or session."""

    TEXT = "text"  # sets a text in one language
    SAY = "say"  # adds a phrasing in one language
    UNSAY = "unsay"  # removes one
    SET = "set"  # sets a field to any value
    CLEAR = "clear"  # removes a field
    APPEND = "append"  # adds an item to a list
    REMOVE = "remove"  # removes the item that has this value, or whose `file` it is
    ADD = "add"  # adds a new entry; `field` is the file that it goes to


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit."""

    do: Do
    id: str
    field: str = ""
    language: str = ""
    value: Value = ""

    def as_json(self) -> dict[str, Any]:
        """What `edit_from_json` reads."""
        return {
            "do": self.do.value,
            "id": self.id,
            "field": self.field,
            "language": self.language,
            "value": self.value,
        }


def edit_from_json(kept: Mapping[str, Any]) -> Edit:
    """An edit as it was kept."""
    return Edit(Do(kept["do"]), kept["id"], kept["field"], kept["language"], kept["value"])


@dataclass(frozen=True, slots=True)
class Change:
    """Files that go or take their places among those that are live, and then edits, in their order."""

    edits: tuple[Edit, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    removed: tuple[str, ...] = ()  # names of files

    def and_then(self, other: "Change") -> "Change":
        """Both, one after the other."""
        files = {name: data for name, data in self.files.items() if name not in other.removed}
        removed = [name for name in self.removed if name not in other.files]
        return Change(
            (*self.edits, *other.edits),
            {**files, **other.files},
            tuple(dict.fromkeys([*removed, *other.removed])),
        )


def applied(change: Change, live: Contents, languages: Sequence[str]) -> Contents:
    """The files after a change to those that are `live`.

    `languages` are the programme's, the default one first. Raises EditError.
    """
    contents = {name: data for name, data in live.items() if name not in change.removed}
    contents |= change.files
    for edit in change.edits:
        contents = {**_edited(contents, edit, languages)}
    return contents


def _edited(contents: Contents, edit: Edit, languages: Sequence[str]) -> Contents:  # noqa: PLR0911 - a table
    name, field, language, value = edit.id, edit.field, edit.language, edit.value
    match edit.do:
        case Do.TEXT:
            return by_id.set_text(contents, name, field, str(value), language=language, languages=languages)
        case Do.SAY:
            return by_id.add_phrasing(
                contents, name, str(value), language=language, languages=languages, field=field
            )
        case Do.UNSAY:
            return by_id.remove_phrasing(contents, name, str(value), language=language, field=field)
        case Do.SET:
            return by_id.set_field(contents, name, field, value)
        case Do.CLEAR:
            return by_id.clear_field(contents, name, field)
        case Do.APPEND:
            return by_id.append_item(contents, name, field, value)
        case Do.REMOVE:
            return _without_item(contents, edit)
        case Do.ADD:
            if not isinstance(value, Mapping):
                raise EditError(Message("a new entry needs fields"))
            return by_id.add_entry(contents, field, value)


def _without_item(contents: Contents, edit: Edit) -> Contents:
    items = by_id.find(contents, edit.id).value.get(edit.field)
    for number, item in enumerate(items if isinstance(items, list) else ()):
        if edit.value in (item, item.get("file") if isinstance(item, dict) else None):
            return by_id.remove_item(contents, edit.id, edit.field, number)
    return contents
