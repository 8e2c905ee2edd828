"""The moment now, passed in wherever it matters, so that tests and the preview can set it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present moment as an aware datetime."""


def system_clock() -> datetime:
    """The host's clock, in UTC."""
    return datetime.now(UTC)
