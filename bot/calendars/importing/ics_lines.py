"""The lines of a calendar file (RFC 5545, 3.1): unfolded, each with its number, the broken ones reported."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from icalendar.parser import Contentline

from bot.calendars.importing.draft import RefusedError, Source
from bot.knowledge.problems import quoted


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One property of a calendar file."""

    number: int  # of its first line in the file, from 1
    name: str  # in capitals
    value: str


def text_of(data: bytes, source: Source) -> str:
    """The text of a calendar file. Raises RefusedError when it is not in UTF-8, as the standard wants it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        words = "is not UTF-8 (export the calendar again, or save the file as UTF-8)"
        raise RefusedError(f"{source.name}: line {line}: {words}") from None


def content_lines(text: str, source: Source) -> list[ContentLine]:
    """The properties in order. Lines that are none, and components that do not end, become errors."""
    lines: list[ContentLine] = []
    begun: list[ContentLine] = []
    for number, unfolded in _unfolded(text):
        try:
            name, _, value = Contentline(unfolded).parts()  # type: ignore[no-untyped-call] # the library's own
        except ValueError:
            source.error(f"line {number}", f"{quoted(unfolded)} is not a line of a calendar (NAME:value)")
            continue
        line = ContentLine(number, name.upper(), value)
        lines.append(line)
        if line.name == "BEGIN":
            begun.append(line)
        elif line.name == "END":
            opened = begun.pop() if begun else None
            if opened is None or opened.value.upper() != value.upper():
                source.error(f"line {number}", f"END:{value} ends what was not begun")
                return lines
    for line in begun:
        source.error(f"line {line.number}", f"BEGIN:{line.value} has no END")
    return lines


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each logical line and the number of its first physical one: what begins with a blank goes on."""
    start, parts = 0, [""]
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if line[:1] in {" ", "\t"} and parts != [""]:
            parts.append(line[1:])
            continue
        if "".join(parts).strip():
            yield start, "".join(parts)
        start, parts = number, [line]
    if "".join(parts).strip():
        yield start, "".join(parts)
