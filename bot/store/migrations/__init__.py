"""The shape of the database, revision by revision. `migrate` brings it to the newest at every start."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bot.store.database import Database

# Alembic is imported where it is used: a start that asks only for --help need not wait for it.

_LOCK = 7_236_001_947  # any number: whoever migrates this bot's database on PostgreSQL holds it
NEWEST = "head"


async def migrate(database: Database) -> None:
    """Runs the revisions that are missing, all in one transaction; a second process that starts now waits.

    Raises alembic's CommandError when the database is newer than this program.
    """
    await database.write(upgrade)


def upgrade(connection: Connection, to: str = NEWEST) -> None:
    """Brings the shape to a revision. Raises alembic's CommandError when there is no such one."""
    from alembic import command  # noqa: PLC0415 - see above

    command.upgrade(_config(connection), to)


def step_back(connection: Connection) -> None:
    """Undoes the newest revision, with what is kept in its tables. Raises alembic's CommandError."""
    from alembic import command  # noqa: PLC0415 - see above

    command.downgrade(_config(connection), "-1")


def current(connection: Connection) -> str | None:
    """The revision of the database's shape; None when it is empty."""
    from alembic.migration import MigrationContext  # noqa: PLC0415 - see above

    return MigrationContext.configure(connection).get_current_revision()


def is_behind(connection: Connection) -> bool:
    """Whether revisions are missing. Raises alembic's CommandError when the database is newer than this."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - see above

    scripts, revision = ScriptDirectory(str(Path(__file__).parent)), current(connection)
    if revision:
        scripts.get_revision(revision)
    return revision != scripts.get_current_head()


def _config(connection: Connection) -> Any:
    """Alembic's configuration. Holds the lock until the end of the transaction."""
    from alembic.config import Config  # noqa: PLC0415 - see above

    if connection.dialect.name == "postgresql":  # on SQLite a write transaction already excludes others
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
