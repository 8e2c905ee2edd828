"""The bot's own death at each step between Telegram and Telegram: nothing lost, nothing sent twice."""

import asyncio
import contextlib
import itertools
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, Select, func, select
from sqlalchemy.exc import OperationalError

from bot.inbox import Inbox, Writes
from bot.outbox.call import Call
from bot.outbox.claims import LEASE
from bot.outbox.delivery import Delivery, DeliveryState, enqueue
from bot.outbox.pacing import UNPACED
from bot.outbox.sender import AT_ONCE, Sender
from bot.outbox.verdict import Fault, Verdict
from bot.preview.clock import SettableClock
from bot.store.database import Database
from bot.store.tables import deliveries, updates
from tests.whole.mortal import Death, KilledError, Mortal, failing

CHATS = {1: 10, 2: 10, 3: 20}  # update → chat
PARTS = 2  # messages in each answer
QUIET = 40  # looks at the database without a change: nothing happens before the clock moves


@dataclass
class Telegram:
    """Keeps updates until they are confirmed, and a ledger of what it accepted."""

    waiting: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {"update_id": update, "message": {"chat": {"id": chat}}} for update, chat in CHATS.items()
        ]
    )
    ledger: Counter[str] = field(default_factory=Counter)
    fatal_call: int = 0  # the n-th call goes wrong
    refuses: bool = False  # before it accepts, else afterwards
    calls: int = 0

    async def perform(self, call: Call) -> Sequence[int]:
        self.calls += 1
        wrong = self.calls == self.fatal_call
        if wrong and self.refuses:
            raise ConnectionRefusedError
        self.ledger[call.params["text"]] += 1
        await asyncio.sleep(0)
        if wrong:
            raise ConnectionResetError
        return [sum(self.ledger.values())]


async def _handle(update: Mapping[str, Any]) -> Writes:
    update_id, chat_id = update["update_id"], update["message"]["chat"]["id"]
    calls = [Call(chat_id, "sendMessage", {"text": f"{update_id}/{part}"}) for part in range(PARTS)]

    def writes(connection: Connection) -> None:
        enqueue(connection, f"update:{update_id}", calls)

    return writes


async def _handle_failure(update: Mapping[str, Any], _reference: str) -> Writes:
    raise AssertionError(f"no update of this test is poison: {update}")


def _notice(_connection: Connection, delivery: Delivery, _state: DeliveryState) -> Sequence[Call]:
    return [Call(delivery.call.chat_id, "sendMessage", {"text": f"in doubt: {delivery.source}"})]


def _classify(error: Exception) -> Verdict:
    refused = isinstance(error, ConnectionRefusedError)
    return Verdict(Fault.NOT_SENT if refused else Fault.IN_DOUBT, "fault")


async def _counts(database: Database) -> dict[str, int]:
    """How many updates and deliveries stand where."""
    found: dict[str, int] = {}
    for table in (updates, deliveries):
        query = select(table.c.state, func.count()).group_by(table.c.state)
        for row in await database.read(partial(_all, query=query)):
            found[f"{table.name} {row[0]}"] = row[1]
    return found


def _all(connection: Connection, query: Select[Any]) -> Sequence[Any]:
    return connection.execute(query).all()


