import asyncio
import json
import logging
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.inbox import AT_ONCE, Inbox, Writes
from bot.outbox.call import Call
from bot.outbox.delivery import enqueue
from bot.preview.clock import SettableClock
from bot.store.database import Database
from bot.store.tables import deliveries, updates
from bot.store.updates import LEASE

Update = dict[str, Any]


def _message(update_id: int, chat_id: int, text: str = "hi") -> Update:
    return {"update_id": update_id, "message": {"chat": {"id": chat_id}, "text": text}}


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - what happens in a handler has no event
            await asyncio.sleep(0)


class Box:
    """An inbox whose handler writes down what it handled, in memory and (as a delivery) in the database."""

    def __init__(self, database: Database, clock: SettableClock) -> None:
        self.database = database
        self.inbox = Inbox(database, clock, after_commit=self._count, retry_seconds=0.01)
        self.stop = asyncio.Event()
        self.handled: list[str] = []
        self.apologies: list[str] = []
        self.commits = 0
        self.running: asyncio.Task[None] | None = None

    def _count(self) -> None:
        self.commits += 1

    async def handle(self, update: Mapping[str, Any]) -> Writes:
        self.handled.append(update["message"]["text"])
        await asyncio.sleep(0)
        return self.write("answer", update)

    async def handle_failure(self, update: Mapping[str, Any], reference: str) -> Writes:
        self.apologies.append(reference)
        return self.write("apology", update)

    def write(self, kind: str, update: Mapping[str, Any]) -> Writes:
        call = Call(update["message"]["chat"]["id"], "sendMessage", {"text": kind})

        def writes(connection: Connection) -> None:
            enqueue(connection, f"{kind}:{update['update_id']}", [call])

        return writes

    def start(self) -> None:
        self.running = asyncio.create_task(self.inbox.run(self.handle, self.handle_failure, self.stop))

    async def finish(self) -> None:
        self.stop.set()
        assert self.running
        await self.running

    async def states(self) -> list[tuple[int | None, str]]:
        table = updates.c
        query = select(table.update_id, table.state).order_by(table.position)
        rows = await self.database.read(lambda connection: connection.execute(query).all())
        return [(row.update_id, row.state) for row in rows]

    async def written(self) -> list[str]:
        query = select(deliveries.c.source).order_by(deliveries.c.id)
        return list(await self.database.read(lambda connection: connection.scalars(query).all()))

    async def empties(self) -> None:
        """Waits until nothing is queued."""
        async with asyncio.timeout(30):
            while any(state == "queued" for _, state in await self.states()):  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.005)


@pytest.fixture
def box(database: Database, clock: SettableClock) -> Box:
    return Box(database, clock)


async def test_each_update_is_handled_once_and_its_writes_are_committed(box: Box) -> None:
    box.start()
    assert await box.inbox.store([_message(1, 10), _message(2, 20)]) == 2
    await box.empties()
    await box.finish()
    assert await box.states() == [(1, "done"), (2, "done")]
    assert sorted(await box.written()) == ["answer:1", "answer:2"]
    assert box.commits == 2


async def test_a_duplicate_is_not_handled_again_whether_waiting_or_done(box: Box) -> None:
    assert await box.inbox.store([_message(1, 10), _message(1, 10)]) == 1
    assert await box.inbox.store([_message(1, 10)]) == 0
    box.start()
    await box.empties()
    assert await box.inbox.store([_message(1, 10)]) == 0
    await asyncio.gather(*(box.inbox.store([_message(2, 10)]) for _ in range(3)))
    await box.empties()
    await box.finish()
    assert sorted(await box.written()) == ["answer:1", "answer:2"]


async def test_ids_that_jump_down_after_a_quiet_week_are_new_updates(box: Box) -> None:
    box.start()
    await box.inbox.store([_message(935483238, 10, "before")])
    await box.empties()
    await box.inbox.store([_message(911978041, 10, "after")])
    await box.empties()
    await box.finish()
    assert box.handled == ["before", "after"]


async def test_one_chat_is_handled_in_order_and_others_meanwhile(box: Box) -> None:
    gate = asyncio.Event()
    order: list[str] = []

    async def handle(update: Mapping[str, Any]) -> Writes:
        text = update["message"]["text"]
        if text == "slow":
            await gate.wait()
        order.append(text)
        return box.write("answer", update)

    box.running = asyncio.create_task(box.inbox.run(handle, box.handle_failure, box.stop))
    await box.inbox.store(
        [
            _message(1, 10, "slow"),
            _message(2, 10, "after slow"),
            _message(3, 20, "other"),
            _message(4, 20, "next"),
        ]
    )
    await _until(lambda: len(order) == 2)
    assert order == ["other", "next"]
    gate.set()
    await box.empties()
    await box.finish()
    assert order == ["other", "next", "slow", "after slow"]


