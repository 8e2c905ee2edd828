"""What a start needs first: a database in the newest shape, or words on why there is none."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

from bot.settings import Settings
from bot.store.database import Database, DatabaseError, open_database
from bot.store.migrations import migrate

_NO_SHARED_DISK = (
    "DATABASE_URL: is missing. On this host each process has a disk of its own, which is wiped at every "
    "restart, so a SQLite file would lose questions and deliveries. Add a PostgreSQL database; the host then "
    "sets DATABASE_URL by itself."
)


class StartError(Exception):
    """Why the bot cannot start or go on, in words for the person who runs it."""


@asynccontextmanager
async def migrated(settings: Settings) -> AsyncIterator[Database]:
    """The database, brought to the newest shape. Raises StartError."""
    url = settings.database_url.get_secret_value()
    if settings.dyno and url.startswith("sqlite"):
        raise StartError(_NO_SHARED_DISK)
    try:
        database = open_database(url)
    except DatabaseError as error:
        raise StartError(str(error)) from error
    try:
        try:
            await migrate(database)
        except DBAPIError as error:
            raise StartError(f"DATABASE_URL: the database cannot be opened: {error.orig}") from error
        except CommandError as error:
            raise StartError(f"DATABASE_URL: a newer version of this bot wrote it ({error})") from error
        yield database
    finally:
        await database.close()
