"""The database: many readers, one writer a process that commits together what waits together."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, QueuePool, Table, create_engine, event
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

T = TypeVar("T")
Work = Callable[[Connection], T]
"""Statements of one transaction, run in a thread. May run twice, the first time rolled back."""

_DRIVERS = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}
_BUSY_SECONDS = 5
_FROZEN_SECONDS = 10  # beyond any pause that work makes between two statements
_READERS = 4
_TOGETHER = 64  # at most so many pieces of work in one commit


class DatabaseError(Exception):
    """The database cannot be opened; the message says what to do, without the URL: it has a password."""


@dataclass(slots=True)
class _Job:
    work: Work[Any]
    result: asyncio.Future[Any]


class Database:
    """Reads and writes. The writes of a process go through one connection, in the order of asking.

    Work runs in a thread as a whole. A hop between threads for each statement, as the asynchronous drivers
    make, costs more than the statement itself when the program is busy.
    """

    def __init__(self, reading: Engine, writing: Engine) -> None:
        self._reading = reading
        self._writing = writing
        self._readers = ThreadPoolExecutor(_READERS, "database-reader")
        self._writers = ThreadPoolExecutor(1, "database-writer")
        self._jobs: list[_Job] = []
        self._writing_jobs: asyncio.Task[None] | None = None

    async def read(self, work: Work[T]) -> T:
        """Runs `work`, which only reads: each statement sees what is committed at that moment."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    async def write(self, work: Work[T]) -> T:
        """Runs `work` in a write transaction and returns its result once that is committed.

        Work that waits while another commit runs is committed together; if that fails, each is tried alone,
        so that one fault stays with its owner. Raises what `work` raises, or sqlalchemy's DBAPIError.
        """
        job = _Job(work, asyncio.get_running_loop().create_future())
        self._jobs.append(job)
        if self._writing_jobs is None:
            self._writing_jobs = asyncio.create_task(self._write_jobs())
        result: T = await job.result
        return result

    async def close(self) -> None:
        """Finishes the writes asked for, and closes every connection."""
        if self._writing_jobs:
            await self._writing_jobs
        for threads, engine in ((self._readers, self._reading), (self._writers, self._writing)):
            threads.shutdown()
            engine.dispose()

    def _read(self, work: Work[T]) -> T:
        with self._reading.connect() as connection:
            return work(connection)

    async def _write_jobs(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._jobs:
                jobs = [job for job in self._jobs[:_TOGETHER] if not job.result.done()]
                del self._jobs[:_TOGETHER]
                works = [job.work for job in jobs]
                outcomes = await loop.run_in_executor(self._writers, self._commit, works)
                for job, outcome in zip(jobs, outcomes, strict=True):
                    outcome.give_to(job.result)
        finally:
            self._writing_jobs = None

    def _commit(self, works: Sequence[Work[Any]]) -> list["_Outcome"]:
        """Runs all in one transaction; if that fails, each in one of its own."""
        try:
            with self._writing.begin() as connection:
                return [_Outcome(work(connection)) for work in works]
        except Exception:
            return [self._commit_alone(work) for work in works]

    def _commit_alone(self, work: Work[Any]) -> "_Outcome":
        try:
            with self._writing.begin() as connection:
                return _Outcome(work(connection))
        except Exception as error:
            return _Outcome(error=error)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a piece of work returned or raised."""

    value: Any = None
    error: Exception | None = None

    def give_to(self, result: asyncio.Future[Any]) -> None:
        if result.done():  # its owner was cancelled meanwhile
            return
        if self.error is not None:
            result.set_exception(self.error)
        else:
            result.set_result(self.value)


def insert(connection: Connection, table: Table) -> Any:
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
                _sqlite(address, begin=None, size=_READERS), _sqlite(address, begin="BEGIN IMMEDIATE", size=1)
            )
        usual = {"pool_pre_ping": True, "hide_parameters": True}
        reading = create_engine(address, pool_size=_READERS, isolation_level="AUTOCOMMIT", **usual)
        writing = create_engine(address, pool_size=1, max_overflow=0, **usual)
        event.listen(writing, "begin", _limit_patience)
        return Database(reading, writing)
    except ModuleNotFoundError as error:
        raise DatabaseError(
            f"DATABASE_URL: {error.name} is not installed. Run: pip install 'psycopg[binary]'"
        ) from None


def open_snapshot(url: str) -> Engine:
    """An engine whose transactions all see one moment, while others go on writing. Raises DatabaseError."""
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, begin="BEGIN", size=1)
    return create_engine(address, isolation_level="REPEATABLE READ")


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


def _limit_patience(connection: Connection) -> None:
    """A process that is frozen in a transaction holds up the others only so long."""
    connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = '{_FROZEN_SECONDS}s'")


def _sqlite(address: URL, *, begin: str | None, size: int) -> Engine:
    engine = create_engine(
        address,
        hide_parameters=True,  # an error that is logged holds no word of anybody's
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
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

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
    return engine
