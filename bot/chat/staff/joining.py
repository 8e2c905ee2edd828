"""Becoming staff: by a link from an admin, or as the first admin by a code from where the bot was started."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.chat.render import message
from bot.chat.staff.commands import staff_list, words_for
from bot.chat.staff.feature import Feature
from bot.chat.staff.people import admins, described
from bot.chat.turn import Turn
from bot.locales import Words
from bot.outbox.call import Call
from bot.store import audit, invitations, roles
from bot.store.invitations import Invitation
from bot.store.roles import Role

FIRST_CODE_LASTS = timedelta(hours=1)


def joining(settled: Mapping[int, Role]) -> Feature:
    """The feature. `settled` are the settings' roles, by numeric id."""

    async def join(turn: Turn) -> None:
        turn.decide(lambda connection: _join(connection, turn, settled))

    return Feature(
        Role.PARTICIPANT,
        commands={"admin": join},
        links={"admin": join, "organizer": join},
        for_strangers=True,
    )


def first_code(connection: Connection, settled: Mapping[int, Role], now: datetime) -> str | None:
    """A code that makes the first who gives it to the bot an admin; None when there is an admin."""
    if admins(connection, settled):
        return None
    invitation = Invitation(Role.ADMIN, expires_at=now + FIRST_CODE_LASTS, uses_left=1)
    return invitations.make(connection, invitation, now)


def first_admin_lines(bot_link: str, code: str) -> str:
    """What to print for who runs the bot, in English as all that the terminal says."""
    minutes = FIRST_CODE_LASTS // timedelta(minutes=1)
    return (
        f"Nobody is admin yet. Within {minutes} minutes, open {bot_link}?start=admin-{code}\n"
        f"or send the bot: /admin {code}\n"
        "The first person to do so becomes the admin. After that time, start the bot again for another code."
    )


def _join(connection: Connection, turn: Turn, settled: Mapping[int, Role]) -> Sequence[Call]:
    words, token, person_id = turn.words, turn.argument, turn.person_id
    found = invitations.find(connection, token, turn.moment)
    if person_id is None or found is None or not _is_good(connection, found, settled):
        text = words("This link or code does not work (any more). Ask an admin for a new link.")
        return [message(turn.chat_id, text)]
    if roles.role_of(connection, person_id, settled) >= found.role:
        text = words("You have this role already. The link still works, for somebody else.")
        return [message(turn.chat_id, text)]
    invitations.use(connection, token, turn.moment)
    roles.give(connection, person_id, found.role, turn.moment, by=found.made_by)
    audit.note(
        connection,
        person_id,
        "role.join",
        f"{found.role.name.lower()} {found.made_by or ''}".rstrip(),
        turn.moment,
    )
    welcome = [message(turn.chat_id, _welcome(found.role, words)), staff_list(person_id, found.role, words)]
    if found.made_by is None:
        invitations.end_first(connection)
        return welcome
    theirs = words_for(connection, found.made_by, turn.assistant)
    who = described(connection, person_id, theirs)
    return [*welcome, message(found.made_by, theirs("{person} has opened your link.", person=who))]


def _is_good(connection: Connection, found: Invitation, settled: Mapping[int, Role]) -> bool:
    """A link is as good as the role of who made it; the code of the first start, while there is no admin."""
    if found.role is Role.PARTICIPANT:
        return False
    there = admins(connection, settled)
    return not there if found.made_by is None else found.made_by in there


def _welcome(role: Role, words: Words) -> str:
    if role is Role.ADMIN:
        return words("You are an admin now. /help shows what you can do.")
    return words("You are an organizer now. /help shows what you can do.")
