"""What a person hears when something went wrong: one line with a way on, and not a word of its cause."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection
from telegram import Bot, Update

from bot.assistant.assistant import Assistant
from bot.assistant.reply import Button
from bot.chat.inquiries.naming import SOURCE
from bot.chat.inquiries.undelivered import Undelivered
from bot.chat.placing import placed
from bot.chat.render import message
from bot.chat.turn import remembered_in, with_guess, words_of
from bot.chat.updates import person_in, read_update
from bot.inbox import Writes
from bot.locales import Words
from bot.outbox.call import Call
from bot.outbox.delivery import Delivery, DeliveryState, enqueue
from bot.store import updates
from bot.store.roles import Role

_AGAIN = "again:"  # begins the action of a button that asks an earlier update's question again
_UPDATE = "update:"
_LONGEST_QUOTE = 80  # characters


class Notices:
    """Writes them in the language of their chat."""

    def __init__(
        self, bot: Bot, assistant: Callable[[], Assistant], settled: Mapping[int, Role] = MappingProxyType({})
    ) -> None:
        """`settled` are the settings' roles, by numeric id."""
        self._bot = bot
        self._assistant = assistant
        self._undelivered = Undelivered(settled)

    def interrupted(self, connection: Connection, delivery: Delivery, state: DeliveryState) -> Sequence[Call]:
        """For a reply that may not have arrived (`in_doubt`), or did not arrive whole (`failed`)."""
        if delivery.source.startswith(SOURCE):
            return self._undelivered.tell(connection, delivery, state, self._assistant())
        words = self._words(connection, delivery.call.chat_id)
        if state is DeliveryState.FAILED:
            return [message(delivery.call.chat_id, words("Sorry, a part of my answer could not be sent."))]
        update = self._update(connection, _update_id(delivery.source))
        if update is None:
            return [message(delivery.call.chat_id, _interruption(None, words))]
        asked = update.message or update.edited_message
        text = _interruption(asked.text or asked.caption if asked else None, words)
        button = Button(words("Ask again"), f"{_AGAIN}{update.update_id}")
        return placed([message(delivery.call.chat_id, text, ((button,),))], update)

    def apology(self, raw: Mapping[str, Any], reference: str) -> Writes:
        """For an update that could not be handled; the log has the cause under `reference`.

        Groups hear nothing: nobody knows whether the bot was meant.
        """
        person = person_in(raw)

        def write(connection: Connection) -> None:
            if person:
                words = self._words(connection, person.chat_id, person.language_code)
                call = message(person.chat_id, _apology(reference, words))
                enqueue(connection, f"apology:{raw['update_id']}", [call])

        return write

    def _update(self, connection: Connection, update_id: int | None) -> Update | None:
        raw = updates.read(connection, update_id) if update_id else None
        return read_update(raw, self._bot) if raw else None

    def _words(self, connection: Connection, chat_id: int, language_code: str | None = None) -> Words:
        assistant = self._assistant()
        remembered = remembered_in(connection, chat_id)
        return words_of(with_guess(remembered, language_code, assistant), assistant)


def asked_again(update: Update) -> int | None:
    """The id of the update that a press of the button 'Ask again' is about; None for everything else."""
    data = update.callback_query.data if update.callback_query else None
    return _number(data.removeprefix(_AGAIN)) if data and data.startswith(_AGAIN) else None


def source_of(update_id: int) -> str:
    """The name of an update among the sources of deliveries."""
    return f"{_UPDATE}{update_id}"


def _update_id(source: str) -> int | None:
    return _number(source.removeprefix(_UPDATE)) if source.startswith(_UPDATE) else None


def _number(text: str) -> int | None:
    """Text that anybody may have forged, as an id that a database takes."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _interruption(question: str | None, words: Words) -> str:
    if not question:
        return words("I was interrupted while answering you. If you did not get the answer, ask again.")
    line = " ".join(question.split())
    quote = line if len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE].rstrip()}…"
    return words(
        "I was interrupted while answering “{question}”. If you did not get the answer, ask again.",
        question=quote,
    )


def _apology(reference: str, words: Words) -> str:
    return words(
        "Sorry, something went wrong on my side. Please try again later. "
        "If you tell an organizer, mention the code {reference}.",
        reference=reference,
    )