async def _live(mortal: Database, truth: Database, telegram: Telegram, clock: SettableClock) -> None:
    """One life of the bot, until nothing changes any more. Raises KilledError when it ends before."""
    stop = asyncio.Event()
    sender = Sender(mortal, clock, telegram.perform, _classify, _notice, pace=UNPACED, drain_seconds=0.5)
    inbox = Inbox(mortal, clock, after_commit=sender.wake, retry_seconds=0.001)

    async def receive() -> None:
        while telegram.waiting:
            with contextlib.suppress(OperationalError):
                await inbox.store(telegram.waiting)
                telegram.waiting.clear()

    async def again_and_again(loop: Callable[[], Awaitable[None]]) -> None:
        while not stop.is_set():
            with contextlib.suppress(OperationalError):
                await loop()

    async def stop_when_quiet() -> None:
        before: dict[str, int] = {}
        same = 0
        while same < QUIET:
            await asyncio.sleep(0.005)
            counts = await _counts(truth)
            done = not telegram.waiting and not any("queued" in key or "sending" in key for key in counts)
            same = QUIET if done and counts else same + 1 if counts == before else 0
            before = counts
        stop.set()

    loops = [
        receive(),
        stop_when_quiet(),
        again_and_again(lambda: inbox.run(_handle, _handle_failure, stop)),
        again_and_again(lambda: sender.run(stop)),
    ]
    tasks = [asyncio.ensure_future(loop) for loop in loops]
    async with asyncio.timeout(20):
        await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        stop.set()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for error in ended:
        if isinstance(error, BaseException):
            raise error


def _forget_everything(connection: Connection) -> None:
    for table in (updates, deliveries):
        connection.execute(table.delete())


@pytest.mark.parametrize("death", Death)
async def test_whichever_write_goes_wrong_each_question_is_answered_once_or_its_asker_told(
    database: Database, clock: SettableClock, death: Death
) -> None:
    for fatal_write in itertools.count(1):
        telegram = Telegram()
        mortal = Mortal(database, fatal_write, death)
        with contextlib.suppress(KilledError):
            await _live(mortal, database, telegram, clock)
        clock.advance(LEASE + timedelta(seconds=1))
        await _live(database, database, telegram, clock)
        await _check(database, telegram, certain=death is Death.REFUSED or not mortal.hit)
        if not mortal.hit:
            break
        await database.write(_forget_everything)
    assert fatal_write > 2 * len(CHATS)  # each answer alone takes two writes


async def test_whichever_statement_fails_each_question_is_answered_once(
    database: Database, clock: SettableClock
) -> None:
    for fatal_statement in itertools.count(1):
        telegram, statements = Telegram(), itertools.count(1)
        with failing(lambda statements=statements, n=fatal_statement: next(statements) == n):  # type: ignore[misc]
            await _live(database, database, telegram, clock)
        clock.advance(timedelta(minutes=2))
        await _live(database, database, telegram, clock)
        await _check(database, telegram, certain=True)
        if next(statements) <= fatal_statement:
            break
        await database.write(_forget_everything)
    assert fatal_statement > 10 * len(CHATS)


@pytest.mark.parametrize("refuses", [True, False])
async def test_whichever_call_goes_wrong_each_question_is_answered_once_or_its_asker_told(
    database: Database, clock: SettableClock, refuses: bool
) -> None:
    for fatal_call in range(1, len(CHATS) * PARTS + 1):
        telegram = Telegram(fatal_call=fatal_call, refuses=refuses)
        await _live(database, database, telegram, clock)
        clock.advance(timedelta(minutes=2))
        await _live(database, database, telegram, clock)
        await _check(database, telegram, certain=refuses)
        assert telegram.calls > len(CHATS) * PARTS  # the one that went wrong, again or as a notice
        await database.write(_forget_everything)


async def _check(database: Database, telegram: Telegram, *, certain: bool) -> None:
    handled = await database.read(partial(_all, query=select(updates.c.state)))
    assert {row.state for row in handled} == {"done"}
    rows = await database.read(partial(_all, query=select(deliveries).order_by(deliveries.c.id)))
    answers = [row for row in rows if row.source.startswith("update:")]
    assert sorted((row.source, row.part) for row in answers) == [
        (f"update:{update}", part) for update in CHATS for part in range(PARTS)
    ]
    for row in rows:
        assert telegram.ledger[row.params["text"]] <= 1
        assert row.state == "sent" or (row.state == "in_doubt" and not certain)
        assert row.state != "sent" or telegram.ledger[row.params["text"]] == 1
    doubtful = {row.source for row in answers if row.state == "in_doubt"}
    assert len(doubtful) <= AT_ONCE
    assert {row.source for row in rows if row not in answers} == {f"notice:{source}" for source in doubtful}
