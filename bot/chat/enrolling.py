"""Joining a group of participants by a link, such as one on a badge or in an e-mail."""

from sqlalchemy import Connection

from bot.assistant.reply import Button
from bot.chat.render import message
from bot.chat.staff.feature import Feature
from bot.chat.turn import Turn
from bot.locales import Words
from bot.outbox.call import Call
from bot.store import audit, chats, invitations
from bot.store.roles import Role

LINK = "g"
"""The prefix of a link's payload; the token of an invitation follows it."""


def enrolling() -> Feature:
    """The feature."""

    async def enrol(turn: Turn) -> None:
        turn.reply(turn.assistant.command("start", turn.conversation, turn.moment))
        turn.decide(lambda connection: [_enrolled(connection, turn)])

    return Feature(Role.PARTICIPANT, links={LINK: enrol})


def _enrolled(connection: Connection, turn: Turn) -> Call:
    """Puts who opened the link into its group, and uses the link up once."""
    words = turn.words
    found = invitations.find(connection, turn.argument, turn.moment)
    if found is None or found.group is None:
        return message(
            turn.chat_id, words("This link does not work (any more). Ask an organizer for a new one.")
        )
    if found.group in chats.groups_of(connection, turn.chat_id):
        return message(turn.chat_id, words("You are in group {group} already.", group=found.group))
    invitations.use(connection, turn.argument, turn.moment)
    chats.join(connection, turn.chat_id, found.group, turn.moment, by=found.made_by)
    audit.note(connection, turn.person_id, "group.join", found.group, turn.moment)
    return welcome(turn.chat_id, found.group, words)


def welcome(chat_id: int, group: str, words: Words) -> Call:
    """Tells somebody that they belong to a group now."""
    text = words(
        "You are in group {group} now. From now on I show you what concerns this group.", group=group
    )
    return message(chat_id, text, ((Button(words("📅 Schedule"), "schedule"),),))
