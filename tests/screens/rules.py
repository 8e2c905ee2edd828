"""What must not be on a screen: words of another language, empty places, marks of Markdown, cut labels."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import NamedTuple

from babel.messages.catalog import Message
from pydantic import BaseModel

from bot.chat.keyboard import ROW
from bot.chat.markdown import to_formatted
from bot.knowledge.model import Knowledge
from bot.locales import FOLDER, words_in
from bot.locales.messages import messages_in_code, read_catalogue
from bot.timetable.lettering import wrapped
from tests.screens.stage import TYPED, Screen
from tests.screens.walk import ASKED

LETTERS, EMOJI = 15.0, 18.0
"""Points: the height of the letters on buttons, and the width of a picture among them."""
_GAP, _EDGES = 5.0, 12.0
"""Points between buttons, and left and right of a label."""
UNITS = {"message": 4096, "edited": 4096, "preview": 4096, "pop-up": 200, "command": 256, "inline": 64_000}
"""The most UTF-16 units that Telegram takes."""
_SCRIPTS = {"km": "KHMER", "mn": "CYRILLIC", "ko": "HANGUL"}  # all others are written in Latin letters
_LEFT_OVER = {
    "a place that was not filled": re.compile(r"\{[a-z_]*\}"),
    "marks of Markdown": re.compile(r"\*\*|__|\]\(|^#+ |\\[*_`]", re.MULTILINE),
    "two forms for one number": re.compile(r"\w\((s|es|n|en)\)"),
    "a value of the code": re.compile(r"\bNone\b|\bnan\b|<[a-z_.]+ object|\bdatetime\b|\bTrue\b|\bFalse\b"),
    "an empty beginning or end, or a gap": re.compile(r"\A\s|\s\Z|\n\s*\n\s*\n"),
}
_NOT_WORDS = re.compile(
    r"(https?|webcal)://\S+|\S+@\S+|@\w+|(?<!\w)/[a-z]+(\s[a-z]\w*-\d\w*)?|\+?\d[\d-]{5,}"
    r"|\b[\w/-]+\.(ya?ml|zip|png|jpe?g|csv|ics|json)\b|\bt\.me/\S+"
)
_COMPARED = re.compile(r"^\s*([−+•]\s|[a-z_.]+:$)")
"""The sign before a line that was added or removed, and the name of the field."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Problem(NamedTuple):
    """What is wrong with a screen."""

    what: str
    where: str  # the words themselves


class Rules:
    """Knows all that may stand on the screens of one knowledge in one language.

    Staff see texts of all languages, as they are written: they change them.
    """

    def __init__(self, language: str, knowledge: Knowledge, *, staff: bool) -> None:
        self._language = language
        self._own = _vocabulary(language)
        self._english = _vocabulary("en")
        parts = (knowledge.programme, knowledge.categories, knowledge.shuttles)
        parts_by_id = (*knowledge.sites.values(), *knowledge.sessions.values())
        default = knowledge.default_language
        languages = knowledge.programme.languages if staff else (language, default)
        sources = list(written((*parts, *parts_by_id), languages, every=staff))
        known = [to_formatted(text).text for text in sources] + (sources if staff else [])
        self._lines = {""} | {line.strip() for text in known for line in text.splitlines()}
        short = {text for text in known if len(text) <= 80} | _names(language, knowledge) | {*ASKED}
        self._short = sorted(filter(None, short), key=len, reverse=True)

    def problems(self, screen: Screen) -> Iterator[Problem]:
        """What is wrong with one screen."""
        if len(screen.text.encode("utf-16-le")) // 2 > UNITS[screen.kind]:
            yield Problem("longer than Telegram takes", screen.text[:40])
        lines = TYPED.sub("", screen.text).splitlines()
        text = "\n".join(_NOT_WORDS.sub("", line) for line in lines if not self._is_known(line))
        for what, found in _LEFT_OVER.items():
            looked_at = screen.text if what.startswith("an empty") else text
            if match := found.search(looked_at):
                yield Problem(what, looked_at[max(0, match.start() - 20) : match.end() + 20])
        yield from (Problem("wider than a phone", label) for label in too_wide(screen) if self._is_own(label))
        for each in (screen.text, *(label for row in screen.rows for label in row)):
            if broken_off(each):
                yield Problem("broken within a character", each[-40:])
            if screen.kind != "preview" and (words := list(self.foreign(each))):
                yield Problem("another language", " ".join(words))

    def warnings(self, screen: Screen) -> Iterator[Problem]:
        """What a small phone cuts although it stands alone in its row; only the knowledge can be shorter."""
        yield from (
            Problem("wider than a phone", label) for label in too_wide(screen) if not self._is_own(label)
        )

    def foreign(self, text: str) -> Iterator[str]:
        """The words that are neither the bot's in this language, nor the knowledge's, nor a person's."""
        for line in TYPED.sub(" ", text).splitlines():
            if not self._is_known(line):
                words = _WORD.findall(self._without_names(_NOT_WORDS.sub(" ", line)))
                yield from (word for word in words if self._is_foreign(word.lower()))

    def _without_names(self, line: str) -> str:
        for known in self._short:
            if known in line:
                line = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", " ", line)
        return line

    def _is_own(self, label: str) -> bool:
        """Whether a label is the bot's alone, without anything of the knowledge or of a person."""
        return self._without_names(TYPED.sub("", label)) == label

    def _is_known(self, line: str) -> bool:
        """Whether a line is the knowledge's, also as it stands in a list or in a comparison of revisions."""
        return line.strip() in self._lines or _COMPARED.sub("", line).strip() in self._lines

    def _is_foreign(self, word: str) -> bool:
        if len(word) < 2 or word in self._own:
            return False
        script = _SCRIPTS.get(self._language, "LATIN")
        if any(not unicodedata.name(letter, "").startswith((script, "COMBINING")) for letter in word):
            return True
        return self._language != "en" and word in self._english


