"""Where questions for people go: the organizers' chat, which /desk chooses, or else each organizer."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection
from telegram.constants import ChatType

from bot.chat.render import message
from bot.chat.staff.feature import Feature
from bot.chat.staff.people import staff
from bot.chat.turn import Turn
from bot.outbox.call import Call
from bot.store import audit, desks
from bot.store.roles import Role


def recipients(connection: Connection, settled: Mapping[int, Role]) -> list[int]:
    """The chats that a question is shown in; none when there is nobody to ask."""
    desk = desks.read(connection)
    if desk is not None:
        return [desk]
    members = staff(connection, settled)
    organizers = [member.person_id for member in members if member.role is Role.ORGANIZER]
    return organizers or [member.person_id for member in members]


def desk_choosing() -> Feature:
    """The feature: an organizer writes /desk in the group that is to get the questions."""

    async def choose(turn: Turn) -> None:
        turn.decide(lambda connection: _choose(connection, turn))

    return Feature(Role.ORGANIZER, commands={"desk": choose}, private=False)


def _choose(connection: Connection, turn: Turn) -> Sequence[Call]:
    words, chat = turn.words, turn.update.effective_chat
    if chat is None or chat.type == ChatType.PRIVATE:
        text = words(
            "Write /desk in the group that is to get the questions which participants ask a person. "
            "There, /desk off ends it: then each organizer gets them in private."
        )
        return [message(turn.chat_id, text)]
    off = turn.argument.casefold() == "off"
    desks.choose(connection, None if off else turn.chat_id)
    audit.note(connection, turn.person_id, "desk.choose", "" if off else str(turn.chat_id), turn.moment)
    if off:
        return [message(turn.chat_id, words("From now on each organizer gets the questions in private."))]
    text = words(
        "From now on I bring the questions here that participants ask a person. "
        "To answer one, reply to my message; only what organizers reply is passed on."
    )
    return [message(turn.chat_id, text)]
