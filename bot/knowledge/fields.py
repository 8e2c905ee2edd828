"""The kinds of value that a person types into the YAML: times, dates, switches, ids, texts by language.

Every value arrives as the text that was typed. Each kind says what it takes, what to write instead of a
value that it does not take, and how an editor that follows the JSON Schema should check it.
"""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema

from bot.knowledge.message import Message
from bot.knowledge.problems import nearest, quoted

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
GROUP_PATTERN = r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}$"
COUNTRY_PATTERN = r"^[A-Z]{2}$"
NOT_BLANK = r"\S"
FILE_NAME_PATTERN = r"^[^./\\:][^/\\:]*$"
RESULT_NAMES = frozenset({"schedule", "smalltalk"})
"""What a result is called that is not an entry, a site or a session."""


def _time(value: object) -> object:
    """`9:30` or `09:30` → a time of day."""
    if not isinstance(value, str):
        return value
    typed = re.fullmatch(r"\s*([0-9]{1,2}):([0-9]{2})\s*", value)
    if typed and int(typed[1]) < 24 and int(typed[2]) < 60:
        return time(int(typed[1]), int(typed[2]))
    raise ValueError(
        Message("{value} is not a time ({advice})", value=quoted(value), advice=_time_advice(value))
    )


def _time_advice(value: str) -> str:
    """What somebody who typed `10.30`, `2 pm` or `24:00` may have wanted to write."""
    if value.startswith("24"):
        return Message("write hours 0 to 23; the last minute of a day is 23:59")
    parts = re.fullmatch(r"([0-9]{1,2})[^0-9apm]?([0-9]{2})?\s*([ap]?)\.?m?\.?", value.lower())
    hour = int(parts[1]) if parts else 24
    if parts and parts[3] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if parts[3] == "p" else 0)
    minute = int(parts[2] or 0) if parts else 60
    if hour < 24 and minute < 60:
        return Message("write {time}", time=f"{hour:02}:{minute:02}")
    return Message("write hours:minutes, such as 14:00")


def _date(value: object) -> object:
    """`2030-05-21` → a date."""
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*", value):
        raise ValueError(
            Message("{value} is not a date (write year-month-day, such as 2030-05-21)", value=quoted(value))
        )
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise ValueError(
            Message("{value} is not a date: the calendar has no such day", value=quoted(value))
        ) from None


def _flag(value: object) -> object:
    """`true` or `yes` → True, `false` or `no` → False."""
    if not isinstance(value, str):
        return value
    if value.strip().lower() not in {"true", "yes", "false", "no"}:
        raise ValueError(
            Message("{value} is neither true nor false (write true or false)", value=quoted(value))
        )
    return value.strip().lower() in {"true", "yes"}


def _named(value: str) -> str:
    if value in RESULT_NAMES:
        raise ValueError(
            Message("{value} is a word that the bot uses itself (choose another id)", value=quoted(value))
        )
    return value


def _file_name(value: str) -> str:
    if "://" in value:
        raise ValueError(
            Message(
                "{value} is a link, and links are not fetched (save the picture in photos/)",
                value=quoted(value),
            )
        )
    if not is_file_name(value):
        raise ValueError(
            Message(
                "{value} is not the name of a file in photos/ (write the name alone)", value=quoted(value)
            )
        )
    return value


def is_file_name(value: str) -> bool:
    """Whether it is a bare name: no folder, no way out, nothing hidden."""
    return re.fullmatch(FILE_NAME_PATTERN, value) is not None


def _zone_name(value: str) -> str:
    """A name that the tz database knows."""
    try:
        return ZoneInfo(value).key
    except (KeyError, ValueError, OSError):  # unknown, a path that leads out, a folder of zones
        places = [zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")]
        cities = {zone.rpartition("/")[2].lower(): zone for zone in places}
        close = nearest(value.rpartition("/")[2].lower(), cities, at_least=85)
        example = cities[close] if close else "Europe/Paris"
        raise ValueError(
            Message(
                "{value} is not in the tz database (write a name such as {example})",
                value=quoted(value),
                example=example,
            )
        ) from None


def _country(value: str) -> str:
    """An ISO 3166 code that has a country."""
    code = value.strip().upper()
    if is_country(code):
        return code
    every = Locale.parse("en").territories
    names = {name.casefold(): code for code, name in every.items() if is_country(code)}
    close = nearest(value.strip().casefold(), names)
    example = names[close] if close else "VN"
    raise ValueError(
        Message(
            "{value} is not the code of a country (write two letters, such as {example})",
            value=quoted(value),
            example=example,
        )
    )


def is_country(code: str) -> bool:
    """Whether people come from there: not so from the code of the unknown region."""
    return code in get_global("territory_languages") and code != "ZZ"


def _text_of_default_language(value: object, info: ValidationInfo) -> object:
    """A plain text (or list of texts) stands for the default language, which the loader passes as context."""
    if isinstance(value, Mapping):
        return value
    language = (info.context or {}).get("default_language", "en")
    return {language: value}


Text = Annotated[
    str,
    Field(pattern=NOT_BLANK),
    # Here every value is the text that was typed; editors take `007` for a number and `yes` for a switch.
    WithJsonSchema({"type": ["string", "number", "boolean"], "pattern": NOT_BLANK}),
]
"""A text that is not blank, exactly as typed."""

Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=40)]
"""Small letters, digits and single hyphens. At most 40, so that it fits in a button's 64 bytes of data."""

ResultId = Annotated[Id, AfterValidator(_named)]
"""An id of something that a question can lead to."""

Group = Annotated[str, Field(pattern=GROUP_PATTERN, max_length=40)]
"""The name of a group of participants, such as `A` or `water-experts`."""

Language = Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
"""A language code as Telegram sends it (ISO 639), such as `en`."""

_Texts = Annotated[Mapping[Language, Text], Field(min_length=1)]
_Phrases = Mapping[Language, tuple[Text, ...]]

LocalText = Annotated[
    _Texts, BeforeValidator(_text_of_default_language, json_schema_input_type=_Texts | Text)
]
"""Language → text."""

LocalPhrases = Annotated[
    _Phrases,
    BeforeValidator(_text_of_default_language, json_schema_input_type=_Phrases | tuple[Text, ...]),
]
"""Language → example phrasings."""

Time = Annotated[
    time,
    BeforeValidator(_time),
    WithJsonSchema({"type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9]$"}),
]
"""A time of day on the 24-hour clock, in the programme's time zone."""

Date = Annotated[
    date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
"""A day, written year-month-day."""

Flag = Annotated[
    bool,
    BeforeValidator(_flag),
    WithJsonSchema({"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no"]}]}),
]
"""true or false."""

FileName = Annotated[
    Text, AfterValidator(_file_name), WithJsonSchema({"type": "string", "pattern": FILE_NAME_PATTERN})
]
"""The name of a file in the photos folder."""

ZoneName = Annotated[Text, AfterValidator(_zone_name), WithJsonSchema({"type": "string"})]
"""A time zone's name in the tz database."""

Country = Annotated[
    Text, AfterValidator(_country), WithJsonSchema({"type": "string", "pattern": COUNTRY_PATTERN})
]
"""A country's code of two letters (ISO 3166), such as `VN`."""
