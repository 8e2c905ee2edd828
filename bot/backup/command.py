"""The commands `backup` and `restore`: the same for SQLite and PostgreSQL, and from one to the other."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from alembic.util import CommandError
from sqlalchemy import Connection, MetaData, Table, delete, func, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from bot.backup.archive import BackupError, Reader, Writer, reading, writing
from bot.clock import Clock
from bot.store.database import open_database, open_snapshot
from bot.store.migrations import current, upgrade

_SHAPE = "alembic_version"
_AT_ONCE = 500  # rows


def back_up(url: str, path: Path, clock: Clock) -> str:
    """Writes everything to `path` while the bot runs, as of one moment, and says how much it was.

    Raises BackupError, DatabaseError or OSError; a file that was there before stays then.
    """
    engine = open_snapshot(url)
    try:
        with engine.begin() as connection, writing(path) as archive:
            number = _copy_out(connection, archive, clock)
    except DBAPIError as error:
        raise BackupError(f"the database cannot be read: {error.orig}") from error
    finally:
        engine.dispose()
    return f"{number} rows written to {path} ({path.stat().st_size / 2**20:.1f} MB)."


async def restore(url: str, path: Path) -> str:
    """Puts a backup into an empty database, whole or not at all, and says how much it was.

    Raises BackupError, DatabaseError or OSError.
    """
    with reading(path) as archive:
        database = open_database(url)
        try:
            number = await database.write(lambda connection: _copy_in(connection, archive))
        except CommandError as error:
            raise BackupError("comes from a newer version of this bot; update the bot first") from error
        except DBAPIError as error:
            raise BackupError(f"cannot be put into the database: {error.orig}") from error
        finally:
            await database.close()
    return f"{number} rows restored from {path}."


def _copy_out(connection: Connection, archive: Writer, clock: Clock) -> int:
    revision = current(connection)
    if revision is None:
        raise BackupError("the database is empty; there is nothing to back up")
    archive.begin(revision, clock())
    return sum(archive.table(table.name, _rows(connection, table)) for table in _tables(connection))


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(select(table)):
        yield dict(row._mapping)


def _copy_in(connection: Connection, archive: Reader) -> int:
    if inspect(connection).get_table_names():
        raise BackupError("the database is not empty; restore into a new one, so that nothing is lost")
    upgrade(connection, archive.revision)
    number = 0
    for table in _tables(connection):
        connection.execute(delete(table))  # what the migrations put there
        waiting = archive.rows(table.name)
        while rows := list(islice(waiting, _AT_ONCE)):
            connection.execute(insert(table), [_fitting(row, connection) for row in rows])
            number += len(rows)
        if connection.dialect.name == "postgresql":
            _go_on_counting(connection, table)
    upgrade(connection)
    return number


def _fitting(row: dict[str, Any], connection: Connection) -> dict[str, Any]:
    """SQLite keeps moments without their zone."""
    if connection.dialect.name != "sqlite":
        return row
    return {
        name: value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value
        for name, value in row.items()
    }


def _go_on_counting(connection: Connection, table: Table) -> None:
    """The next row gets a number that is not taken."""
    for column in table.primary_key.columns:
        names = {"table": f'"{table.name}"', "column": column.name}
        sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), names)
        if sequence:
            highest = connection.scalar(select(func.max(column))) or 0
            connection.execute(
                text("SELECT setval(:sequence, :next, false)"), {"sequence": sequence, "next": highest + 1}
            )


def _tables(connection: Connection) -> list[Table]:
    """The tables as they are in this database, whatever its revision."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != _SHAPE]
