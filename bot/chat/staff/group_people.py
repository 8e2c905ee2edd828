"""Putting people into groups and out: by name, by @username, by number, or by a message of theirs."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection
from telegram import Message, MessageOriginHiddenUser, MessageOriginUser

from bot.assistant.reply import Button
from bot.chat.enrolling import welcome
from bot.chat.render import message
from bot.chat.staff.commands import words_for
from bot.chat.staff.people import described, name_of
from bot.chat.turn import Turn
from bot.outbox.call import Call
from bot.store import admissions, audit, chats
from bot.store.chats import PRIVATE, ChatRow

SHOW, PUT, OUT = "g-show", "g-put", "g-out"
"""The verbs of buttons; a group follows, and for the last two the number of a person."""
MOST_CHOICES = 8
"""Buttons for people of whom one is meant."""


def named_in(message: Message) -> list[str]:
    """What a message names people by: the writer of what was forwarded, a contact, or each line of text."""
    origin = message.forward_origin
    if isinstance(origin, MessageOriginUser):
        return [str(origin.sender_user.id)]
    if isinstance(origin, MessageOriginHiddenUser):
        return [origin.sender_user_name]
    if message.contact and message.contact.user_id:
        return [str(message.contact.user_id)]
    return [line.strip() for line in (message.text or "").splitlines() if line.strip()]


def meant_by(name: str, people: Iterable[ChatRow]) -> Sequence[ChatRow]:
    """Those whom a name, a @username or a number means; the whole name goes before a part of it."""
    private = [row for row in people if row.kind == PRIVATE]
    wanted = name.casefold()
    if wanted.startswith("@"):
        return [row for row in private if f"@{row.username}".casefold() == wanted]
    if wanted.isdecimal():
        return [row for row in private if str(row.chat_id) == wanted]
    whole = [row for row in private if row.name.casefold() == wanted]
    words = wanted.split()
    return whole or [row for row in private if words and all(word in row.name.casefold() for word in words)]


def named(connection: Connection, turn: Turn, group: str, name: str, *, put: bool) -> Sequence[Call]:
    """Does it for whom the name means; offers those whom it may mean, if there are several."""
    words = turn.words
    members = set(chats.members(connection, group))
    found = meant_by(name, [row for row in chats.everybody(connection) if put or row.chat_id in members])
    if not found:
        text = words(
            "I know nobody called {name} here. People have to open the bot first; a link to join does both.",
            name=name,
        )
        return [message(turn.chat_id, text)]
    if len(found) > 1:
        return [
            message(
                turn.chat_id, words("Whom do you mean?"), _choices(connection, turn, group, found, put=put)
            )
        ]
    return changed(connection, turn, group, found[0].chat_id, put=put)


def _choices(
    connection: Connection, turn: Turn, group: str, found: Sequence[ChatRow], *, put: bool
) -> list[tuple[Button, ...]]:
    verb = PUT if put else OUT
    return [
        (Button(described(connection, row.chat_id, turn.words), f"{verb}:{group}:{row.chat_id}"),)
        for row in found[:MOST_CHOICES]
    ]


def changed(connection: Connection, turn: Turn, group: str, chat_id: int, *, put: bool) -> Sequence[Call]:
    """Puts somebody in, who hears of it, or takes somebody out; says what has become of it."""
    words, name = turn.words, name_of(connection, chat_id, turn.words)
    if chats.read(connection, chat_id) is None:
        text = words("This person has to open the bot first; a link to join does both.")
        return [message(turn.chat_id, text)]
    if not put:
        if not chats.leave(connection, chat_id, group):
            return [message(turn.chat_id, words("{name} is not in group {group}.", name=name, group=group))]
        audit.note(connection, turn.person_id, "group.out", f"{group} {chat_id}", turn.moment)
        return [
            message(turn.chat_id, words("{name} is not in group {group} any more.", name=name, group=group))
        ]
    if not chats.join(connection, chat_id, group, turn.moment, by=turn.person_id):
        return [message(turn.chat_id, words("{name} is in group {group} already.", name=name, group=group))]
    admissions.admit(connection, chat_id, turn.moment, by=turn.person_id)
    audit.note(connection, turn.person_id, "group.put", f"{group} {chat_id}", turn.moment)
    told = welcome(chat_id, group, words_for(connection, chat_id, turn.assistant))
    return [message(turn.chat_id, words("{name} is in group {group} now.", name=name, group=group)), told]
