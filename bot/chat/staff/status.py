"""`/status`: how the bot is doing."""

from bot.chat.staff.feature import Feature
from bot.chat.turn import Turn
from bot.clock import Clock
from bot.status.state import Setup, gather
from bot.status.words import in_words
from bot.store.database import Database
from bot.store.roles import Role


def status(database: Database, setup: Setup, clock: Clock) -> Feature:
    """The feature, for admins. `clock` is the host's."""

    async def show(turn: Turn) -> None:
        state = await database.read(gather)
        turn.say(in_words(state, setup, clock(), turn.words))

    return Feature(Role.ADMIN, commands={"status": show})
