"""Who is let in, and what others hear instead of answers."""

from collections.abc import Sequence

from sqlalchemy import Connection

from bot.assistant.menu import language_named
from bot.assistant.payloads import LANGUAGE, LANGUAGES
from bot.assistant.reply import Button
from bot.chat.addressing import Asked
from bot.chat.in_groups import is_group
from bot.chat.render import message
from bot.chat.turn import Turn
from bot.knowledge.model import Programme, localized
from bot.locales import Words
from bot.outbox.call import Call
from bot.store import admissions
from bot.store.admissions import Standing
from bot.store.roles import Role

ASK = "door-ask"
"""The verb of the button with which somebody asks to be let in."""
_POP_UP = 200  # characters (Bot API, answerCallbackQuery)


def is_let_in(connection: Connection, programme: Programme, chat_id: int, role: Role) -> bool:
    """Whether answers go to a chat: its own id for a person, `role` of who writes there."""
    return not programme.invitation_only or role > Role.PARTICIPANT or admissions.is_in(connection, chat_id)


def note_who_comes(turn: Turn) -> None:
    """Has whoever is not let in remembered, and lets a group in where staff write or take the bot."""
    if not turn.let_in:
        turn.also(lambda connection: admissions.note_outside(connection, turn.chat_id, turn.moment))
    elif is_group(turn.update) and turn.role > Role.PARTICIPANT:
        turn.also(lambda c: admissions.admit(c, turn.chat_id, turn.moment, by=turn.person_id))


def may_ask(asked: Asked, turn: Turn) -> bool:
    """Whether a message is answered: whatever it says to who is let in, else the choice of a language."""
    languages = turn.assistant.knowledge.programme.languages
    return turn.let_in or asked.command == "language" or bool(language_named(asked.text, languages))


def may_press(verb: str, turn: Turn) -> bool:
    """The same for a button of an answer."""
    return turn.let_in or verb in {LANGUAGE, LANGUAGES}


def turn_away(turn: Turn) -> None:
    """Says that answers are for participants, and how to become one."""
    if turn.update.callback_query:
        turn.pop_up = closed_line(turn)[:_POP_UP]
    elif is_group(turn.update):
        turn.say(turn.words("In this group I answer once an organizer has written to me here."))
    elif turn.update.message:
        turn.decide(lambda connection: [standing_card(connection, turn)])


def standing_card(connection: Connection, turn: Turn) -> Call:
    """How somebody stands at the door, with a button while they can ask to be let in."""
    words, found = turn.words, admissions.read(connection, turn.chat_id)
    if found and found.standing is Standing.WAITING:
        return message(turn.chat_id, waiting_line(words))
    if found and found.standing is Standing.REFUSED:
        return message(turn.chat_id, refused_line(words))
    return message(turn.chat_id, closed_line(turn), asking_button(words))


def asking_button(words: Words) -> Sequence[Sequence[Button]]:
    """The button, in its row."""
    return ((Button(words("Ask an organizer to let me in"), ASK),),)


def closed_line(turn: Turn) -> str:
    """For whom the bot is."""
    knowledge, words = turn.assistant.knowledge, turn.words
    name = localized(knowledge.programme.name, words.language, knowledge.default_language)
    return words(
        "I answer only participants of {programme}. Open the link on your badge or in your invitation.",
        programme=name,
    )


def waiting_line(words: Words) -> str:
    """After asking."""
    return words("I have asked the organizers to let you in. You hear of it here once they have decided.")


def refused_line(words: Words) -> str:
    """After a refusal."""
    return words("The organizers have not let you in. If this is a mistake, please speak to them.")
