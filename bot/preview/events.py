"""What happens in the chats, told to everybody who listens: the chat page and waiting tests."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `message`, `edited`, `deleted`, `typing`, `answer`, `chats`, …"""

    kind: str
    data: dict[str, Any]


class Events:
    """Hands every event to every listener, in order."""

    def __init__(self) -> None:
        self._listeners: list[asyncio.Queue[Event]] = []

    def publish(self, kind: str, **data: Any) -> None:
        """Tells all listeners."""
        event = Event(kind, data)
        for listener in self._listeners:
            listener.put_nowait(event)

    @contextmanager
    def listen(self) -> Iterator["asyncio.Queue[Event]"]:
        """A queue of the events from now on."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._listeners.append(queue)
        try:
            yield queue
        finally:
            self._listeners.remove(queue)
