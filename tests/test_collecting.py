"""Tests of bot.collecting: what stays is not looked at again, and what goes is freed."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.collecting import settle


class Knot:
    """Refers to itself, so only the collector frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def thaw() -> Iterator[None]:
    """The other tests are collected as always."""
    yield
    gc.unfreeze()


def test_what_stays_is_not_looked_at_again() -> None:
    stays = Knot()

    settle()

    assert not any(each is stays for each in gc.get_objects())


def test_what_has_gone_since_is_freed_the_next_time() -> None:
    goes = Knot()
    settle()
    watch = weakref.ref(goes)
    del goes
    gc.collect()
    assert watch() is not None  # nobody looks at it

    settle()

    assert watch() is None
