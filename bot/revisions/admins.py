"""Tells the admins what became of the knowledge, each in their language and once for each occasion."""

import hashlib
from collections.abc import Callable, Collection, Sequence

from sqlalchemy import Connection

from bot.knowledge.problems import KnowledgeError
from bot.locales import Words, words_in
from bot.outbox.call import Call
from bot.outbox.delivery import Lane, enqueue
from bot.store import conversations, roles
from bot.store.database import Database
from bot.store.roles import Role

LONGEST = 3_000  # characters of a list in one message, of the 4,096 that Telegram takes

Message = Callable[[Words], str]
Button = tuple[str, str]
"""What stands on it, and its action."""


class Admins:
    """All who are admins at the moment of telling."""

    def __init__(
        self,
        database: Database,
        settled: Collection[int],
        default_language: Callable[[], str],
        *,
        after_commit: Callable[[], None] = lambda: None,
    ) -> None:
        """`settled` are the settings' own, by id; `after_commit` is called when messages are queued."""
        self._database = database
        self._settled = settled
        self._default_language = default_language
        self._after_commit = after_commit

    async def tell(
        self,
        occasion: str,
        message: Message,
        buttons: Callable[[Words], Sequence[Button]] = lambda _: (),
        *,
        lane: Lane = Lane.REMINDER,
    ) -> None:
        """Queues a message to each admin, unless they had one for this occasion."""

        def queue(connection: Connection) -> None:
            for admin in self._ids(connection):
                words = self._words(connection, admin)
                rows = [[{"text": text, "callback_data": action}] for text, action in buttons(words)]
                markup = {"reply_markup": {"inline_keyboard": rows}} if rows else {}
                call = Call(admin, "sendMessage", {"text": message(words), **markup})
                enqueue(connection, f"knowledge:{occasion}", [call], lane)

        await self._database.write(queue)
        self._after_commit()

    def _ids(self, connection: Connection) -> list[int]:
        given = [row.person_id for row in roles.given(connection) if row.role is Role.ADMIN]
        return sorted({*self._settled, *given})

    def _words(self, connection: Connection, admin: int) -> Words:
        row = conversations.read(connection, admin)
        language = (row.language or row.guessed_language) if row else None
        return words_in(language or self._default_language())


def occasion_of(error: KnowledgeError) -> str:
    """The same for the same problems."""
    return hashlib.sha256(str(error).encode()).hexdigest()[:16]


def shortened(text: str) -> str:
    """As much of a list as one message holds."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
