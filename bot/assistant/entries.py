"""The reply to something that a person has written the answer to: an entry of the knowledge."""

from bot.assistant.reader import Reader
from bot.assistant.reply import Button, Kind, Reply
from bot.assistant.sessions import session_line
from bot.assistant.taxi import late_button
from bot.knowledge.model import Entry

MOST_FOLLOW_UPS = 3


def entry_reply(entry: Entry, reader: Reader, *, confidence: float = 1.0) -> Reply:
    """The entry's answer, pictures and follow-ups in the reader's language.

    An answer that does not exist in that language comes in the default one, with a line that says so. When
    and where the entry's sessions are comes from the schedule.
    Who has missed the bus can also have the taxi card of where the others are.
    """
    language = reader.words.language
    answer = reader.text(entry.answer)
    if language not in entry.answer and language != reader.knowledge.default_language:
        only = reader.words.name_of(reader.knowledge.default_language)
        notice = reader.words("I have this answer only in {language} so far.", language=only)
        answer = f"_{notice}_\n\n{answer}"
    theirs = [session for session in reader.sessions if session.id in entry.sessions]
    answer = "\n\n".join([answer, *(session_line(session, reader) for session in theirs)])
    taxi = late_button(reader) if entry.id == reader.knowledge.programme.cards.missed_bus else None
    return Reply(
        Kind.ANSWER,
        entry.id,
        answer,
        confidence,
        pictures=reader.pictures(entry.photos),
        buttons=(*(((taxi,),) if taxi else ()), *follow_up_buttons(entry.follow_ups, reader)),
    )


def is_valid(entry: Entry, reader: Reader) -> bool:
    """Whether the entry may be answered on the reader's day."""
    today = reader.moment.date()
    validity = entry.valid
    if validity is None:
        return True
    return (validity.from_ is None or validity.from_ <= today) and (
        validity.until is None or today <= validity.until
    )


def follow_up_buttons(ids: tuple[str, ...], reader: Reader) -> tuple[tuple[Button, ...], ...]:
    """One row for each topic that is offered next."""
    buttons = (reader.topic_button(topic) for topic in ids[:MOST_FOLLOW_UPS])
    return tuple((button,) for button in buttons if button)
