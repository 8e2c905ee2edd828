"""Keeps one person's flood from everybody else, and takes an album for the one message that it is."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from telegram import Update

_MOST_KEPT = 10_000  # people, and albums, of the latest


class Pass(Enum):
    """What becomes of an update."""

    LET_THROUGH = "let through"
    SLOW_DOWN = "dropped, and the person is told, once"
    DROP = "dropped quietly"


@dataclass(slots=True)
class _Bucket:
    tokens: float
    sent: datetime  # the latest update's moment by Telegram's clock
    seen: datetime  # and by ours
    told: bool = False


class Guard:
    """Lets each person send `burst` messages at once and one more every `seconds`.

    What waited while the bot was down counts from when it was sent, and clocks that stand still or jump back
    take nothing away: the larger of the two elapsed times counts.
    """

    def __init__(self, *, burst: int = 5, seconds: float = 3.0) -> None:
        self._burst = burst
        self._seconds = seconds
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()
        self._albums: OrderedDict[str, int] = OrderedDict()  # its id → its first message

    def check(self, update: Update, now: datetime) -> Pass:
        """Whether to handle an update at `now`."""
        message = update.message
        if (
            message
            and message.media_group_id
            and not self._is_first(message.media_group_id, message.message_id)
        ):
            return Pass.DROP
        sender = update.effective_sender
        if sender is None:
            return Pass.LET_THROUGH
        written = update.message or update.edited_message
        return self._take(sender.id, (written.edit_date or written.date) if written else now, now)

    def _is_first(self, album: str, message_id: int) -> bool:
        """Whether this is an album's first message, also when it is handled again."""
        first = self._albums.setdefault(album, message_id)
        _trim(self._albums)
        return first == message_id

    def _take(self, sender: int, sent: datetime, now: datetime) -> Pass:
        bucket = self._buckets.setdefault(sender, _Bucket(self._burst, sent, now))
        self._buckets.move_to_end(sender)
        _trim(self._buckets)
        elapsed = max((sent - bucket.sent).total_seconds(), (now - bucket.seen).total_seconds(), 0.0)
        bucket.tokens = min(bucket.tokens + elapsed / self._seconds, self._burst)
        bucket.sent, bucket.seen = sent, now
        if bucket.tokens == self._burst:
            bucket.told = False
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return Pass.LET_THROUGH
        told, bucket.told = bucket.told, True
        return Pass.DROP if told else Pass.SLOW_DOWN


def _trim(kept: OrderedDict[Any, Any]) -> None:
    while len(kept) > _MOST_KEPT:
        kept.popitem(last=False)