async def test_the_number_of_updates_in_hand_is_bounded(box: Box) -> None:
    in_hand, most = 0, 0

    async def handle(update: Mapping[str, Any]) -> Writes:
        nonlocal in_hand, most
        in_hand += 1
        most = max(most, in_hand)
        await asyncio.sleep(0.01)
        in_hand -= 1
        return box.write("answer", update)

    await box.inbox.store([_message(n, n) for n in range(1, 101)])
    box.running = asyncio.create_task(box.inbox.run(handle, box.handle_failure, box.stop))
    await box.empties()
    await box.finish()
    assert most == AT_ONCE
    assert len(await box.written()) == 100


async def test_a_chat_with_two_thousand_messages_delays_nobody(box: Box) -> None:
    await box.inbox.store([_message(n, 10, "flood") for n in range(1, 2001)])
    box.start()
    await _until(lambda: len(box.handled) >= 20)
    await box.inbox.store([_message(3000, 20, "hello")])
    before = len(box.handled)
    await _until(lambda: "hello" in box.handled)
    assert box.handled.index("hello") - before < 20
    await box.finish()


async def test_a_new_question_is_not_kept_waiting_by_a_backlog(box: Box) -> None:
    await box.inbox.store([_message(n, n, "old") for n in range(1, 1001)])
    box.start()
    await _until(lambda: len(box.handled) >= 10)
    await box.inbox.store([_message(3000, 3000, "new")])
    before = len(box.handled)
    await _until(lambda: "new" in box.handled)
    assert box.handled.index("new") - before <= 4 * AT_ONCE
    await box.finish()


async def test_what_cannot_be_read_goes_to_quarantine_and_the_others_go_on(
    box: Box, caplog: pytest.LogCaptureFixture
) -> None:
    junk: list[object] = [
        b"\xff\0 not JSON, secret words",
        b"[" * 100_000,
        "text",
        b"[1]",
        None,
        {"no": "id"},
        {"update_id": "7"},
        {"update_id": True},
        {"update_id": -1},
        {"update_id": 2**63},
        {"update_id": 5, "message": {1, 2}},
    ]
    box.start()
    with caplog.at_level(logging.ERROR):
        stored = await box.inbox.store([_message(1, 10), *junk, json.dumps(_message(2, 20)).encode()])
    await box.empties()
    await box.finish()
    assert stored == len(junk) + 2
    states = await box.states()
    assert [state for update_id, state in states if update_id is None] == ["quarantined"] * len(junk)
    assert [update_id for update_id, state in states if state == "done"] == [1, 2]
    assert "quarantine" in caplog.text
    assert "secret words" not in caplog.text


@pytest.mark.parametrize(
    ("update", "chat_id"),
    [
        ({"message": {"chat": {"id": -5}, "from": {"id": 1}}}, -5),
        ({"edited_message": {"chat": {"id": 5}}}, 5),
        ({"channel_post": {"chat": {"id": -100}}}, -100),
        ({"callback_query": {"from": {"id": 1}, "message": {"chat": {"id": 7}}}}, 7),
        ({"callback_query": {"from": {"id": 1}, "inline_message_id": "x"}}, 1),
        ({"my_chat_member": {"chat": {"id": 3}, "from": {"id": 1}}}, 3),
        ({"inline_query": {"from": {"id": 4}}}, 4),
        ({"poll_answer": {"user": {"id": 6}}}, 6),
        ({"poll": {"id": "9"}}, 0),
        ({"message": {"chat": {"id": "5"}}}, 0),
        ({"message": {"chat": {"id": 2**70}}}, 0),
        ({"message": 7, "something_new": None}, 0),
        ({}, 0),
    ],
)
async def test_any_kind_of_update_finds_its_queue(
    database: Database, clock: SettableClock, update: Update, chat_id: int
) -> None:
    box = Box(database, clock)
    await box.inbox.store([{"update_id": 1, **update}])
    query = select(updates.c.chat_id, updates.c.state)
    row = await database.read(lambda connection: connection.execute(query).one())
    assert row == (chat_id, "queued")


async def test_a_poison_update_is_set_aside_with_one_apology_and_its_chat_goes_on(
    box: Box, caplog: pytest.LogCaptureFixture
) -> None:
    tries = []

    async def handle(update: Mapping[str, Any]) -> Writes:
        if update["message"]["text"] == "poison":
            tries.append(1)
            raise LookupError("cannot swallow this")
        return box.write("answer", update)

    box.running = asyncio.create_task(box.inbox.run(handle, box.handle_failure, box.stop))
    await box.inbox.store([_message(1, 10, "poison"), _message(2, 10)])
    await box.empties()
    await box.finish()
    assert len(tries) == 2
    assert await box.states() == [(1, "quarantined"), (2, "done")]
    assert await box.written() == ["apology:1", "answer:2"]
    (reference,) = box.apologies
    assert re.search(rf"Update 1 failed, reference {reference}", caplog.text)


