"""The assistant: asks the matchers, composes the reply, remembers what was talked about."""

from datetime import datetime

from bot.assistant.reply import Conversation, Reply
from bot.knowledge.model import Knowledge


class Assistant:
    """Answers from one revision of the knowledge. Immutable once built; safe to share between tasks."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def ask(self, question: str, conversation: Conversation, moment: datetime) -> Reply:
        """The reply to a question typed at `moment` (an aware datetime)."""
        raise NotImplementedError

    def command(self, name: str, conversation: Conversation, moment: datetime) -> Reply:
        """The reply to a command: start, help, today, tomorrow, next, sites, language, emergency."""
        raise NotImplementedError

    def press(self, action: str, conversation: Conversation, moment: datetime) -> Reply | None:
        """The reply to a pressed button; None when the action points at nothing any more."""
        raise NotImplementedError
