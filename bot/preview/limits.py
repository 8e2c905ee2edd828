"""Telegram's rate limits: 30 messages a second in all, 1 in one chat after a burst, 20 a minute in a group.

Telegram does not publish exact rules; these are the figures of its bot FAQ. Edits count like messages.
"""

import math
import time
from collections import deque
from collections.abc import Callable

from bot.preview.errors import too_many_requests

ALL_CHATS = (30, 1.0)  # messages, seconds
GROUP = (20, 60.0)  # messages, seconds
BURST = 5  # messages that one private chat takes at once; after that one a second


class RateLimits:
    """Counts messages and refuses those that come too fast. Switched off when `enabled` is false."""

    def __init__(self, *, enabled: bool, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.enabled = enabled
        self._monotonic = monotonic
        self._all: deque[float] = deque()
        self._groups: dict[int, deque[float]] = {}
        self._private: dict[int, float] = {}  # when the chat's burst is whole again

    def spend(self, chat_id: int, messages: int = 1) -> None:
        """Counts `messages` to one chat. Raises 429, and counts nothing, when they are too many."""
        if not self.enabled:
            return
        now = self._monotonic()
        group = self._groups.setdefault(chat_id, deque()) if chat_id < 0 else None
        wait = max(
            _wait(self._all, now, messages, *ALL_CHATS),
            self._private.get(chat_id, now) + messages - BURST - now
            if group is None
            else _wait(group, now, messages, *GROUP),
        )
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        self._all.extend([now] * messages)
        if group is None:
            self._private[chat_id] = max(self._private.get(chat_id, now), now) + messages
        else:
            group.extend([now] * messages)


def _wait(times: deque[float], now: float, messages: int, most: int, seconds: float) -> float:
    """Seconds until `messages` more fit into the sliding window."""
    while times and times[0] <= now - seconds:
        times.popleft()
    surplus = min(len(times) + messages - most, len(times))
    return times[surplus - 1] + seconds - now if surplus > 0 else 0.0
