"""A clock that can be set and then goes on."""

from datetime import datetime, timedelta

from bot.clock import Clock, system_clock


class SettableClock:
    """A Clock. It shows the host's time until it is set; from then on it runs from the moment set."""

    def __init__(self, host: Clock = system_clock) -> None:
        self._host = host
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        """The present moment, in UTC."""
        return self._host() + self._ahead

    def set(self, moment: datetime) -> None:
        """Makes `moment`, which must be aware, the present."""
        self._ahead = moment - self._host()

    def advance(self, time: timedelta) -> None:
        """Moves the present on."""
        self._ahead += time

    def back_to_now(self) -> None:
        """Shows the host's time again."""
        self._ahead = timedelta(0)

    @property
    def is_set(self) -> bool:
        """Whether it shows another time than the host's."""
        return self._ahead != timedelta(0)
