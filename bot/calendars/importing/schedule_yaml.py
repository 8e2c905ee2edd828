"""Sessions as the text of `schedule.yaml`, as a person would write it."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from itertools import groupby
from textwrap import indent
from typing import Any

import yaml
from pydantic import BaseModel

from bot.knowledge.model import Session, Shuttle

_LINE = 100  # characters
_CURLY = ("“", "„", "‘")  # at the start of a text the loader takes them for a slip
_ALWAYS = frozenset({"kind"})  # written even when it says no more than its default


def schedule_text(
    sessions: Iterable[Session], shuttles: Iterable[Shuttle], *, language: str, heading: str
) -> str:
    """The file, in order of time. A text in `language` alone is written without its code.

    `heading` are the comments at its top, each line beginning with #.
    """
    ordered = sorted(sessions, key=in_order)
    blocks = [heading.rstrip()] if heading.strip() else []
    blocks.append("sessions:" if ordered else "sessions: []")
    for day, of_day in groupby(ordered, lambda s: s.date):
        items = [_item(session, language) for session in of_day]
        blocks += [f"  # {day:%A} {day.day} {day:%B %Y}\n{items[0]}", *items[1:]]
    if rest := [_item(shuttle, language) for shuttle in shuttles]:
        blocks += [f"# Buses that run at the same times on several days.\nshuttles:\n{rest[0]}", *rest[1:]]
    return "\n\n".join(blocks) + "\n"


def in_order(session: Session) -> tuple[date, time, time, str]:
    """The key by which the sessions of a file are sorted."""
    return session.date, session.start, session.end, session.id


def heading_of(text: str) -> str:
    """The comments at the top of a file, up to the first line that is something else."""
    lines = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            break
        lines.append(line)
    return "\n".join(lines)


def _item(model: BaseModel, language: str) -> str:
    """One item of a list, below its key."""
    text = yaml.dump(
        [_fields(model, language)], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_LINE
    )
    return indent(text, "  ", lambda line: line != "\n").removesuffix("\n")


class _Bare(str):
    """A text that needs no quotes here whatever YAML would make of it: the loader reads it as typed."""


class _Inline(dict[str, Any]):
    """A mapping that is written on one line: `{en: Hotel, ko: 호텔}`."""


class _InlineList(list[Any]):
    """A list that is written on one line: `[A, B]`."""


class _Dumper(yaml.SafeDumper):
    """Lists stand below their key, indented; longer texts as they are, line by line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - its contract
        super().increase_indent(flow, indentless=False)


def _bare(dumper: _Dumper, value: _Bare) -> yaml.Node:
    kind = dumper.resolve(yaml.ScalarNode, str(value), (True, False))  # type: ignore[no-untyped-call]
    return dumper.represent_scalar(kind, str(value))


def _text(dumper: _Dumper, value: str) -> yaml.Node:
    style = "'" if value.startswith(_CURLY) else None
    if "\n" in value and not value.endswith("\n\n"):  # below a text of lines, blank lines may stand
        style = "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _inline(dumper: _Dumper, value: _Inline) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)


def _inline_list(dumper: _Dumper, value: _InlineList) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


_Dumper.add_representer(_Bare, _bare)
_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Inline, _inline)
_Dumper.add_representer(_InlineList, _inline_list)


def _fields(model: BaseModel, language: str) -> dict[str, Any]:
    """The fields that say something, in the order of the model, which is the order in which people write."""
    defaults = {name: field.default for name, field in type(model).model_fields.items()}
    return {
        name: _value(value, language)
        for name, value in model
        if value not in (None, (), {}) and (value != defaults[name] or name in _ALWAYS)
    }


def _value(value: object, language: str) -> object:
    if isinstance(value, Mapping):
        return _local(value, language)
    if isinstance(value, BaseModel):
        # Between braces a colon needs quotes, which a common text gets.
        inner = _fields(value, language).items()
        return _Inline((name, str(each) if isinstance(each, _Bare) else each) for name, each in inner)
    if isinstance(value, tuple):
        items = [_value(each, language) for each in value]
        return items if isinstance(value[0], BaseModel) else _InlineList(items)
    if isinstance(value, time):
        return _Bare(f"{value:%H:%M}")
    return _Bare(str(value).lower()) if isinstance(value, date | bool) else value


def _local(texts: Mapping[str, Any], language: str) -> object:
    """A text, or phrasings, by language."""
    if list(texts) == [language] and isinstance(texts[language], str):
        return texts[language]
    inner = {code: _InlineList(each) if isinstance(each, tuple) else each for code, each in texts.items()}
    is_short = all(isinstance(each, str) and "\n" not in each for each in inner.values())
    return _Inline(inner) if is_short and len(str(inner)) < _LINE else inner
