"""Those who asked what the bot did not know are told that there is an answer now, if they wished so."""

from collections.abc import Sequence

from sqlalchemy import Connection

from bot.assistant.reply import Button
from bot.chat.render import message
from bot.knowledge.model import Knowledge, localized
from bot.locales import words_in
from bot.outbox.delivery import Lane, enqueue
from bot.store import misses

LONGEST_QUOTE = 200  # characters


def tell_askers(connection: Connection, answered: Sequence[tuple[int, str]], knowledge: Knowledge) -> None:
    """Tells the askers of the misses in `answered` (id, and id of what answers it), and drops the misses."""
    by_id = dict(answered)
    for miss in misses.read(connection, by_id):
        topic = by_id[miss.id]
        entry = knowledge.entries.get(topic)
        if miss.tell and entry:
            words = words_in(miss.language)
            text = words(
                "You asked: “{question}”. There is an answer now.", question=miss.question[:LONGEST_QUOTE]
            )
            title = localized(entry.title, miss.language, knowledge.default_language)
            call = message(miss.chat_id, text, ((Button(title, f"show:{topic}"),),))
            enqueue(connection, f"miss:{miss.id}", [call], Lane.REMINDER)
    misses.drop(connection, by_id)
