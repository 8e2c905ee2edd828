"""A database that dies or fails at a chosen moment, for tests of every step."""

import contextlib
import itertools
import threading
from collections.abc import Callable, Iterator
from enum import Enum
from typing import TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from bot.store.database import Database, Work

T = TypeVar("T")


class KilledError(BaseException):
    """The process is gone: raised by everything that it tries from then on."""


class Death(Enum):
    """What the n-th write does."""

    BEFORE_COMMIT = "killed before the commit"
    AFTER_COMMIT = "killed after the commit"
    REFUSED = "the database refuses the write"
    UNANSWERED = "the database commits, and its answer is lost"


class Mortal(Database):
    """A database whose n-th write goes wrong."""

    def __init__(self, living: Database, fatal_write: int, death: Death) -> None:
        self._living = living
        self._writes = itertools.count(1)
        self._fatal_write = fatal_write
        self._death = death
        self.hit = False
        self.killed = False

    async def read(self, work: Work[T]) -> T:
        if self.killed:
            raise KilledError
        return await self._living.read(work)

    async def write(self, work: Work[T]) -> T:
        if self.killed:
            raise KilledError
        if next(self._writes) != self._fatal_write:
            return await self._living.write(work)
        self.hit = True
        self.killed = self._death in {Death.BEFORE_COMMIT, Death.AFTER_COMMIT}
        if self._death in {Death.AFTER_COMMIT, Death.UNANSWERED}:
            await self._living.write(work)
        raise KilledError if self.killed else OperationalError("COMMIT", {}, Exception("gone"))


@contextlib.contextmanager
def failing(fails: Callable[[], bool]) -> Iterator[None]:
    """Has those statements of write transactions refused for which `fails` says so."""

    def refuse(*_: object) -> None:
        if threading.current_thread().name.startswith("database-writer") and fails():
            raise OperationalError("a statement", {}, Exception("gone"))

    event.listen(Engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", refuse)
