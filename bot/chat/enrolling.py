"""Joining a group of participants by a link, such as one on a badge or in an e-mail."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from bot.assistant.reply import Button
from bot.chat.admission.door import asking_button
from bot.chat.render import message
from bot.chat.staff.feature import Feature
from bot.chat.turn import Turn
from bot.locales import Words
from bot.outbox.call import Call
from bot.store import admissions, audit, chats, invitations
from bot.store.database import Database
from bot.store.invitations import Invitation
from bot.store.roles import Role

LINK = "g"
"""The prefix of a link's payload; the token of an invitation follows it."""


def enrolling(database: Database) -> Feature:
    """The feature."""

    async def enrol(turn: Turn) -> None:
        found = await database.read(lambda c: invitations.find(c, turn.argument, turn.moment))
        if found:
            _speak(turn, found.language)
        if found or turn.let_in:
            turn.reply(turn.assistant.command("start", turn.conversation, turn.moment))
        turn.decide(lambda connection: _enrolled(connection, turn))

    return Feature(Role.PARTICIPANT, links={LINK: enrol}, for_strangers=True)


def _speak(turn: Turn, language: str | None) -> None:
    """Has the link's language remembered as if it was chosen, by who has not chosen one."""
    if turn.conversation.language is None and language in turn.assistant.knowledge.programme.languages:
        turn.conversation = replace(turn.conversation, language=language)


def _enrolled(connection: Connection, turn: Turn) -> Sequence[Call]:
    """Puts who opened the link into its group, and uses the link up once."""
    words, found = turn.words, invitations.find(connection, turn.argument, turn.moment)
    if found and found.group in chats.groups_of(connection, turn.chat_id):
        _place(connection, turn, found)
        return [message(turn.chat_id, words("You are in group {group} already.", group=found.group))]
    if (
        found is None
        or found.role is not Role.PARTICIPANT
        or not invitations.use(connection, turn.argument, turn.moment)
    ):
        text = words("This link does not work (any more). Ask an organizer for a new one.")
        return [message(turn.chat_id, text, () if turn.let_in else asking_button(words))]
    _place(connection, turn, found)
    audit.note(connection, turn.person_id, "group.join", found.group or "", turn.moment)
    if found.group is None:
        return []  # the welcome says it all
    chats.join(connection, turn.chat_id, found.group, turn.moment, by=found.made_by)
    return [welcome(turn.chat_id, found.group, words)]


def _place(connection: Connection, turn: Turn, found: Invitation) -> None:
    """Lets somebody in, and notes the link's country unless an organizer or another link was faster."""
    admissions.admit(connection, turn.chat_id, turn.moment, by=found.made_by)
    row = chats.read(connection, turn.chat_id)
    if found.country and row and row.country is None:
        chats.set_country(connection, turn.chat_id, found.country)


def welcome(chat_id: int, group: str, words: Words) -> Call:
    """Tells somebody that they belong to a group now."""
    text = words(
        "You are in group {group} now. From now on I show you what concerns this group.", group=group
    )
    return message(chat_id, text, ((Button(words("📅 Schedule"), "schedule"),),))
