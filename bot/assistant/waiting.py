"""An assistant that fetches the vectors of a question itself, for callers that may wait."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from bot.assistant.assistant import Assistant
from bot.assistant.reply import Conversation, Reply
from bot.assistant.understanding import Asked
from bot.knowledge.model import Knowledge
from bot.matching.meaning import NOTHING_ENCODED, Encoded


class WaitingAssistant(Assistant):
    """Asks `encode` for the vectors of each question that comes without."""

    def __init__(
        self,
        knowledge: Knowledge,
        encoded: Encoded | None,
        encode: Callable[[Sequence[str]], Encoded],
        *,
        cache: Path | None = None,
    ) -> None:
        self._encode: Callable[[Sequence[str]], Encoded] | None = None  # nothing to ask it while being built
        super().__init__(knowledge, encoded, cache=cache)
        self._encode = encode

    def ask(
        self, question: str, conversation: Conversation, moment: datetime, encoded: Encoded = NOTHING_ENCODED
    ) -> Reply:
        """As `Assistant.ask`."""
        found = encoded or self._encoded(question, conversation, moment)
        return super().ask(question, conversation, moment, found)

    def explain(
        self, question: str, conversation: Conversation, moment: datetime, encoded: Encoded = NOTHING_ENCODED
    ) -> Asked:
        """As `Assistant.explain`."""
        found = encoded or self._encoded(question, conversation, moment)
        return super().explain(question, conversation, moment, found)

    def _encoded(self, question: str, conversation: Conversation, moment: datetime) -> Encoded:
        return self._encode(self.to_encode(question, conversation, moment)) if self._encode else {}
