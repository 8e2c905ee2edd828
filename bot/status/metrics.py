"""The state as Prometheus reads it (https://prometheus.io/docs/instrumenting/exposition_formats/)."""

from collections.abc import Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric

from bot import VERSION
from bot.status.state import Setup, State


def exposed(state: State, setup: Setup, now: datetime) -> bytes:
    """The page `/metrics`."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Moment(state, setup, now))
    return generate_latest(registry)


class _Moment:
    """One moment as a collector of the library."""

    def __init__(self, state: State, setup: Setup, now: datetime) -> None:
        self._state = state
        self._setup = setup
        self._now = now

    def collect(self) -> Iterator[Metric]:
        """All metrics."""
        state, setup = self._state, self._setup
        facts = {"version": VERSION, "mode": setup.mode, "encoder": setup.encoder}
        yield InfoMetricFamily("bot", "The running bot.", value={**facts, "database": setup.database})
        yield GaugeMetricFamily("bot_revision", "Number of the live revision.", value=state.revision)
        if state.last_update_at:
            age = (self._now - state.last_update_at).total_seconds()
            yield GaugeMetricFamily(
                "bot_last_update_age_seconds", "Since an update came in.", value=max(0.0, age)
            )
        waiting = GaugeMetricFamily("bot_deliveries_waiting", "Messages to send.", labels=["lane"])
        for lane, number in state.waiting.items():
            waiting.add_metric([lane.name.lower()], number)
        yield waiting
        for name, words, value in (
            ("bot_updates_waiting", "Updates to handle.", state.updates_waiting),
            ("bot_updates_quarantined", "Updates that could not be handled.", state.updates_quarantined),
            ("bot_deliveries_sending", "Messages on their way.", state.sending),
            ("bot_deliveries_in_doubt", "Messages that were perhaps sent.", state.in_doubt),
            ("bot_people", "Participants who can be reached.", state.people),
            ("bot_disk_free_bytes", "Room on the disk.", setup.free_bytes),
        ):
            yield GaugeMetricFamily(name, words, value=value)
        answered = CounterMetricFamily("bot_questions", "Questions by how they ended.", labels=["outcome"])
        for outcome, number in state.answered.items():
            answered.add_metric([outcome], number)
        yield answered
