import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select, text

from bot.clock import Clock
from bot.outbox.call import Call
from bot.outbox.claims import LEASE
from bot.outbox.delivery import Delivery, DeliveryState, enqueue
from bot.outbox.pacing import UNPACED
from bot.outbox.sender import AT_ONCE, Sender, TokenRefusedError
from bot.outbox.verdict import Fault, Verdict
from bot.preview.clock import SettableClock
from bot.store.database import Database
from bot.store.tables import deliveries


class TelegramError(Exception):
    """What `perform` raises in these tests; it carries its verdict."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict


def _classify(error: Exception) -> Verdict:
    assert isinstance(error, TelegramError)
    return error.verdict


class Outbox:
    """A sender that calls `perform`, until `stop`; `ledger` holds what reached Telegram."""

    def __init__(self, database: Database, clock: Clock, *, drain_seconds: float = 5) -> None:
        self.database = database
        self.stop = asyncio.Event()
        self.ledger: list[str] = []
        self.answer: Callable[[Call], Awaitable[Sequence[int]]] = self.accept
        self.sender = Sender(
            database,
            clock,
            self._perform,
            _classify,
            self._notice,
            pace=UNPACED,
            drain_seconds=drain_seconds,
        )
        self.running: asyncio.Task[None] | None = None

    async def accept(self, call: Call) -> Sequence[int]:
        self.ledger.append(call.params["text"])
        return [len(self.ledger)]

    async def _perform(self, call: Call) -> Sequence[int]:
        return await self.answer(call)

    def _notice(self, _connection: Connection, delivery: Delivery, _state: DeliveryState) -> list[Call]:
        return [Call(delivery.call.chat_id, "sendMessage", {"text": f"about {delivery.source}"})]

    async def put(self, source: str, *chats: int) -> None:
        calls = [Call(chat, "sendMessage", {"text": f"{source} {chat}"}) for chat in chats]
        await self.database.write(lambda connection: enqueue(connection, source, calls))
        self.sender.wake()

    def start(self) -> None:
        self.running = asyncio.create_task(self.sender.run(self.stop))

    async def finish(self) -> None:
        self.stop.set()
        assert self.running
        await self.running

    async def states(self) -> dict[str, int]:
        query = select(deliveries.c.state, text("count(*)")).group_by(deliveries.c.state)
        rows = await self.database.read(lambda connection: connection.execute(query).all())
        return {row[0]: row[1] for row in rows}

    async def reaches(self, **states: int) -> None:
        """Waits until the deliveries stand so."""
        async with asyncio.timeout(30):
            while await self.states() != states:  # noqa: ASYNC110 - a database has no event
                await asyncio.sleep(0.005)


@pytest.fixture
def outbox(database: Database, clock: SettableClock) -> Outbox:
    return Outbox(database, clock)


async def test_what_is_queued_is_sent_once_and_in_order(outbox: Outbox) -> None:
    outbox.start()
    await outbox.put("update:1", 1, 1, 2)
    await outbox.reaches(sent=3)
    await outbox.finish()
    assert sorted(outbox.ledger) == ["update:1 1", "update:1 1", "update:1 2"]


async def test_calls_to_different_chats_are_under_way_together(outbox: Outbox) -> None:
    under_way, most = 0, 0
    gate = asyncio.Event()

    async def wait(call: Call) -> Sequence[int]:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        if under_way == AT_ONCE:
            gate.set()
        await gate.wait()
        under_way -= 1
        return await outbox.accept(call)

    outbox.answer = wait
    await outbox.put("broadcast", *range(1, 41))
    outbox.start()
    await outbox.reaches(sent=40)
    await outbox.finish()
    assert most == AT_ONCE


async def test_a_call_that_never_reached_telegram_is_made_again(outbox: Outbox, clock: SettableClock) -> None:
    async def refuse(_call: Call) -> Sequence[int]:
        raise TelegramError(Verdict(Fault.NOT_SENT, "no connection"))

    outbox.answer = refuse
    outbox.start()
    await outbox.put("update:1", 1)
    await outbox.reaches(queued=1)
    outbox.answer = outbox.accept
    clock.advance(timedelta(minutes=2))
    outbox.sender.wake()
    await outbox.reaches(sent=1)
    await outbox.finish()
    assert outbox.ledger == ["update:1 1"]


async def test_nothing_is_tried_while_there_is_no_connection(outbox: Outbox) -> None:
    tried = []

    async def refuse(call: Call) -> Sequence[int]:
        tried.append(call)
        raise TelegramError(Verdict(Fault.NOT_SENT, "no connection"))

    outbox.answer = refuse
    await outbox.put("broadcast", *range(1, 101))
    outbox.start()
    await asyncio.sleep(0.2)
    await outbox.finish()
    assert len(tried) <= AT_ONCE
    assert (await outbox.states())["queued"] == 100


async def test_a_lost_answer_is_not_repeated_and_the_person_is_told(outbox: Outbox) -> None:
    async def lose(call: Call) -> Sequence[int]:
        await outbox.accept(call)
        outbox.answer = outbox.accept
        raise TelegramError(Verdict(Fault.IN_DOUBT, "no answer"))

    outbox.answer = lose
    outbox.start()
    await outbox.put("update:1", 1)
    await outbox.reaches(in_doubt=1, sent=1)
    await outbox.finish()
    assert outbox.ledger == ["update:1 1", "about update:1"]


async def test_a_refused_token_stops_everything_and_keeps_the_queue(outbox: Outbox) -> None:
    async def refuse(_call: Call) -> Sequence[int]:
        raise TelegramError(Verdict(Fault.FATAL, "Unauthorized"))

    outbox.answer = refuse
    await outbox.put("update:1", 1, 2)
    outbox.start()
    assert outbox.running
    with pytest.raises(TokenRefusedError, match="Unauthorized"):
        await outbox.running
    assert await outbox.states() == {"queued": 2}


async def test_stopping_finishes_the_calls_under_way_and_starts_no_other(outbox: Outbox) -> None:
    begun, gate = asyncio.Event(), asyncio.Event()

    async def wait(call: Call) -> Sequence[int]:
        begun.set()
        await gate.wait()
        return await outbox.accept(call)

    outbox.answer = wait
    await outbox.put("update:1", 1, 1)
    outbox.start()
    await begun.wait()
    outbox.stop.set()
    await asyncio.sleep(0.05)
    gate.set()
    await outbox.finish()
    assert await outbox.states() == {"sent": 1, "queued": 1}


async def test_a_call_that_outlasts_the_stop_is_in_doubt(database: Database, clock: SettableClock) -> None:
    outbox = Outbox(database, clock, drain_seconds=0.05)
    begun = asyncio.Event()

    async def hang(call: Call) -> Sequence[int]:
        await outbox.accept(call)
        begun.set()
        await asyncio.Event().wait()
        return []

    outbox.answer = hang
    await outbox.put("update:1", 1)
    outbox.start()
    await begun.wait()
    await outbox.finish()
    assert await outbox.states() == {"in_doubt": 1, "queued": 1}


async def test_a_process_that_was_frozen_does_not_begin_what_another_may_have_taken_over(
    database: Database, clock: SettableClock
) -> None:
    def slow_clock() -> datetime:
        """Each look at it takes as long as a lease."""
        clock.advance(LEASE)
        return clock()

    frozen = Outbox(database, slow_clock)
    await frozen.put("update:1", 1)
    frozen.start()
    await asyncio.sleep(0.1)
    await frozen.finish()
    assert frozen.ledger == []


async def test_the_log_names_the_delivery_and_not_its_content(
    outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    async def refuse(_call: Call) -> Sequence[int]:
        raise TelegramError(Verdict(Fault.CONTENT, "message is too long"))

    outbox.answer = refuse
    outbox.start()
    with caplog.at_level(logging.WARNING):
        await outbox.put("notice:1", 77)
        await outbox.reaches(failed=1)
    await outbox.finish()
    assert "notice:1 part 0 to chat 77: content (message is too long)" in caplog.text
