import asyncio

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from bot.store.database import Database, open_database
from bot.store.migrations import current, migrate, step_back, upgrade
from bot.store.tables import metadata

OLDEST = "0003"  # older ones were never in use


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


def _down_to_the_ground(connection: Connection) -> list[str | None]:
    """The shapes on the way from the newest to the oldest that can be left, and back."""
    shapes = [current(connection)]
    while shapes[-1] != OLDEST:
        step_back(connection)
        shapes.append(current(connection))
    upgrade(connection)
    return shapes


async def test_every_step_can_be_undone_and_done_again(database: Database) -> None:
    shapes = await database.write(_down_to_the_ground)
    assert len(shapes) > 5
    assert await database.read(_differences) == []


async def test_a_second_start_changes_nothing(database: Database) -> None:
    await migrate(database)
    assert await database.read(_differences) == []
