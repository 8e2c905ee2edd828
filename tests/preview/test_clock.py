"""The clock of the rehearsal."""

from datetime import UTC, datetime, timedelta

from bot.preview.clock import SettableClock

NOON = datetime(2030, 5, 31, 12, tzinfo=UTC)


class Host:
    """A host's clock that goes when told to."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def test_it_shows_the_hosts_time_until_it_is_set() -> None:
    clock = SettableClock(Host())
    assert clock() == NOON
    assert not clock.is_set


def test_it_goes_on_from_the_moment_that_was_set() -> None:
    host = Host()
    clock = SettableClock(host)
    clock.set(datetime(2016, 10, 11, 8, 10, tzinfo=UTC))
    host.now += timedelta(minutes=5)
    assert clock() == datetime(2016, 10, 11, 8, 15, tzinfo=UTC)
    assert clock.is_set


def test_it_can_be_advanced_and_go_back_to_now() -> None:
    clock = SettableClock(Host())
    clock.advance(timedelta(days=1))
    assert clock() == NOON + timedelta(days=1)
    clock.back_to_now()
    assert clock() == NOON
