"""The bot's own words: one gettext catalogue a language beside this file, English in the code itself.

A message is its English text with named places: `words("Good morning, {name}!", name=…)`. Catalogues are
`<language>.po`; a language without a catalogue reads English.
"""

import functools
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_timezone_name
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

_DAYS = {"km": "ថ្ងៃEEEE ទីd ខែMMMM", "mn": "M-р сарын d, EEEE"}
_SHORT_DAYS = {"vi": "EEE, d/M"}
"""Patterns where people write a day in another way than CLDR's pattern gives."""
FOLDER = Path(__file__).parent
_GROUPED = re.compile(r"(?<![\w/-])\+?\d+(?:[- ]\d+)+(?![\w/-])")
_APART = "\u2068\u2069"  # FIRST STRONG ISOLATE and its end (UAX #9)


class Words:
    """The bot's words, dates and lists in one language. Get one with `words_in`."""

    def __init__(self, language: str, translations: NullTranslations) -> None:
        self.language = language
        self._translations = translations
        try:
            self.locale = Locale.parse(language)
        except (UnknownLocaleError, ValueError):
            self.locale = Locale.parse("en")
        self._from_left = self.locale.text_direction == "ltr"

    def __call__(self, message: str, /, **values: object) -> str:
        """`message` in this language, its named places filled."""
        text = self._translations.gettext(message)
        return text.format(**self._apart(values)) if values else text

    def readable(self, text: str) -> str:
        """A text of the knowledge; numbers in groups, as of phones, stay in order among Arabic letters."""
        return text if self._from_left else _GROUPED.sub(lambda found: found.group().join(_APART), text)

    def plural(self, one: str, many: str, number: int, /, **values: object) -> str:
        """The form of the message that fits `number`, which also fills the place `{number}`."""
        text = self._translations.ngettext(one, many, number)
        return text.format(number=number, **self._apart(values))

    def _apart(self, values: Mapping[str, object]) -> Mapping[str, object]:
        """What fills places; in a language that is read from the right, names and numbers stand apart.

        Otherwise a Latin name at the end of a sentence would take its full stop along, and a phone number
        would be turned around. Addresses stay as they are: people tap them.
        """
        if self._from_left:
            return values
        return {
            name: f"{_APART[0]}{value}{_APART[1]}" if _is_from_left(value) else value
            for name, value in values.items()
        }

    def day(self, day: date) -> str:
        """A day with its weekday, such as `Friday, October 14`.

        CLDR has no pattern of full names without the year: its short one is widened, as it says one may.
        """
        if self.language in _DAYS:
            return format_date(day, _DAYS[self.language], locale=self.locale)
        skeletons = self.locale.datetime_skeletons
        short = (skeletons.get("MMMMEd") or skeletons["MMMEd"]).pattern
        return format_date(
            day, re.sub("[ML]{3,}", "MMMM", re.sub("[Ec]+", "EEEE", short)), locale=self.locale
        )

    def short_day(self, day: date) -> str:
        """A day for a button, such as `Fri 14`."""
        return format_date(day, _SHORT_DAYS.get(self.language, "EEE d"), locale=self.locale)

    def time(self, moment: time) -> str:
        """A time of day on the 24-hour clock, such as `14:00`."""
        return format_time(moment, "HH:mm", locale=self.locale)

    def zone(self, moment: datetime) -> str:
        """The zone of an aware moment by its name, such as `Korean Standard Time`."""
        return get_timezone_name(moment, locale=self.locale)

    def list(self, items: Iterable[str]) -> str:
        """`a, b and c`."""
        return format_list(list(items), locale=self.locale)

    def duration(self, minutes: int) -> str:
        """A length of time, such as `45 minutes` or `1.5 hours`."""
        if minutes < 60:
            return self.plural("{number} minute", "{number} minutes", minutes)
        if minutes == 60:
            return self("1 hour")
        return self("{hours} hours", hours=format_decimal(minutes / 60, "0.#", locale=self.locale))

    def name_of(self, code: str) -> str:
        """What this language calls another one, such as `Spanish`."""
        return str(self.locale.languages.get(code, code))

    def country(self, code: str) -> str:
        """What this language calls the country of an ISO 3166 code, such as `Vietnam`."""
        return str(self.locale.territories.get(code, code))

    def language_name(self, code: str) -> str:
        """A language's name in that language itself, such as `Español`."""
        try:
            name = Locale.parse(code).get_language_name(code)
        except (UnknownLocaleError, ValueError):
            name = None
        return name[:1].upper() + name[1:] if name else code


@functools.lru_cache(maxsize=64)
def words_in(language: str) -> Words:
    """The words of a language code such as `es`. A catalogue is read at its first use."""
    return read_words(FOLDER / f"{language}.po", language)


def read_words(path: Path, language: str) -> Words:
    """The words of a catalogue; without one they are English."""
    if not path.is_file():
        return Words(language, NullTranslations())
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Words(language, Translations(compiled))


def _is_from_left(value: object) -> bool:
    """Whether a value is a line with letters or digits that are read from the left in any language."""
    if not isinstance(value, str) or "\n" in value or "://" in value or value.startswith(_APART[0]):
        return False
    return any(unicodedata.bidirectional(character) in {"L", "EN"} for character in value)
