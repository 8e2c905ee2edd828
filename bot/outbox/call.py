"""One message to send, as it is kept in the database: a Bot API method and its parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
