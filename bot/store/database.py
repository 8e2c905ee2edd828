"""The database: many readers, one writer a process that commits together what waits together."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, event
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

T = TypeVar("T")
Work = Callable[[AsyncConnection], Awaitable[T]]
"""Statements of one transaction. May run twice, the first time rolled back: it only talks to the database."""

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}
_BUSY_SECONDS = 5
_TOGETHER = 64  # at most so many pieces of work in one commit


class DatabaseError(Exception):
    """The database cannot be opened; the message says what to do, without the URL: it has a password."""


@dataclass(slots=True)
class _Job:
    work: Work[Any]
    result: asyncio.Future[Any]


class Database:
    """Reads and writes. The writes of a process go through one connection, in the order of asking."""

    def __init__(self, reading: AsyncEngine, writing: AsyncEngine) -> None:
        self._reading = reading
        self._writing = writing
        self._jobs: list[_Job] = []
        self._writer: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for reading: each statement sees what is committed at that moment."""
        async with self._reading.connect() as connection:
            yield connection

    async def write(self, work: Work[T]) -> T:
        """Runs `work` in a write transaction and returns its result once that is committed.

        Work that waits while another commit runs is committed together; if that fails, each is tried alone,
        so that one fault stays with its owner. Raises what `work` raises, or sqlalchemy's DBAPIError.
        """
        job = _Job(work, asyncio.get_running_loop().create_future())
        self._jobs.append(job)
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_jobs())
        result: T = await job.result
        return result

    async def close(self) -> None:
        """Finishes the writes asked for, and closes every connection."""
        if self._writer:
            await self._writer
        await self._reading.dispose()
        await self._writing.dispose()

    async def _write_jobs(self) -> None:
        try:
            while self._jobs:
                jobs = [job for job in self._jobs[:_TOGETHER] if not job.result.done()]
                del self._jobs[:_TOGETHER]
                if not await self._commit(jobs):
                    for job in jobs:
                        await self._commit([job], alone=True)
        finally:
            self._writer = None

    async def _commit(self, jobs: list[_Job], *, alone: bool = False) -> bool:
        """Runs jobs in one transaction; when `alone`, a failure is given to the job's owner."""
        try:
            async with self._writing.begin() as connection:
                results = [await job.work(connection) for job in jobs]
        except Exception as error:  # whatever it is belongs to the owner of the job
            if alone and not jobs[0].result.done():
                jobs[0].result.set_exception(error)
            return False
        for job, result in zip(jobs, results, strict=True):
            if not job.result.done():  # its owner may have been cancelled meanwhile
                job.result.set_result(result)
        return True


def insert(connection: AsyncConnection, table: Table) -> Any:
    """An INSERT that knows ON CONFLICT, which SQLite and PostgreSQL spell alike but SQLAlchemy keeps apart.

    Any: the two classes have the same methods and no common base.
    """
    return sqlite_insert(table) if connection.dialect.name == "sqlite" else postgresql_insert(table)


def open_database(url: str) -> Database:
    """The database of `sqlite:///file.db`, `postgres://…` or `postgresql://…`. Connects at first use.

    Raises DatabaseError when the URL is of another kind or the driver is not installed.
    """
    address = _address(url)
    try:
        if address.get_backend_name() == "sqlite":
            return Database(
                _sqlite(address, begin=None, size=4), _sqlite(address, begin="BEGIN IMMEDIATE", size=1)
            )
        reading = create_async_engine(address, pool_size=4, pool_pre_ping=True, isolation_level="AUTOCOMMIT")
        return Database(
            reading, create_async_engine(address, pool_size=1, max_overflow=0, pool_pre_ping=True)
        )
    except ModuleNotFoundError as error:
        raise DatabaseError(
            f"DATABASE_URL: {error.name} is not installed. Run: pip install '.[postgres]'"
        ) from None


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        address = None
    if address is None or address.drivername not in _DRIVERS:
        raise DatabaseError("DATABASE_URL: write sqlite:///bot.db or postgresql://user:password@host/name")
    if address.drivername == "sqlite" and address.database in {None, "", ":memory:"}:
        raise DatabaseError("DATABASE_URL: SQLite needs a file, such as sqlite:///bot.db")
    return address.set(drivername=_DRIVERS[address.drivername])


def _sqlite(address: URL, *, begin: str | None, size: int) -> AsyncEngine:
    engine = create_async_engine(
        address,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=size,
        max_overflow=0,
        connect_args={"timeout": _BUSY_SECONDS},
    )

    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver starts no transaction of its own
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")  # NORMAL may lose the last commits when the power goes
        cursor.close()

    def on_begin(connection: Connection) -> None:
        if begin:  # a deferred transaction that reads and then writes fails at once when another has written
            connection.exec_driver_sql(begin)

    event.listen(engine.sync_engine, "connect", on_connect)
    event.listen(engine.sync_engine, "begin", on_begin)
    return engine
