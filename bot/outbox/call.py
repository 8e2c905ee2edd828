"""One message to send, as it is kept in the database: a Bot API method and its parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PAID = {"allow_paid_broadcast": True}
"""The parameter of messages that go out beyond the free limits, for Stars (Bot API)."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the Bot API that shows something in a chat."""

    chat_id: int
    method: str  # as Telegram spells it: sendMessage, sendMediaGroup, editMessageText, …
    params: Mapping[str, Any] = field(default_factory=dict)  # JSON values, without chat_id and files
    photos: tuple[str, ...] = ()  # file names in the knowledge folder, in the order they are shown

    @property
    def messages(self) -> int:
        """How many messages it makes, as Telegram counts them: an album is one for each picture."""
        return len(self.params["media"]) if self.method == "sendMediaGroup" else 1

    @property
    def paid(self) -> bool:
        """Whether it goes out beyond the free limits."""
        return bool(PAID.items() <= self.params.items())
