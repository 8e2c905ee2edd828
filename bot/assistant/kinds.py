"""What the kinds of session are called."""

from bot.knowledge.model import SessionKind
from bot.locales import Words


def kind_name(kind: SessionKind, words: Words) -> str:
    """A kind of session as a word for people, such as `Lecture`."""
    names: dict[SessionKind, str] = {
        "lecture": words("Lecture"),
        "visit": words("Visit"),
        "workshop": words("Workshop"),
        "ceremony": words("Ceremony"),
        "meal": words("Meal"),
        "tour": words("Tour"),
        "travel": words("Travel"),
        "other": words("Other"),
    }
    return names[kind]
