"""/audit: what staff did last, the newest first."""

from sqlalchemy import Connection

from bot.chat.staff.feature import Feature
from bot.chat.staff.people import name_of
from bot.chat.turn import Turn
from bot.locales import Words
from bot.store import audit
from bot.store.audit import Deed
from bot.store.database import Database
from bot.store.roles import Role

MOST_DEEDS = 20
LONGEST_SUBJECT = 80  # characters; with the names, so many lines fit into one message


def audit_list(database: Database) -> Feature:
    """The feature."""

    async def show(turn: Turn) -> None:
        def lines(connection: Connection) -> list[str]:
            return [_line(connection, deed, turn) for deed in audit.latest(connection, MOST_DEEDS)]

        turn.say("\n".join(await database.read(lines)) or turn.words("Nothing was done yet."))

    return Feature(Role.ADMIN, commands={"audit": show})


def _line(connection: Connection, deed: Deed, turn: Turn) -> str:
    words, at = turn.words, deed.at.astimezone(turn.zone)
    who = words("The bot") if deed.person_id is None else name_of(connection, deed.person_id, words)
    told = _told(connection, deed, who, words)
    return f"{words.short_day(at.date())} {words.time(at.time())} · {told}"


def _told(connection: Connection, deed: Deed, who: str, words: Words) -> str:
    """What was done, in a sentence where there is one."""
    kind, _, rest = deed.subject.partition(" ")
    other = name_of(connection, int(rest), words) if rest.isascii() and rest.isdigit() else ""
    sentences = {
        "role.join organizer": words("{who} became an organizer, invited by {other}", who=who, other=other),
        "role.join admin": words("{who} became an admin, invited by {other}", who=who, other=other)
        if other
        else words("{who} became the first admin", who=who),
        "role.take organizer": words("{who} took the role of organizer from {other}", who=who, other=other),
        "role.take admin": words("{who} took the role of admin from {other}", who=who, other=other),
        "link.make organizer": words("{who} made a link for an organizer", who=who),
        "link.make admin": words("{who} made a link for an admin", who=who),
    }
    if deed.action == "links.end":
        return words("{who} ended all links for staff", who=who)
    known = sentences.get(f"{deed.action} {kind}")
    return known or f"{who}: {deed.action} {deed.subject[:LONGEST_SUBJECT]}"
