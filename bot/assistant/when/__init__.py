"""When a question is about: mentions of days and times found in text, in the programme's languages."""

from bot.assistant.when.find import find_when
from bot.assistant.when.model import Kind, Part, When

__all__ = ["Kind", "Part", "When", "find_when"]
