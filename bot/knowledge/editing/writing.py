"""Texts, lists and mappings as YAML that reads back exactly as they were given."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.editing.problems import EditError
from bot.knowledge.message import Message
from bot.knowledge.problems import quoted
from bot.knowledge.yaml_text import INVISIBLE, invisible_words
from bot.knowledge.yaml_tree import Plain, read_tree

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""What can be written. Empty lists and mappings cannot: a reader would wonder what is missing."""


@dataclass(frozen=True, slots=True)
class Written:
    """A value behind its dash or key."""

    inline: str  # on the same line; may be empty
    below: tuple[str, ...] = ()  # the lines below, with their indentation and without their breaks


def written(value: Value, indent: int, step: int, style: str | None = None) -> Written:
    """A value of a list or mapping whose dashes or keys stand in column `indent`.

    `step` is the number of spaces by which what lies below is indented further, `style` the YAML style that a
    text should have if it can. Raises EditError when a text holds a character that no file may hold.
    """
    if isinstance(value, str):
        return _text(value, indent, step, style)
    return Written("", tuple(lines(value, indent + step, step)))


def lines(value: Value, indent: int, step: int) -> Iterator[str]:
    """The lines of a list or mapping whose dashes or keys stand in column `indent`."""
    if not value or isinstance(value, str):
        raise ValueError("only a list or mapping that holds something has lines")
    pad = " " * indent
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _line(f"{pad}{in_line(key)}:", written(each, indent, step))
        return
    for each in value:
        if isinstance(each, str):
            yield from _line(f"{pad}-", written(each, indent, step))
        else:
            first, *others = lines(each, indent + 2, step)
            yield from (f"{pad}- {first[indent + 2 :]}", *others)


def in_line(value: Value, style: str | None = None) -> str:
    """A value on one line, as it may stand between brackets. Raises as `written`."""
    if isinstance(value, str):
        return _first_that_reads(value, [style, None, "'", '"'], flow=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{in_line(key)}: {in_line(each)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(in_line(each) for each in value) + "]"


def _line(beginning: str, value: Written) -> Iterator[str]:
    yield f"{beginning} {value.inline}" if value.inline else beginning
    yield from value.below


def _text(value: str, indent: int, step: int, style: str | None) -> Written:
    if style in {"|", ">"} or "\n" in value:
        block = _block(value, indent + step, step)
        if block:
            return block
    wanted = None if style in {"|", ">"} else style
    return Written(_first_that_reads(value, [wanted, None, "'", '"'], flow=False))


def _block(value: str, indent: int, step: int) -> Written | None:
    """A text below |, its lines in column `indent`; None when it cannot be written so.

    A text that ends with empty lines cannot: they would mix with those that set the next value off.
    """
    ended = value.endswith("\n")
    body = value.removesuffix("\n")
    number = str(step) if body[:1] in {" ", "\n"} else ""
    header = f"|{number}" if ended else f"|{number}-"
    below = tuple(" " * indent + line if line else "" for line in body.split("\n"))
    sample = "\n".join([f"{' ' * (indent - step)}x: {header}", *below, ""])
    if INVISIBLE.search(value) or body.endswith("\n") or not _reads(sample, {"x": value}):
        return None
    return Written(header, below)


def _first_that_reads(value: str, styles: Sequence[str | None], *, flow: bool) -> str:
    """`value` in the first style in which nothing of it is lost. Double quotes take any text."""
    hidden = INVISIBLE.search(value)
    if hidden:
        raise EditError(
            Message("{place}: {problem}", place=quoted(value), problem=invisible_words(hidden[0]))
        )
    for style in styles:
        text = _in_style(value, style)
        if "\n" not in text and _reads_anywhere(text, value, flow=flow):
            return text
    raise EditError(Message("{text} cannot be written in a YAML file", text=quoted(value)))


def _in_style(value: str, style: str | None) -> str:
    if style == '"':
        return json.dumps(value, ensure_ascii=False)
    return "'" + value.replace("'", "''") + "'" if style == "'" else value


def _reads_anywhere(text: str, value: str, *, flow: bool) -> bool:
    """Whether `text` is read as `value`, as an item as well as behind a key."""
    sample = f"- [{text}, x]\n- {{x: {text}}}\n" if flow else f"- {text}\n- x: {text}\n"
    return _reads(sample, [[value, "x"], {"x": value}] if flow else [value, {"x": value}])


def _reads(sample: str, expected: Plain) -> bool:
    tree = read_tree(sample.encode(), "")
    findings = tree.findings
    return (
        tree.root is not None and tree.root.value == expected and not (findings.problems or findings.warnings)
    )
