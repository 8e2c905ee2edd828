"""How much slower the bot sends after Telegram refused a message: at once, and back along CUBIC's curve.

The curve of RFC 9438: steep at first, flat near the pace that was refused, then steep up to the whole pace.
"""

import math
from dataclasses import dataclass

KEPT = 0.4  # of the pace, right after a refusal: with less, or more, more is refused in the end
_STEEPNESS = 2e-5  # 1/s³: from 4 tenths of the pace, which were too many, 9 tenths come back in 45 seconds
_SAME = 0.5  # seconds: what is refused so soon after was under way at the old pace
_LEAST = 0.1


@dataclass(frozen=True, slots=True)
class Slowdown:
    """After a refusal at `share` (0–1) of the pace, at `since` (seconds since 1970)."""

    since: float = 0.0
    share: float = 1.0

    def share_at(self, now: float) -> float:
        """The share of the pace to send at now, 0.1–1."""
        until_flat = math.cbrt(self.share * (1 - KEPT) / _STEEPNESS)  # seconds
        share = self.share + _STEEPNESS * (max(now - self.since, 0.0) - until_flat) ** 3
        return min(max(share, _LEAST), 1.0)

    def refused(self, now: float, waits_until: float = 0.0) -> "Slowdown":
        """What follows from a refusal now. When the bot has to wait, the curve begins after that."""
        share = self.share if now < self.since + _SAME else self.share_at(now)
        return Slowdown(max(now, waits_until, self.since), share)
