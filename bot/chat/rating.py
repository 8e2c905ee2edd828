"""Stars and a comment for a session; `/ratings` shows organizers what came together."""

from bot.assistant import rating
from bot.assistant.rating import COMMENT, MOST_STARS, RATE
from bot.assistant.reader import Reader
from bot.chat.staff.feature import Feature
from bot.chat.turn import Turn
from bot.knowledge.model import Session
from bot.store import ratings
from bot.store.database import Database
from bot.store.ratings import Result
from bot.store.roles import Role
from bot.store.steps import Step

LONGEST_COMMENT = 1000  # characters
MOST_COMMENTS = 5  # of a session in the list


def rating_by_participants() -> Feature:
    """The buttons under the question, and the comment that somebody adds."""
    return Feature(Role.PARTICIPANT, presses={RATE: _rate, COMMENT: _ask_comment}, steps={COMMENT: _comment})


def rating_results(database: Database) -> Feature:
    """The results, for organizers."""

    async def show(turn: Turn) -> None:
        found = {result.session: result for result in await database.read(ratings.results)}
        reader = turn.reader
        lines = [
            _line(session, found[session.id], reader)
            for session in turn.assistant.knowledge.sessions.values()
            if session.id in found
        ]
        turn.say("\n\n".join(lines) or turn.words("Nobody has rated a session yet."))

    return Feature(Role.ORGANIZER, commands={"ratings": show})


async def _rate(turn: Turn) -> None:
    name, _, stars = turn.argument.partition(":")
    session = turn.assistant.knowledge.sessions.get(name)
    if session is None or stars not in map(str, range(1, MOST_STARS + 1)):
        turn.pop_up = turn.words("This session is not in the schedule any more.")
        return
    turn.also(lambda connection: ratings.rate(connection, session.id, turn.chat_id, int(stars), turn.moment))
    reply = rating.thanks(session, turn.reader)
    turn.say(reply.text, reply.buttons)


async def _ask_comment(turn: Turn) -> None:
    turn.step = Step(COMMENT, {"session": turn.argument})
    turn.say(turn.words("Please write your comment in one message."))


async def _comment(turn: Turn) -> None:
    message, step = turn.update.message, turn.step
    text = (message.text or message.caption or "").strip() if message else ""
    if step is None or not text:
        turn.say(turn.words("Please write your comment in one message."))
        return
    session, kept = str(step.state["session"]), text[:LONGEST_COMMENT]
    turn.also(lambda connection: ratings.comment(connection, session, turn.chat_id, kept))
    turn.step = None
    turn.say(turn.words("Thank you, the organizers will read it."))


def _line(session: Session, result: Result, reader: Reader) -> str:
    count = reader.words.plural("{number} rating", "{number} ratings", result.number)
    comments = [f"– {comment}" for comment in result.comments[-MOST_COMMENTS:]]
    return "\n".join([f"{reader.text(session.title)}: {result.average:.1f} ⭐ ({count})", *comments])
