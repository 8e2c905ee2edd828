"""Offsets, redelivery, conflicts: how waiting updates are handed out."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.preview.clock import SettableClock
from bot.preview.errors import ApiError
from bot.preview.updates import UpdateQueue


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(lambda: datetime(2016, 10, 11, tzinfo=UTC))


@pytest.fixture
def queue(clock: SettableClock) -> UpdateQueue:
    queue = UpdateQueue(clock, protective=False)
    queue.next_id = 100
    for number in range(5):
        queue.add("message", {"text": str(number)})
    return queue


async def ids(queue: UpdateQueue, offset: int = 0, limit: int = 100) -> list[int]:
    return [update["update_id"] for update in await queue.get(offset, limit, 0)]


async def test_updates_come_again_until_a_later_offset_confirms_them(queue: UpdateQueue) -> None:
    assert await ids(queue) == [100, 101, 102, 103, 104]
    assert await ids(queue) == [100, 101, 102, 103, 104]
    assert await ids(queue, 103) == [103, 104]
    assert await ids(queue) == [103, 104]
    assert await ids(queue, 105) == []


async def test_a_negative_offset_keeps_only_the_last_ones(queue: UpdateQueue) -> None:
    assert await ids(queue, -2) == [103, 104]
    assert await ids(queue) == [103, 104]


@pytest.mark.parametrize(("limit", "given"), [(1, 1), (3, 3), (0, 5), (1000, 5), (-1, 5)])
async def test_a_limit_outside_1_to_100_counts_as_100(queue: UpdateQueue, limit: int, given: int) -> None:
    assert len(await ids(queue, 0, limit)) == given


async def test_at_most_100_updates_come_at_once(queue: UpdateQueue) -> None:
    for number in range(200):
        queue.add("message", {"text": str(number)})
    assert len(await ids(queue)) == 100


async def test_an_offset_far_beyond_the_last_id_confirms_nothing(queue: UpdateQueue) -> None:
    assert await ids(queue, 100_000) == [100, 101, 102, 103, 104]
    assert await ids(queue) == [100, 101, 102, 103, 104]


async def test_after_the_next_id_was_set_lower_an_old_offset_confirms_nothing(queue: UpdateQueue) -> None:
    assert await ids(queue, 105) == []
    queue.next_id = 7
    queue.add("message", {"text": "after a week"})
    assert await ids(queue, 105) == [7]
    assert await ids(queue, 105) == [7]
    assert await ids(queue, 8) == []


async def test_updates_are_kept_for_a_day(queue: UpdateQueue, clock: SettableClock) -> None:
    clock.advance(timedelta(hours=23, minutes=59))
    assert len(await ids(queue)) == 5
    clock.advance(timedelta(minutes=2))
    assert await ids(queue) == []


async def test_a_long_poll_ends_when_an_update_comes(queue: UpdateQueue) -> None:
    poll = asyncio.create_task(queue.get(105, 100, 50))
    await asyncio.sleep(0)
    queue.add("message", {"text": "new"})
    assert [update["update_id"] for update in await asyncio.wait_for(poll, 5)] == [105]


async def test_a_second_poller_ends_the_first_with_a_conflict(queue: UpdateQueue) -> None:
    first = asyncio.create_task(queue.get(105, 100, 50))
    await asyncio.sleep(0)
    second = asyncio.create_task(queue.get(105, 100, 50))
    with pytest.raises(ApiError, match="Conflict: terminated by other getUpdates request") as refused:
        await asyncio.wait_for(first, 5)
    assert refused.value.status == 409
    queue.add("message", {"text": "new"})
    assert len(await asyncio.wait_for(second, 5)) == 1


@pytest.mark.parametrize(
    ("allowed", "kept"),
    [
        (None, ["message", "callback_query"]),
        ([], ["message", "callback_query"]),
        (["callback_query"], ["callback_query"]),
        (["message", "message_reaction"], ["message", "message_reaction"]),
    ],
)
async def test_only_the_allowed_kinds_are_queued(
    queue: UpdateQueue, allowed: list[str] | None, kept: list[str]
) -> None:
    queue.clear()
    queue.allow(allowed)
    for kind in ("message", "callback_query", "message_reaction"):
        queue.add(kind, {})
    assert [kind for update in queue.waiting() for kind in update if kind != "update_id"] == kept


async def test_the_kinds_wanted_are_remembered_when_a_later_call_names_none(queue: UpdateQueue) -> None:
    queue.clear()
    queue.allow(["callback_query"])
    queue.allow(None)
    queue.add("message", {})
    assert queue.waiting() == []


async def test_hasty_polling_is_slowed_down_only_when_told_to(clock: SettableClock) -> None:
    now = [0.0]
    queue = UpdateQueue(clock, protective=True, monotonic=lambda: now[0])
    queue.add("message", {})
    queue.add("message", {})
    first = queue.next_id - 2
    assert len(await queue.get(first, 100, 0)) == 2
    now[0] += 0.1
    assert len(await queue.get(first, 100, 0)) == 1
    now[0] += 1
    assert len(await queue.get(first, 100, 0)) == 2


async def test_a_raw_update_is_queued_as_it_is(queue: UpdateQueue) -> None:
    queue.clear()
    queue.inject({"message": {"date": "not a date"}})
    queue.inject({"update_id": 900, "nonsense": None})
    queue.add("message", {})
    assert [update["update_id"] for update in queue.waiting()] == [105, 900, 901]
    assert queue.waiting()[0]["message"] == {"date": "not a date"}