async def test_writes_that_fail_take_nothing_with_them(box: Box) -> None:
    async def handle(update: Mapping[str, Any]) -> Writes:
        good = box.write("answer", update)

        def writes(connection: Connection) -> None:
            good(connection)
            if update["update_id"] == 1:
                connection.execute(deliveries.insert().values(source="incomplete"))

        return writes

    box.running = asyncio.create_task(box.inbox.run(handle, box.handle_failure, box.stop))
    await box.inbox.store([_message(1, 10), _message(2, 20)])
    await box.empties()
    await box.finish()
    assert await box.states() == [(1, "quarantined"), (2, "done")]
    assert sorted(await box.written()) == ["answer:2", "apology:1"]


async def test_an_apology_that_fails_too_does_not_block_the_chat(box: Box) -> None:
    async def fail(*_: object) -> Writes:
        raise LookupError("nothing works")

    box.running = asyncio.create_task(box.inbox.run(fail, fail, box.stop))
    await box.inbox.store([_message(1, 10), _message(2, 10)])
    await box.empties()
    await box.finish()
    assert await box.states() == [(1, "quarantined"), (2, "quarantined")]


async def test_trouble_with_the_database_is_waited_out_and_not_held_against_the_update(box: Box) -> None:
    failures = 5

    async def handle(update: Mapping[str, Any]) -> Writes:
        nonlocal failures
        if failures:
            failures -= 1
            raise OperationalError("SELECT 1", {}, Exception("disk I/O error"))
        return box.write("answer", update)

    box.running = asyncio.create_task(box.inbox.run(handle, box.handle_failure, box.stop))
    await box.inbox.store([_message(1, 10)])
    await box.empties()
    await box.finish()
    assert await box.states() == [(1, "done")]
    assert await box.written() == ["answer:1"]


async def test_what_was_not_finished_is_handled_at_the_next_start(
    database: Database, clock: SettableClock
) -> None:
    first = Box(database, clock)
    begun = asyncio.Event()

    async def hang(_update: Mapping[str, Any]) -> Writes:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    running = asyncio.create_task(first.inbox.run(hang, first.handle_failure, first.stop))
    await first.inbox.store([_message(1, 10), _message(2, 10)])
    await begun.wait()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:  # as a kill would
        task.cancel()
    await asyncio.gather(running, return_exceptions=True)
    clock.advance(LEASE + timedelta(seconds=1))
    second = Box(database, clock)
    second.start()
    await second.empties()
    await second.finish()
    assert await second.written() == ["answer:1", "answer:2"]


async def test_a_process_that_was_frozen_commits_nothing_once_another_took_over(
    database: Database, clock: SettableClock
) -> None:
    frozen, other = Box(database, clock), Box(database, clock)
    begun, gate = asyncio.Event(), asyncio.Event()

    async def handle(update: Mapping[str, Any]) -> Writes:
        begun.set()
        await gate.wait()
        return frozen.write("late", update)

    await frozen.inbox.store([_message(1, 10), _message(2, 10)])
    frozen.running = asyncio.create_task(frozen.inbox.run(handle, frozen.handle_failure, frozen.stop))
    await begun.wait()
    clock.advance(LEASE + timedelta(seconds=1))
    other.start()
    await other.empties()
    gate.set()
    for box in (frozen, other):
        await box.finish()
    assert await other.written() == ["answer:1", "answer:2"]


async def test_two_processes_handle_each_update_once_and_each_chat_in_order(
    database: Database, clock: SettableClock
) -> None:
    boxes = [Box(database, clock), Box(database, clock)]
    await boxes[0].inbox.store([_message(n, n % 5, f"{n % 5}: {n:03}") for n in range(100)])
    for box in boxes:
        box.start()
    await boxes[0].empties()
    for box in boxes:
        await box.finish()
    for box in boxes:
        by_chat = sorted(box.handled, key=lambda text: text[0])  # a stable sort keeps the order of handling
        assert by_chat == sorted(box.handled)
    assert sorted(boxes[0].handled + boxes[1].handled) == sorted(f"{n % 5}: {n:03}" for n in range(100))


async def test_stopping_finishes_what_is_in_hand_and_leaves_the_rest(box: Box) -> None:
    begun, gate = asyncio.Event(), asyncio.Event()

    async def handle(update: Mapping[str, Any]) -> Writes:
        begun.set()
        await gate.wait()
        return box.write("answer", update)

    box.running = asyncio.create_task(box.inbox.run(handle, box.handle_failure, box.stop))
    await box.inbox.store([_message(1, 10), _message(2, 10)])
    await begun.wait()
    box.stop.set()
    await asyncio.sleep(0.02)
    gate.set()
    await box.finish()
    assert await box.states() == [(1, "done"), (2, "queued")]


async def test_storing_that_fails_says_so(box: Box) -> None:
    def drop(connection: Connection) -> None:
        connection.exec_driver_sql("DROP TABLE updates")

    await box.database.write(drop)
    with pytest.raises(DBAPIError, match="updates"):
        await box.inbox.store([_message(1, 10)])
