"""The words of time of each language: CLDR's names of weekdays and months, and `data/<language>.yaml`.

`data/any.yaml` holds what is written alike everywhere. Keys of a file, all optional: `phrases` by their sort
(see `phrases.py`), the words that fill slots (`weekdays`, `short`, `months`, `parts`, `numbers`, `ordinals`,
each as value → words), and those of `Words` and `Writing`.

Why no date library does this: of the questions in tests/assistant/when, dateparser 1.5 named the day of
144 of the 296 about one day and took 33 of the 104 without a date for one; shown nothing but 36 written-out
dates it read 26. It costs 27 MB; this costs 5 MB, and 10 MB for Babel's names, which the bot needs anyway.
"""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from bot.assistant.when.model import Part
from bot.assistant.when.phrases import Pattern, Section, Writing, compile_phrases, compile_ranges
from bot.assistant.when.text import without_marks

FOLDER = Path(__file__).parent / "data"

_ALWAYS = {
    Section.WEEKDAY: ["{weekday}"],
    Section.LONE_PART: ["{part}"],
    Section.LONE_SHORT: ["{short}"],
}

Names = Mapping[str, Mapping[str, int | Part]]
"""Slot → word → what it stands for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a text."""

    start: int
    end: int
    section: Section
    values: Mapping[
        str, Any
    ]  # slot → number or Part, or the text of a `{time}` or `{exact}`; empty slots are left out
    certain: bool  # False when the name of its month is also another word


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words, ready to search with."""

    pattern: Pattern
    ranges: re.Pattern[str] | None  # what makes a first and a last day of two mentions
    names: Names  # by plain words
    glue: frozenset[str]  # words that may stand between two pieces of one mention
    uncertain: frozenset[str]  # names of months that are also other words
    marked: bool  # whether the text is searched with its marks
    spelling: frozenset[str]  # words that are also found with typing errors
    not_errors: frozenset[str]  # correct words that look like such errors

    def find(self, text: str) -> Iterable[Found]:
        """All phrases in a text, from its start to its end, none overlapping another."""
        for place in self.pattern.search.finditer(text):
            match = self.pattern.detail.match(text, place.start())
            if match is None:
                continue
            section, slots = self.pattern.groups[match.lastgroup or ""]
            texts = {slot: match.group(group) for slot, group in slots.items()}
            values = {slot: self._value(slot, text) for slot, text in texts.items() if text}
            certain = _key(texts.get("month") or "") not in self.uncertain
            yield Found(match.start(), match.end(), section, values, certain)

    def looks_back(self, text: str) -> bool:
        """Whether a question is about what has been."""
        return self.pattern.past.search(text) is not None

    def _value(self, slot: str, text: str) -> Any:
        if slot in ("time", "exact"):
            return text
        named = self.names.get(slot, {}).get(_key(text))
        return int(text) if named is None else named


@functools.cache
def words_of_time(language: str) -> Words | None:
    """The words of a language code or of `any`; None where there are none. Read once, at the first use."""
    path = FOLDER / f"{language}.yaml"
    if not re.fullmatch("[a-z]{2,3}", language) or not path.is_file():
        return None
    data = yaml.safe_load(path.read_text("utf-8"))
    names = _names(data, None if language == "any" else Locale.parse(language))
    writing = Writing(
        spaced=data.get("spaced", True),
        marked=data.get("marked", False),
        endings=data.get("endings", ""),
        followers=tuple(data.get("followers", ())),
        article=data.get("article", ""),
    )
    phrases = {Section(section): list(texts) for section, texts in data.get("phrases", {}).items()}
    for section, texts in _ALWAYS.items():
        phrases[section] = phrases.get(section, []) + [t for t in texts if names.get(t.strip("{}"))]
    return Words(
        pattern=compile_phrases(phrases, data.get("past", ""), names, writing),
        ranges=compile_ranges(data.get("ranges", ()), writing),
        names={slot: {_key(word): value for word, value in words.items()} for slot, words in names.items()},
        glue=frozenset(map(_key, data.get("glue", ()))),
        uncertain=frozenset(map(_key, data.get("uncertain", ()))),
        marked=writing.marked,
        spelling=frozenset(map(_key, data.get("spelling", ()))),
        not_errors=frozenset(map(_key, data.get("not_errors", ()))),
    )


def _names(data: Mapping[str, Any], locale: Locale | None) -> dict[str, dict[str, int | Part]]:
    """The words that fill the slots, each with its value, as they are written."""
    short = _by_word(data.get("short", {}))
    return {
        "weekday": {
            w: v
            for w, v in (_cldr_weekdays(locale) | _by_word(data.get("weekdays", {}))).items()
            if w not in short
        },
        "short": short,
        "month": _cldr_months(locale) | _by_word(data.get("months", {})),
        "part": {word: Part[name.upper()] for word, name in _by_word(data.get("parts", {})).items()},
        "n": _by_word(data.get("numbers", {})),
        "nth": _by_word(data.get("ordinals", {})),
    }


def _by_word(data: Mapping[Any, Iterable[str]]) -> dict[str, Any]:
    return {word: value for value, words in data.items() for word in words}


def _cldr_weekdays(locale: Locale | None) -> dict[str, int]:
    return (
        {} if locale is None else {name.lower(): day for day, name in locale.days["format"]["wide"].items()}
    )


def _cldr_months(locale: Locale | None) -> dict[str, int]:
    if locale is None:
        return {}
    widths = [
        locale.months[form][width] for form in ("format", "stand-alone") for width in ("wide", "abbreviated")
    ]
    return {name.lower().rstrip("."): number for names in widths for number, name in names.items()}


def _key(word: str) -> str:
    """How a word is looked up: without marks, and with single spaces."""
    return re.sub(r"[\s-]+", " ", without_marks(word)).strip()
