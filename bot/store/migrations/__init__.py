"""The shape of the database, revision by revision. `migrate` brings it to the newest at every start."""

from pathlib import Path

from sqlalchemy import Connection

from bot.store.database import Database

_LOCK = 7_236_001_947  # any number: whoever migrates this bot's database on PostgreSQL holds it


async def migrate(database: Database) -> None:
    """Runs the revisions that are missing, all in one transaction; a second process that starts now waits.

    Raises alembic's CommandError when the database is newer than this program.
    """
    await database.write(_upgrade)


def is_behind(connection: Connection) -> bool:
    """Whether revisions are missing. Raises alembic's CommandError when the database is newer than this."""
    from alembic.migration import MigrationContext  # noqa: PLC0415 - a start with --help need not wait for it
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - the same

    scripts = ScriptDirectory(str(Path(__file__).parent))
    current = MigrationContext.configure(connection).get_current_revision()
    if current:
        scripts.get_revision(current)
    return current != scripts.get_current_head()


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - a start that asks only for --help need not wait for it
    from alembic.config import Config  # noqa: PLC0415 - the same

    if connection.dialect.name == "postgresql":  # on SQLite a write transaction already excludes others
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
