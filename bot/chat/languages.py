"""Telegram's language codes and the programme's."""

from collections.abc import Collection

from babel.core import get_global


def known_language(code: str | None, languages: Collection[str]) -> str | None:
    """The one of `languages` that a code such as `es-MX` means, if any; `tl` and `fil` mean the same."""
    primary = (code or "").replace("_", "-").partition("-")[0].lower()
    for known in (primary, get_global("language_aliases").get(primary)):
        if known in languages:
            return known
    return None


def two_letter_code(language: str) -> str | None:
    """A language's ISO 639-1 code, if it has one, such as `tl` for `fil`."""
    aliases = get_global("language_aliases")
    names = [language, *(alias for alias, name in aliases.items() if name == language)]
    return next((name for name in names if len(name) == 2), None)
