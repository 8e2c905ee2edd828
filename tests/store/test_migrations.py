import asyncio

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from bot.store.database import Database, open_database
from bot.store.migrations import migrate
from bot.store.tables import metadata


def _differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_the_migrations_make_the_tables_that_the_code_uses(database: Database) -> None:
    assert await database.read(_differences) == []


async def test_four_programs_that_start_at_once_migrate_once(database_url: str) -> None:
    opened = [open_database(database_url) for _ in range(4)]
    await asyncio.gather(*(migrate(one) for one in opened))
    assert await opened[0].read(_differences) == []
    for one in opened:
        await one.close()


async def test_a_second_start_changes_nothing(database: Database) -> None:
    await migrate(database)
    assert await database.read(_differences) == []
