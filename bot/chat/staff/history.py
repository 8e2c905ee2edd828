"""/audit: what staff did last, the newest first."""

from sqlalchemy import Connection

from bot.chat.staff.deeds import sentence
from bot.chat.staff.feature import Feature
from bot.chat.turn import Turn
from bot.store import audit
from bot.store.audit import Deed
from bot.store.database import Database
from bot.store.roles import Role

MOST_DEEDS = 20


def audit_list(database: Database) -> Feature:
    """The feature."""

    async def show(turn: Turn) -> None:
        def lines(connection: Connection) -> list[str]:
            return [_line(connection, deed, turn) for deed in audit.latest(connection, MOST_DEEDS)]

        turn.say("\n".join(await database.read(lines)) or turn.words("Nothing was done yet."))

    return Feature(Role.ADMIN, commands={"audit": show})


def _line(connection: Connection, deed: Deed, turn: Turn) -> str:
    at = deed.at.astimezone(turn.zone)
    told = sentence(connection, deed, turn.assistant.knowledge, turn.words)
    return f"{turn.words.short_day(at.date())} {turn.words.time(at.time())} · {told}"
