"""Why a file cannot be edited as asked."""

from bot.knowledge.message import MessageError


class EditError(MessageError):
    """Nothing was changed; the words say why, and what to do instead."""
