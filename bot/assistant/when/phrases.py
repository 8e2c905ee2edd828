"""What people say about time: the sorts of phrases, and how the phrases of one language become one pattern.

A phrase is a regular expression in which a space is any spacing or a hyphen, and a name in braces is a slot:

- `{weekday}`, `{month}`, `{part}` of the day: a name; `{short}`: a short weekday that is also a common word
- `{n}`: a number, also as a word; `{nth}`: a word such as `third`; `{d}`: a day of the month; `{year}`
- `{hour}`, `{minute}`; `{time}`: `15:00`, `3 pm`, `15h`, `15.30`; `{exact}`: a time that can be nothing else
- `{a}` and `{b}`: the two numbers of `14/10`, or of `13 to 15`; `{m}`: a month as a number
- `{stop}`: nothing, but the question ends here or goes on with a word of `followers`: no thing is counted
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.assistant.when.text import without_marks


class Section(StrEnum):
    """A sort of phrase. Of phrases that begin at the same letter, that of the earlier sort is taken."""

    IGNORE = "ignore"  # looks like time and is none: 'good morning', 'next to'
    REST_OF_DAY = "rest_of_day"
    LAST_NIGHT = "last_night"
    DAY_AFTER_TOMORROW = "day_after_tomorrow"
    DAY_BEFORE_YESTERDAY = "day_before_yesterday"
    TONIGHT = "tonight"
    TODAY_PART = "today_part"  # 'this {part}'
    IN_PART = "in_part"  # 'in the {part}', of a day that is said elsewhere or meant
    YMD = "ymd"  # a date that begins with the year
    DATE_RANGE = "date_range"  # '13 to 15 October'
    DATE = "date"
    NUMERIC = "numeric"
    CLOCK_AFTER = "clock_after"
    CLOCK_BEFORE = "clock_before"
    CLOCK = "clock"
    NEXT_WEEKEND = "next_weekend"
    NEXT_WEEK = "next_week"
    LAST_WEEK = "last_week"
    THIS_WEEK = "this_week"
    NEXT_WEEKDAY = "next_weekday"  # 'next Friday' …
    COMING_WEEKDAY = "coming_weekday"  # … and where that is always the first one to come
    LAST_WEEKDAY = "last_weekday"
    IN_DAYS = "in_days"
    DAYS_AGO = "days_ago"
    PROGRAMME_DAY = "programme_day"
    LAST_DAY = "last_day"
    TODAY = "today"
    TOMORROW = "tomorrow"
    YESTERDAY = "yesterday"
    DAY_OF_MONTH = "day_of_month"  # also 'Friday 14'
    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    NEXT = "next"
    NOW = "now"
    LONE_PART = "lone_part"  # counts only beside another piece: 'Friday morning'
    LONE_SHORT = "lone_short"  # the same: 'Sat 15 October'


MENTION = "\ue000"
"""Stands for a mention of a day where ranges are looked for; no text has it."""
_ALONE = r"(?<!\d[.,:/-])(?<![\d+])"  # not inside a telephone number, a price or a longer date
_NUMBER = _ALONE + r"\d{1,2}(?![\d:%]|[.,/-]\d)"
_HALF = r"\s?[ap]\.?m\b\.?"
_SLOTS = {
    "d": _NUMBER,
    "n": _NUMBER,
    "hour": _NUMBER,
    "minute": r"[0-5]\d",
    "year": r"(?<!\d)(?:19|20)\d\d(?!\d)",
    "m": r"\d{1,2}",
    "a": _ALONE + r"\d{1,2}",
    "b": r"\d{1,2}(?![\d:%]|[.,/-]\d)",
    "time": _ALONE + rf"\d{{1,2}}(?:[:.][0-5]\d(?!\d)(?:{_HALF})?|{_HALF}|\s?h(?:\s?[0-5]\d)?\b)",
    "exact": _ALONE
    + rf"(?:\d{{1,2}}(?::[0-5]\d(?![\d:])(?:{_HALF})?|{_HALF})|(?:[7-9]|1\d|2[0-3])h[0-5]\d\b)",
}


@dataclass(frozen=True, slots=True)
class Writing:
    """How a language is written, as far as a search must know."""

    spaced: bool  # words are parted by spaces
    marked: bool  # marks tell words apart; a letter typed without its marks still counts
    endings: str  # a regular expression of what may be added to the end of any phrase
    followers: tuple[str, ...]
    article: str = ""  # a word that may stand before any phrase and belongs to it then


@dataclass(frozen=True, slots=True)
class Pattern:
    """All the phrases of one language, twice: where they are, and what they say.

    A search without groups is several times faster, because Python's matcher then skips, by its first letter,
    most of what cannot match.
    """

    search: re.Pattern[str]
    detail: re.Pattern[str]  # matches where `search` does, with groups
    groups: Mapping[str, tuple[Section, Mapping[str, str]]]  # group of a phrase → its sort; slot → its group
    past: re.Pattern[str]  # what shows that a question looks back


def compile_phrases(
    phrases: Mapping[Section, Iterable[str]], past: str, names: Mapping[str, Iterable[str]], writing: Writing
) -> Pattern:
    """One pattern that finds any of the phrases; `names` are the words that fill a slot."""
    groups: dict[str, tuple[Section, Mapping[str, str]]] = {}
    branches: list[str] = []
    fillings = {slot: _any_of(words, writing) for slot, words in names.items()}
    for section in Section:
        for phrase in sorted(phrases.get(section, ()), key=len, reverse=True):
            group = f"p{len(groups)}"
            slots = {slot: f"{slot}_{group}" for slot in re.findall(r"\{(\w+)\}", phrase) if slot != "stop"}
            groups[group] = section, slots
            branches.append(f"(?P<{group}>{_expand(phrase, group, fillings, writing)})")
    detail = _bounded("|".join(branches), writing)
    search = re.sub(r"\(\?P<\w+>", "(?:", detail)
    looks_back = _bounded(_letters(past, writing) or r"(?!)", writing)
    return Pattern(re.compile(search), re.compile(detail), groups, re.compile(looks_back))


def compile_ranges(phrases: Iterable[str], writing: Writing) -> re.Pattern[str] | None:
    """A pattern that finds a first and a last day, each written as MENTION; None without phrases.

    In a phrase `{}` stands for either of them.
    """
    either = "|".join(_letters(phrase.replace("{}", MENTION), writing) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if writing.spaced else either) if either else None


def _bounded(either: str, writing: Writing) -> str:
    """Whole words, or where words are not parted by spaces, whole letters and numbers."""
    article = _letters(f"({writing.article} )?", writing) if writing.article else ""
    if writing.spaced:
        return rf"(?<!\w)(?=\w){article}(?:{either})(?!\w)"
    return rf"(?<!\d)(?:{either})(?![\u17b4-\u17d3])"


def _expand(phrase: str, group: str, fillings: Mapping[str, str], writing: Writing) -> str:
    """The regular expression of one phrase, its slots as groups named after `group`."""
    texts_and_slots = re.split(r"\{(\w+)\}", phrase)
    pieces: list[str] = []
    for text, slot in zip(texts_and_slots[::2], [*texts_and_slots[1::2], ""], strict=True):
        pieces.append(_letters(text, writing))
        if slot == "stop":
            pieces.append(_stop(writing))
        elif slot:
            either = "|".join(filter(None, (fillings.get(slot), _SLOTS.get(slot))))
            pieces.append(f"(?P<{slot}_{group}>{either})")
    return "".join(pieces) + ("" if phrase.endswith("{stop}") else _letters(writing.endings, writing))


def _stop(writing: Writing) -> str:
    """The question ends here, pauses, or goes on with one of the followers."""
    followers = rf"|(?:{_any_of(writing.followers, writing)})\b" if writing.followers else ""
    return rf"(?=\s*(?:$|[?!.,;:)…'\"]{followers}))"


def _any_of(words: Iterable[str], writing: Writing) -> str:
    """Either of the words, the longest first; a hyphen in them may be a space, or the other way round."""
    return "|".join(
        _letters(word.replace("-", " "), writing) for word in sorted(words, key=len, reverse=True)
    )


def _letters(text: str, writing: Writing) -> str:
    """A piece of a phrase as it is searched in a question: spaces made wide, marks optional or gone."""
    text = re.sub(r"(?<!\\)\((?!\?)", "(?:", text)
    text = "".join(map(_with_or_without_marks, text)) if writing.marked else without_marks(text)
    return text.replace(" ", "(?:[ -]{1,3})" if writing.spaced else "(?: ?)")


def _with_or_without_marks(letter: str) -> str:
    """A class of the letter and the bare one: `ố` → `[oố]`. Not `ô`: `tôi` is not a way to write `tối`."""
    bare = without_marks(letter)
    return letter if letter == bare else f"[{bare}{letter}]"
