"""The ledger: every call that was accepted and shows in a chat, so that a test can prove 'once'."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Accepted:
    """One accepted call. An album is one call with several messages."""

    method: str
    chat_id: int
    message_ids: tuple[int, ...]
    text: str  # of the text or caption; empty when there is none
    files: tuple[str, ...]  # SHA-256 of each file sent, in order
    uploaded: int  # bytes that came with the call, 0 when files went by file_id
    params: dict[str, Any]
    moment: datetime  # by the server's clock
    seconds: float  # by the host's monotonic clock, for pacing
