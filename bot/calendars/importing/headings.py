"""What the columns of an organizer's table mean, and which kind of session a word stands for."""

import functools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import yaml

from bot.knowledge.model import SessionKind
from bot.knowledge.problems import nearest
from bot.matching.normalise import normalise

_FILE = Path(__file__).with_name("headings.yaml")
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|（.*?）")
_ALIKE = 88.0  # ratio of rapidfuzz from which a heading is taken for a misspelled one


def column_of(heading: str) -> str | None:
    """What a column with this heading holds, such as `title` or `start`; None when it is not known."""
    known = _words("columns")
    text = normalise(_BRACKETS.sub(" ", heading))
    if text in known:
        return known[text]
    close = nearest(text, known, at_least=_ALIKE) if len(text) > 3 else None
    return known[close] if close else None


def kind_of(text: str, title: str) -> SessionKind | None:
    """The kind that a text such as a category names, else the title; None when they name none or several.

    Of a title such as `Lecture: Housing` what stands before the colon counts first.
    """
    before = title.partition(":")[0] if ":" in title else ""
    for each in (text, before, title):
        kinds = _kinds_in(each)
        if len(kinds) == 1:
            return kinds.pop()
    return None


def means_yes(text: str) -> bool:
    """Whether a cell says yes, in any of the languages."""
    return text.strip().casefold() in {str(word) for word in _data()["yes"]}


def groups_of(text: str) -> tuple[str, ...]:
    """The groups that a cell such as `A, B` or `Group A` names; none when it says that all are meant."""
    if normalise(text) in map(normalise, _data()["everybody"]):
        return ()
    named = (part.split() for part in re.split(r"[,;/&+\n]", text))
    return tuple("-".join(words[1:] if _is_heading(words) else words) for words in named if words)


def _is_heading(words: Sequence[str]) -> bool:
    """Whether the first of several words only says that a group follows."""
    return len(words) > 1 and column_of(words[0]) == "groups"


def _kinds_in(text: str) -> set[SessionKind]:
    padded = f" {normalise(text)} "
    named = {kind for words, kind in _words("kinds").items() if f" {words} " in padded}
    return {kind for kind in get_args(SessionKind) if kind in named}


@functools.cache
def _words(section: str) -> Mapping[str, str]:
    """Normalised word → what it stands for."""
    return {normalise(str(word)): name for name, words in _data()[section].items() for word in words}


@functools.cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(_FILE.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - texts only
    return data
