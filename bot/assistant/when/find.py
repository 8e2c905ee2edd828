"""Text in, mentions of time out."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.assistant.when.model import When


def find_when(
    text: str, moment: datetime, *, zone: ZoneInfo, starts: date, ends: date, languages: Sequence[str]
) -> tuple[When, ...]:
    """The mentions of time in `text`, in the order of the text."""
    raise NotImplementedError
