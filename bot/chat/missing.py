"""Questions that the bot cannot answer are kept for admins; who asks may wish to hear of an answer."""

from dataclasses import replace

from sqlalchemy import Connection
from telegram import Message

from bot.assistant.reply import Button, Kind, Reply
from bot.chat.staff.feature import Feature
from bot.chat.turn import Turn
from bot.store import misses, updates
from bot.store.misses import MissState
from bot.store.roles import Role

LONGEST = 500  # characters of a question
NONE_OF_THESE = "none"
"""The action of the button below guesses."""
SURE = 0.95
"""Confidence (0–1) from which an answer comes without the button 'Not what I meant'.

Of 273 answers to a sample of the question bank, a third were below, and five of the six wrong ones.
"""
_TELL, _WRONG = "tell", "wrong"


def wishing() -> Feature:
    """The feature: the buttons 'Tell me when you know' and 'Not what I meant'."""
    return Feature(Role.PARTICIPANT, presses={_TELL: _wish, _WRONG: _object})


def learning(reply: Reply, question: str, turn: Turn) -> Reply:
    """The reply to a question; one without an answer is kept, and gets the button, in private chats."""
    turn.conversation = reply.conversation  # the button speaks its language
    message = turn.update.effective_message
    if message is None or message.chat.type != message.chat.PRIVATE:
        return reply
    if reply.kind is Kind.ANSWER:
        if turn.update.edited_message:
            turn.also(lambda c: misses.drop_message(c, message.chat.id, message.message_id))
        return _with_objection(reply, turn)
    turn.also(lambda connection: _note(connection, message, question, reply, turn))
    return _with_wish(reply, turn, str(message.message_id)) if reply.kind is Kind.UNKNOWN else reply


def none_meant(reply: Reply, turn: Turn) -> Reply:
    """The reply to 'None of these': what was asked is kept as a question without an answer."""
    if turn.chat_id != turn.person_id:  # a group
        return reply
    turn.also(lambda connection: misses.none_of_these(connection, turn.chat_id))
    return _with_wish(reply, turn, "last")


def _with_objection(reply: Reply, turn: Turn) -> Reply:
    """With a way to say that an entry was not what the question meant, where the bot is not quite sure."""
    if reply.confidence >= SURE or reply.id not in turn.assistant.knowledge.entries:
        return reply
    button = Button(turn.words("Not what I meant"), f"{_WRONG}:{turn.update.update_id}")
    return replace(reply, buttons=(*reply.buttons, (button,)))


async def _object(turn: Turn) -> None:
    """Says that the bot does not know, and keeps the question as one without an answer.

    It is read from the update that asked it, as long as that is kept.
    """
    reply = turn.assistant.press(NONE_OF_THESE, turn.conversation, turn.moment)
    if reply is None or not turn.argument.isdigit() or len(turn.argument) > 18:
        return
    number = int(turn.argument)
    turn.conversation = reply.conversation
    turn.also(lambda connection: _note_wrong(connection, number, turn))
    turn.reply(_with_wish(reply, turn, "last"))


def _note_wrong(connection: Connection, update_id: int, turn: Turn) -> None:
    raw = updates.read(connection, update_id) or {}
    asked = raw.get("message") or raw.get("edited_message") or {}
    if asked.get("chat", {}).get("id") != turn.chat_id or not asked.get("text"):
        return  # forgotten, or not theirs
    where, language = (turn.chat_id, asked["message_id"]), turn.words.language
    question = str(asked["text"])[:LONGEST]
    misses.note(connection, where, question, language, (), state=MissState.OPEN, now=turn.moment)


def _with_wish(reply: Reply, turn: Turn, which: str) -> Reply:
    button = Button(turn.words("🔔 Tell me when you know"), f"{_TELL}:{which}")
    return replace(reply, buttons=(*reply.buttons, (button,)))


def _note(connection: Connection, message: Message, question: str, reply: Reply, turn: Turn) -> None:
    misses.note(
        connection,
        (message.chat.id, message.message_id),
        question[:LONGEST],
        turn.words.language,
        reply.suggestions,
        state=MissState.OPEN if reply.kind is Kind.UNKNOWN else MissState.OFFERED,
        now=turn.moment,
    )


async def _wish(turn: Turn) -> None:
    number = int(turn.argument) if turn.argument.isascii() and turn.argument.isdigit() else None
    if number is not None and number >= 2**63:
        return

    def wish(connection: Connection) -> None:
        misses.wish(connection, turn.chat_id, number)

    turn.also(wish)
    turn.pop_up = turn.words("I will write to you when there is an answer.")