def too_wide(screen: Screen) -> Iterator[str]:
    """The labels that a small phone cuts."""
    for row in screen.rows:
        room = (ROW - _GAP * (len(row) - 1)) / len(row) - _EDGES
        yield from (label for label in row if width(label) > room)


@lru_cache(maxsize=10_000)
def width(label: str) -> float:
    """About how wide a phone writes a label, in points."""
    pictures = sum(unicodedata.category(letter) == "So" for letter in label)
    lines = wrapped(label, 10_000, LETTERS, bold=True, at_most=1)
    return (lines[0].width if lines else 0.0) + pictures * EMOJI


def broken_off(text: str) -> bool:
    """Whether a text ends in the middle of what is seen as one character, before its `…` if it has one."""
    end = text.rstrip().removesuffix("…").rstrip(" ")[-1:]
    return end in {"\u200d", "\u17d2"} or "\ud800" <= end <= "\udfff"


def unseen(screens: Iterable[Screen], language: str) -> list[str]:
    """The bot's messages, in English, that none of the screens in a language showed."""
    shown = "\n".join(
        text
        for screen in screens
        if screen.language == language
        for text in (screen.text, *(label for row in screen.rows for label in row))
    )
    return [english for english, forms in _messages(language).items() if not _is_in(forms, shown)]


def _is_in(forms: Iterable[str], shown: str) -> bool:
    for form in forms:
        pieces = re.split(r"\{\w+\}", form)
        if max(pieces, key=len) in shown and re.search(".*?".join(map(re.escape, pieces)), shown, re.DOTALL):
            return True
    return False


@lru_cache
def _messages(language: str) -> Mapping[str, tuple[str, ...]]:
    """English → the forms in a language."""
    catalogue = (
        messages_in_code() if language == "en" else read_catalogue(FOLDER / f"{language}.po", language)
    )
    return {_forms(each.id)[0]: _said(each, language) for each in catalogue if each.id}


def _said(message: Message, language: str) -> tuple[str, ...]:
    return _forms(message.id if language == "en" else message.string)


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


@lru_cache
def _vocabulary(language: str) -> frozenset[str]:
    """The words of all messages, days, months and names in a language."""
    locale = words_in(language).locale
    names = [
        str(name)
        for kinds in (locale.days, locale.months)
        for kind in kinds.values()
        for width_of in kind.values()
        for name in width_of.values()
    ]
    texts = [form for forms in _messages(language).values() for form in forms]
    return frozenset(word.lower() for text in (*texts, *names) for word in _WORD.findall(text))


def _names(language: str, knowledge: Knowledge) -> set[str]:
    """Names that are written the same whoever reads them, and those of the languages."""
    languages, words = knowledge.programme.languages, words_in(language)
    return {
        "SQLite",
        "PostgreSQL",
        *languages,
        *(category.emoji for category in knowledge.categories),
        *(words.language_name(code) for code in languages),
        *(words.name_of(code) for code in languages),
        *knowledge.photos,
        *(group for session in knowledge.sessions.values() for group in session.groups),
        *knowledge.entries,
        *knowledge.sessions,
        *knowledge.sites,
        knowledge.programme.time_zone,
    }


def written(value: object, languages: Sequence[str], *, every: bool) -> Iterator[str]:
    """All texts of the knowledge in the first of `languages` in which there is one, or in `every` one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        there = [value[language] for language in languages if language in value]
        for each in there if every else there[:1]:
            yield from written(each, languages, every=every)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from written(each, languages, every=every)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from written(getattr(value, name), languages, every=every)
    elif is_dataclass(value):
        for each_field in fields(value):
            yield from written(getattr(value, each_field.name), languages, every=every)
