"""What a failed call means, and what happens to its delivery next. Pure: one table, tested row by row."""

from dataclasses import dataclass
from enum import Enum

from bot.outbox.delivery import DeliveryState


class Fault(Enum):
    """Why a call did not end with Telegram's confirmation."""

    NOT_SENT = "not sent"  # the request never reached Telegram: no connection, no name, no free connection
    WAIT = "wait"  # 429: Telegram refused it for now
    IN_DOUBT = "in doubt"  # no answer, half an answer, 5xx: perhaps it was sent
    UNREACHABLE = "unreachable"  # 403, chat not found: no message reaches this chat
    CONTENT = "content"  # 400, 413: Telegram will never take this content
    MIGRATED = "migrated"  # the group has become a supergroup with another id
    FATAL = "fatal"  # 401: the token is not valid (any more); nothing can be sent


@dataclass(frozen=True, slots=True)
class Verdict:
    """A fault and what Telegram said about it."""

    fault: Fault
    reason: str  # for organizers and the log; never holds the token
    seconds: float | None = None  # WAIT: how long Telegram asked for, if it did
    chat_id: int | None = None  # MIGRATED: the new id


@dataclass(frozen=True, slots=True)
class Step:
    """The state that a delivery goes to; `after` seconds it is tried again when that is `queued`."""

    state: DeliveryState
    after: float = 0.0


_LONGEST_PAUSE = 60.0  # seconds between two tries
_MOST_MOVES = 3  # a group moves once; more is a circle


def next_step(verdict: Verdict, attempts: int, *, repeatable: bool) -> Step:
    """What to do with a delivery after `attempts` tries before this failed one.

    `repeatable`: doing it twice looks the same as doing it once (an edit), so doubt is no reason to stop.
    Waiting has no limit of tries: what is no longer useful expires.
    """
    match verdict.fault:
        case Fault.NOT_SENT:
            step = Step(DeliveryState.QUEUED, pause(attempts))
        case Fault.WAIT:
            step = Step(DeliveryState.QUEUED, pause(attempts) if verdict.seconds is None else verdict.seconds)
        case Fault.IN_DOUBT:
            step = Step(DeliveryState.QUEUED, pause(attempts)) if repeatable else Step(DeliveryState.IN_DOUBT)
        case Fault.UNREACHABLE:
            step = Step(DeliveryState.UNREACHABLE)
        case Fault.CONTENT:
            step = Step(DeliveryState.FAILED)
        case Fault.MIGRATED:
            moved = verdict.chat_id is not None and attempts < _MOST_MOVES
            step = Step(DeliveryState.QUEUED if moved else DeliveryState.FAILED)
        case Fault.FATAL:
            step = Step(DeliveryState.QUEUED)
    return step


def pause(attempts: int) -> float:
    """Seconds until the next try: 1, 2, 4 … 60."""
    return min(2.0 ** min(attempts, 10), _LONGEST_PAUSE)


def is_repeatable(method: str) -> bool:
    """Whether calling this method of the Bot API twice shows the same as calling it once."""
    return not method.startswith(("send", "copy", "forward"))
