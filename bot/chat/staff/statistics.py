"""`/stats`: how the bot is used, as text, picture and table."""

from datetime import timedelta

from bot.assistant.reply import Button
from bot.chat.staff.feature import Feature
from bot.chat.turn import Turn
from bot.statistics.figures import Figures, gather
from bot.statistics.picture import picture
from bot.statistics.summary import summary, table
from bot.store.database import Database
from bot.store.roles import Role

DAYS = 14
_TABLE = "stats"


class Statistics:
    """The feature, for organizers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def feature(self) -> Feature:
        """Its command and its button."""
        return Feature(Role.ORGANIZER, commands={"stats": self._show}, presses={_TABLE: self._send_table})

    async def _show(self, turn: Turn) -> None:
        figures, reader = await self._figures(turn), turn.reader
        turn.attach("statistics.png", picture(figures, reader), method="sendPhoto")
        turn.say(summary(figures, reader), ((Button(turn.words("As a table (CSV)"), f"{_TABLE}:csv"),),))

    async def _send_table(self, turn: Turn) -> None:
        turn.attach("statistics.csv", table(await self._figures(turn)))

    async def _figures(self, turn: Turn) -> Figures:
        last = turn.moment.astimezone(turn.zone).date()
        first = last - timedelta(DAYS - 1)
        return await self._database.read(lambda connection: gather(connection, first, last))
