"""What is said about the rating of a session."""

from bot.assistant.reader import Reader
from bot.assistant.reply import Button, Kind, Reply
from bot.assistant.smalltalk import SMALLTALK
from bot.knowledge.model import Knowledge, Session

MOST_STARS = 5
RATE, COMMENT = "rate", "rate-comment"
"""Verbs of the buttons."""


def is_rated(session: Session, knowledge: Knowledge) -> bool:
    """Whether participants are asked what they thought of it."""
    return session.kind in knowledge.programme.rated


def question(session: Session, reader: Reader) -> Reply:
    """Asks for one to five stars."""
    text = reader.words("How was “{session}”? One tap is enough.", session=reader.text(session.title))
    stars = tuple(Button(f"{n} ⭐", f"{RATE}:{session.id}:{n}") for n in range(1, MOST_STARS + 1))
    return Reply(Kind.ANSWER, SMALLTALK, text, buttons=(stars,))


def thanks(session: Session, reader: Reader) -> Reply:
    """After the tap."""
    text = reader.words("Thank you! The organizers read it without your name.")
    add = Button(reader.words("Add a comment"), f"{COMMENT}:{session.id}")
    return Reply(Kind.ANSWER, SMALLTALK, text, buttons=((add,),))
