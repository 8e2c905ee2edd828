"""Asks Telegram for updates, again and again. An offset moves on only when what lies before it is stored."""

import asyncio
import json
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import aiohttp

logger = logging.getLogger(__name__)

Store = Callable[[Sequence[Any]], Awaitable[object]]
"""Keeps raw updates for good, or raises."""

LONG_POLL_SECONDS = 50  # the most that Telegram waits for news
ANSWER_SECONDS = 25  # beyond that; a silent connection is given up before 90 seconds have passed
LONGEST_PAUSE = 30.0  # seconds between tries when there is no connection
STANDBY_SECONDS = (5.0, 30.0)  # between tries while another program receives


class TokenRefusedError(Exception):
    """Telegram does not know the token."""


class _OthersTurnError(Exception):
    """409: another program polls, or a webhook is set."""


class _BadAnswerError(Exception):
    """An answer without updates. `seconds`: how long Telegram asks to wait, if it does."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Poller:
    """Polls at `api`, such as `https://api.telegram.org/bot<token>`, which is never logged."""

    def __init__(
        self,
        api: str,
        store: Store,
        allowed_updates: Sequence[str],
        *,
        long_poll_seconds: int = LONG_POLL_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._url = f"{api}/getUpdates"
        self._store = store
        self._question = {"timeout": long_poll_seconds, "allowed_updates": list(allowed_updates)}
        self._timeout = aiohttp.ClientTimeout(total=long_poll_seconds + answer_seconds, sock_connect=10)
        self._pause = pause
        self._offset: int | None = None  # none at first: ids start anew after a quiet week
        self._failures = 0
        self._standing_by = False

    async def run(self, stop: asyncio.Event) -> None:
        """Polls until `stop`. What Telegram was not told about comes again at the next start.

        Raises TokenRefusedError.
        """
        polling = asyncio.ensure_future(self._poll_for_ever())
        stopping = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait({polling, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            polling.cancel()
            await asyncio.gather(polling, stopping, return_exceptions=True)
        if not polling.cancelled():
            polling.result()

    async def _poll_for_ever(self) -> None:
        """Each failure ends the session: a connection that hangs, or a pool that is stuck, goes with it."""
        while True:
            try:
                async with aiohttp.ClientSession(timeout=self._timeout) as session:
                    while True:
                        await self._poll_once(session)
            except TokenRefusedError:
                raise
            except _OthersTurnError as error:
                await self._stand_by(error)
            except Exception as error:  # of the network or of the store; neither may end the polling
                await self._wait_after(error)

    async def _poll_once(self, session: aiohttp.ClientSession) -> None:
        received = await self._get(session)
        if self._failures or self._standing_by:
            logger.info("Telegram answers again")
        self._failures, self._standing_by = 0, False
        if received:
            await self._store(received)
            self._offset = _offset_after(received)

    async def _get(self, session: aiohttp.ClientSession) -> list[Any]:
        question = self._question if self._offset is None else {**self._question, "offset": self._offset}
        async with session.post(self._url, json=question) as response:
            body = await response.read()
        answer = _object_in(body)
        if answer.get("ok") is True and isinstance(answer.get("result"), list):
            received: list[Any] = answer["result"]
            return received
        description = str(answer.get("description", "no description"))
        if response.status == HTTPStatus.CONFLICT:
            raise _OthersTurnError(description)
        # A 404 that is not Telegram's JSON comes from something on the way.
        if answer.get("ok") is False and response.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
            raise TokenRefusedError(description)
        raise _BadAnswerError(f"{response.status} {description}", _retry_after(answer))

    async def _stand_by(self, error: _OthersTurnError) -> None:
        if not self._standing_by:
            logger.error(
                "Telegram gives this bot's updates to another program (%s). This one stands by. To receive "
                "here, stop the other one; if a webhook is left over, call deleteWebhook with the token.",
                error,
            )
        self._standing_by = True
        await self._pause(random.uniform(*STANDBY_SECONDS))  # noqa: S311 - spreads retries, guards nothing

    async def _wait_after(self, error: Exception) -> None:
        seconds = min(2.0 ** min(self._failures, 10), LONGEST_PAUSE)
        seconds *= random.uniform(0.5, 1.0)  # noqa: S311 - spreads retries, guards nothing
        if isinstance(error, _BadAnswerError) and error.seconds is not None:
            seconds = error.seconds
        if isinstance(error, aiohttp.ClientError | TimeoutError | OSError | _BadAnswerError):
            logger.warning("No updates (%s: %s); trying again", type(error).__name__, error)
        else:
            logger.error("Updates could not be stored; trying again", exc_info=error)
        self._failures += 1
        await self._pause(seconds)


def _offset_after(received: Sequence[Any]) -> int:
    """One more than the id of the last update, even when it is lower than before."""
    for update in reversed(received):
        if isinstance(update, Mapping) and type(update.get("update_id")) is int:
            return int(update["update_id"]) + 1
    raise _BadAnswerError("updates without update_id")


def _object_in(body: bytes) -> dict[str, Any]:
    """The JSON object in `body`; an empty one when it is anything else."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _retry_after(answer: Mapping[str, Any]) -> float | None:
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, Mapping) else None
    return float(seconds) if isinstance(seconds, int) else None
