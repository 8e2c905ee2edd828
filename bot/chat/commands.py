"""The commands that Telegram lists behind the menu button, in every language of the programme."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.chat.languages import two_letter_code
from bot.locales import Words, words_in

COMMANDS = (
    "start",
    "next",
    "today",
    "tomorrow",
    "schedule",
    "sites",
    "reminders",
    "language",
    "help",
    "human",
    "emergency",
)
"""Their names, in the order of the list. `start` is pressed once and not listed."""


def command_lists(languages: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The params of each setMyCommands: the first language for everybody, then each for its own speakers.

    Telegram keeps lists by two-letter codes only; a language without one reads the first language's.
    """
    yield {"commands": listed(words_in(languages[0]))}
    for language in languages:
        if code := two_letter_code(language):
            yield {"commands": listed(words_in(language)), "language_code": code}


def listed(words: Words) -> list[dict[str, str]]:
    descriptions = {
        "next": words("What comes next"),
        "today": words("Today's plan"),
        "tomorrow": words("Tomorrow's plan"),
        "schedule": words("The whole schedule"),
        "sites": words("Places and how to get there"),
        "reminders": words("Reminders before sessions"),
        "language": words("Choose your language"),
        "help": words("What you can ask me"),
        "human": words("Ask a person"),
        "emergency": words("Help in an emergency"),
    }
    return [{"command": name, "description": descriptions[name]} for name in COMMANDS if name in descriptions]
