"""A script of faults for tests: what goes wrong, at which call."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.preview.errors import ApiError, too_many_requests
from bot.preview.params import Params


class Kind(StrEnum):
    """What goes wrong. 'Accepted' means that the call took effect before it went wrong."""

    REFUSE = "refuse"  # connection closed, not accepted
    STALL = "stall"  # never answered, not accepted
    HANG = "hang"  # accepted, never answered
    CLOSE_AFTER_ACCEPT = "close_after_accept"  # accepted, connection closed without an answer
    TRUNCATE = "truncate"  # accepted, half an answer
    JUNK = "junk"  # accepted, 200 with a body that is no JSON
    NOT_OK = "not_ok"  # accepted, 200 with {"ok": false} and nothing else
    SLOW = "slow"  # accepted and answered, but only after `seconds`
    SERVER_ERROR = "5xx"  # `status`, not accepted
    SERVER_ERROR_AFTER_ACCEPT = "5xx_after_accept"  # `status`, accepted
    TOO_MANY = "429"  # `retry_after` seconds, None leaves them out
    FORBIDDEN = "403"  # `description`, with its "Forbidden: "
    BAD_REQUEST = "400"  # `description`, with its "Bad Request: "
    UNAUTHORIZED = "401"
    MIGRATED = "migrated"  # the group became a supergroup: `migrate_to`

    @property
    def accepted(self) -> bool:
        """Whether the call takes effect."""
        return self in {
            Kind.HANG, Kind.CLOSE_AFTER_ACCEPT, Kind.TRUNCATE, Kind.JUNK, Kind.NOT_OK, Kind.SLOW,
            Kind.SERVER_ERROR_AFTER_ACCEPT,
        }  # fmt: skip


_REFUSALS = {
    Kind.FORBIDDEN: (403, "Forbidden: bot was blocked by the user"),
    Kind.BAD_REQUEST: (400, "Bad Request: chat not found"),
    Kind.UNAUTHORIZED: (401, "Unauthorized"),
    Kind.SERVER_ERROR: (None, "Internal Server Error"),  # the fault says which status
    Kind.SERVER_ERROR_AFTER_ACCEPT: (None, "Internal Server Error"),
}


@dataclass(slots=True)
class Fault:
    """One line of the script."""

    method: str  # as Telegram spells it, or * for every method but getUpdates
    kind: Kind
    skip: int  # matching calls still to pass before it strikes
    times: int | None  # how often it strikes, None for ever
    when: Callable[[Params], bool]
    status: int
    retry_after: int | None
    description: str
    migrate_to: int
    seconds: float
    struck: int = 0

    def refusal(self) -> ApiError | None:
        """The error to answer with, None for faults of the connection."""
        if self.kind is Kind.TOO_MANY:
            if self.retry_after is None:
                return ApiError(429, "Too Many Requests")
            return too_many_requests(self.retry_after)
        if self.kind is Kind.MIGRATED:
            reason = "Bad Request: group chat was upgraded to a supergroup chat"
            return ApiError(400, reason, {"migrate_to_chat_id": self.migrate_to})
        if self.kind not in _REFUSALS:
            return None
        status, description = _REFUSALS[self.kind]
        return ApiError(status or self.status, self.description or description)


class Faults:
    """The script. Faults are tried in the order they were added; a call meets at most one."""

    def __init__(self) -> None:
        self._script: list[Fault] = []

    def add(
        self,
        method: str,
        kind: Kind | str,
        *,
        nth: int = 1,
        times: int | None = 1,
        when: Callable[[Params], bool] = lambda _: True,
        status: int = 500,
        retry_after: int | None = None,
        description: str = "",
        migrate_to: int = 0,
        seconds: float = 0.0,
    ) -> Fault:
        """Lets the `nth` call of `method` (counting from now, only those that `when` picks) and the
        following ones, `times` in all, go wrong. `*` stands for every method but getUpdates."""
        fault = Fault(
            method, Kind(kind), nth - 1, times, when, status, retry_after, description, migrate_to, seconds
        )
        self._script.append(fault)
        return fault

    def clear(self) -> None:
        """Lets everything go right again."""
        self._script.clear()

    def take(self, method: str, params: Params) -> Fault | None:
        """The fault that strikes this call, None when it goes right."""
        for fault in self._script:
            named = fault.method.lower() == method.lower() or (
                fault.method == "*" and method.lower() != "getupdates"
            )
            if not named or fault.struck == fault.times or not fault.when(params):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.struck += 1
            return fault
        return None
