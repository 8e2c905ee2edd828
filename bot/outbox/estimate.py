"""How long a broadcast takes and what it costs, before anybody decides. Pure."""

from dataclasses import dataclass

from bot.outbox.pacing import Pace

STARS_EACH = 0.1  # for a message beyond the free limits (Bot API, allow_paid_broadcast)


@dataclass(frozen=True, slots=True)
class Estimate:
    """For all messages of one broadcast, when nothing else is sent."""

    seconds: float
    stars: float  # of the bot's balance


def estimate(messages: int, *, paid: bool = False, pace: Pace | None = None) -> Estimate:
    """What it takes to send so many; an album is one message for each picture."""
    limits = pace or Pace()
    each = limits.paid.every if paid else limits.overall.every
    return Estimate(messages * each, messages * STARS_EACH if paid else 0.0)
