"""How fast Telegram lets a bot send, as GCRA: one moment a budget, in the database, shared by all processes.

GCRA (ITU-T I.371; https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm) keeps the moment until which
what was sent is owed. Sending is allowed while less than `burst - 1` intervals are owed, and owes one more.
"""

import asyncio
from collections import deque
from dataclasses import dataclass, replace

LONGEST_DEBT = 600.0  # seconds
WHOLE_BOT = 0  # stands for all chats in the table of paces
LEAD = 0.1  # seconds: so long before its moment a delivery is claimed, to make up for a busy process
WINDOW = 1.07  # seconds: one, and what the way to Telegram may differ from call to call
PAID = -(2**63)  # stands there for the messages that are paid for; no chat has this id


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `burst` calls at once, and one each `every` seconds in the long run.

    So at most `t / every + burst` calls in any `t` seconds.
    """

    every: float  # seconds
    burst: int = 1

    @property
    def allowance(self) -> float:
        """How many seconds may be owed when the next call starts."""
        return (self.burst - 1) * self.every

    def allows(self, owed_until: float, now: float) -> bool:
        """Whether a call may start now. Moments are seconds since 1970.

        A debt longer than this program ever makes means that the clock was set back: it is forgiven.
        """
        return owed_until <= now + self.allowance or owed_until > now + LONGEST_DEBT

    def owed_after(self, owed_until: float, now: float, calls: int = 1) -> float:
        """The new `owed_until` once `calls` more start."""
        return (now if owed_until > now + LONGEST_DEBT else max(owed_until, now)) + calls * self.every

    def slowed(self, share: float) -> "Limit":
        """The same at a share (0–1) of the pace."""
        return replace(self, every=self.every / share)


@dataclass(frozen=True, slots=True)
class Pace:
    """The budgets of the whole bot and of each chat.

    Telegram publishes about 30 messages a second in all, 1 a second in a chat and 20 a minute in a group, and
    lets short bursts pass: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
    """

    overall: Limit = Limit(1 / 28)  # 29 in any second, and room for one more when a call is held up
    private: Limit = Limit(1.0, burst=5)  # the parts of one reply may follow at once
    group: Limit = Limit(3.5, burst=3)  # 60 / 3.5 + 3 = 20 in any minute
    # Telegram takes 1,000 a second for 0.1 Star each (Bot API, allow_paid_broadcast); more than this is more
    # than one process with its database can do.
    paid: Limit = Limit(1 / 100)
    most_at_once: int = 30  # free messages that one process begins within WINDOW

    def of(self, chat_id: int) -> Limit:
        """The budget of one chat; groups and channels have negative ids."""
        return self.private if chat_id > 0 else self.group


UNPACED = Pace(Limit(0.0), Limit(0.0), Limit(0.0), Limit(0.0), most_at_once=10**9)
"""No limits: for measuring the bot itself, against a server that has none either."""


class Window:
    """Lets no more than `most` messages begin within WINDOW, in one process.

    Between the claim of a delivery and its call, a busy process may lose some hundredths of a second: without
    this, what was claimed apart would go out together.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._begun: deque[float] = deque()  # by the event loop's clock

    async def enter(self, messages: int) -> None:
        """Waits until so many more may begin."""
        clock = asyncio.get_running_loop().time
        while (surplus := self._count(clock()) + messages - self._most) > 0 and self._begun:
            last = self._begun[min(surplus, len(self._begun)) - 1]
            await asyncio.sleep(last + WINDOW - clock())
        self._begun.extend([clock()] * messages)

    def _count(self, now: float) -> int:
        while self._begun and self._begun[0] <= now - WINDOW:
            self._begun.popleft()
        return len(self._begun)
