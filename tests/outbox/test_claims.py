import asyncio
import functools
from datetime import timedelta

import pytest

from bot.outbox.call import Call
from bot.outbox.claims import CROWD, LEASE, PROBE, claim, renew, seconds_to_next
from bot.outbox.delivery import Delivery, DeliveryState, Lane, enqueue
from bot.outbox.outcome import note_fault, note_sent
from bot.outbox.pacing import LEAD, UNPACED, Limit, Pace
from bot.outbox.verdict import Fault, Verdict
from bot.preview.clock import SettableClock
from bot.store.database import Database, open_database
from bot.store.tables import deliveries, paces

FREE = UNPACED
PRIVATE_ONLY = Pace(Limit(0.0), Limit(1.0, burst=2), Limit(0.0), Limit(0.0))


def _no_notice(*_: object) -> list[Call]:
    return []


class Outbox:
    """Shorthand for the statements under test."""

    def __init__(self, database: Database, clock: SettableClock) -> None:
        self.database = database
        self.clock = clock

    async def put(self, source: str, *chats: int, lane: Lane = Lane.REPLY, after: float = 0) -> None:
        calls = [Call(chat, "sendMessage", {"text": f"{source} {n}"}) for n, chat in enumerate(chats)]
        await self.database.write(lambda connection: enqueue(connection, source, calls, lane))
        if after:
            when = self.clock() + timedelta(seconds=after)
            statement = deliveries.update().where(deliveries.c.source == source).values(not_before=when)
            await self.database.write(lambda connection: connection.execute(statement))

    async def take(self, room: int = 100, pace: Pace = FREE, *, newest_first: bool = False) -> list[Delivery]:
        return await self.database.write(
            lambda connection: claim(connection, "me", self.clock(), pace, room, newest_first=newest_first)
        )

    async def take_names(
        self, room: int = 100, pace: Pace = FREE, *, newest_first: bool = False
    ) -> list[str]:
        taken = await self.take(room, pace, newest_first=newest_first)
        return [f"{delivery.call.params['text']} to {delivery.call.chat_id}" for delivery in taken]

    async def sent(self, *taken: Delivery) -> None:
        for one in taken:
            await self.database.write(
                functools.partial(note_sent, delivery=one, sender="me", message_ids=[1])
            )

    async def fails(self, taken: Delivery) -> None:
        verdict = Verdict(Fault.NOT_SENT, "no connection")
        await self.database.write(
            lambda connection: note_fault(
                connection, taken, "me", verdict, now=self.clock(), notice=_no_notice
            )
        )

    async def seconds(self, pace: Pace = FREE) -> float | None:
        return await self.database.read(lambda connection: seconds_to_next(connection, self.clock(), pace))

    async def pause(self, chat_id: int, seconds: float) -> None:
        until = self.clock().timestamp() + seconds
        statement = paces.update().where(paces.c.chat_id == chat_id).values(paused_until=until)
        await self.database.write(lambda connection: connection.execute(statement))


@pytest.fixture
def outbox(database: Database, clock: SettableClock) -> Outbox:
    return Outbox(database, clock)


async def test_a_claimed_delivery_is_marked_and_not_claimed_again(outbox: Outbox) -> None:
    await outbox.put("update:1", 5)
    (taken,) = await outbox.take()
    assert (taken.source, taken.part, taken.lane, taken.attempts) == ("update:1", 0, Lane.REPLY, 0)
    assert taken.call == Call(5, "sendMessage", {"text": "update:1 0"})
    row = await outbox.database.read(lambda connection: connection.execute(deliveries.select()).one())
    assert (row.state, row.claimed_by) == (DeliveryState.SENDING, "me")
    assert row.claimed_until == outbox.clock() + LEASE
    assert await outbox.take() == []


async def test_a_chat_has_one_call_under_way_and_keeps_its_order(outbox: Outbox) -> None:
    await outbox.put("update:1", 5, 5, 5)
    await outbox.put("update:2", 5)
    order = []
    for _ in range(4):
        (taken,) = await outbox.take(newest_first=True)
        order.append(taken.call.params["text"])
        await outbox.sent(taken)
    assert order == ["update:1 0", "update:1 1", "update:1 2", "update:2 0"]


async def test_replies_go_before_reminders_and_these_before_broadcasts(outbox: Outbox) -> None:
    await outbox.put("broadcast", 1, 2, 3, lane=Lane.BROADCAST)
    await outbox.put("reminder", 1, 2, lane=Lane.REMINDER)
    await outbox.put("update", 1)
    assert await outbox.take_names() == ["update 0 to 1", "reminder 1 to 2", "broadcast 2 to 3"]


async def test_a_chat_with_thousands_of_messages_delays_nobody(outbox: Outbox) -> None:
    await outbox.put("flood", *[1] * 2000)
    await outbox.put("update:1", 2)
    await outbox.put("update:2", 3)
    first = await outbox.take_names(4)
    second = await outbox.take_names(4)
    assert first + second == ["flood 0 to 1", "update:1 0 to 2", "update:2 0 to 3"]


async def test_in_a_crowd_the_newest_and_the_oldest_take_turns(outbox: Outbox) -> None:
    await outbox.put("update", *range(1, CROWD + 3))
    newest = [f"update {n} to {n + 1}" for n in (CROWD + 1, CROWD)]
    assert await outbox.take_names(2, newest_first=True) == newest
    assert await outbox.take_names(2) == ["update 0 to 1", "update 1 to 2"]


async def test_without_a_crowd_the_longest_waiting_goes_first(outbox: Outbox) -> None:
    await outbox.put("broadcast", *range(1, 2 * CROWD), lane=Lane.BROADCAST)
    await outbox.put("update", *range(1, CROWD + 1))
    assert await outbox.take_names(2, newest_first=True) == ["update 0 to 1", "update 1 to 2"]


async def test_nothing_overtakes_a_message_that_is_tried_again(outbox: Outbox) -> None:
    await outbox.put("update:1", 5, 5)
    (first,) = await outbox.take()
    await outbox.fails(first)
    await outbox.put("update:2", 5)
    assert await outbox.take() == []
    assert await outbox.seconds() == pytest.approx(1)
    outbox.clock.advance(timedelta(seconds=1))
    assert await outbox.take_names() == ["update:1 0 to 5"]


async def test_what_was_never_due_is_overtaken(outbox: Outbox) -> None:
    await outbox.put("tomorrow", 5, after=86400)
    assert await outbox.seconds() == pytest.approx(86400)
    await outbox.put("today", 5)
    assert await outbox.seconds() == 0
    assert await outbox.take_names() == ["today 0 to 5"]


async def test_what_is_not_due_or_has_expired_is_left(outbox: Outbox) -> None:
    await outbox.put("later", 1, after=60)
    await outbox.database.write(
        lambda connection: enqueue(
            connection, "late", [Call(2, "sendMessage")], expires_at=outbox.clock() + timedelta(seconds=30)
        )
    )
    outbox.clock.advance(timedelta(seconds=30))
    assert await outbox.take() == []
    outbox.clock.advance(timedelta(seconds=30))
    assert await outbox.take_names() == ["later 0 to 1"]


async def test_the_whole_bot_sends_at_most_thirty_in_a_second(outbox: Outbox) -> None:
    await outbox.put("broadcast", *range(1, 101), lane=Lane.BROADCAST)
    moments: list[float] = []
    for step in range(100):
        moments += [each.begins_at.timestamp() for each in await outbox.take(pace=Pace()) if each.begins_at]
        outbox.clock.advance(timedelta(milliseconds=10 + 5 * (step % 17)))  # the process is busy
    assert len(moments) == 100
    assert max(sum(start <= one < start + 1 for one in moments) for start in moments) <= 30
    assert moments[-1] - moments[0] <= 100 / 28


async def test_an_album_costs_what_it_shows(outbox: Outbox) -> None:
    pace = Pace(Limit(1.0, burst=1), Limit(0.0), Limit(0.0), Limit(0.0))
    album = Call(1, "sendMediaGroup", {"media": [{"type": "photo", "media": name} for name in "abcde"]})
    await outbox.database.write(lambda connection: enqueue(connection, "update:1", [album]))
    await outbox.put("update:2", 2)
    assert len(await outbox.take(pace=pace)) == 1
    due = outbox.clock() + timedelta(seconds=5)
    outbox.clock.set(due - timedelta(seconds=2 * LEAD))
    assert await outbox.take(pace=pace) == []
    outbox.clock.set(due - timedelta(seconds=LEAD / 2))
    assert [taken.begins_at for taken in await outbox.take(pace=pace)] == [due]


async def test_a_chat_takes_a_short_burst_and_then_one_a_second(outbox: Outbox) -> None:
    await outbox.put("update:1", 1, 1, 1, 1)
    counts = []
    for _ in range(4):
        counts.append(0)
        while taken := await outbox.take(pace=PRIVATE_ONLY):
            counts[-1] += len(taken)
            await outbox.sent(*taken)
        outbox.clock.advance(timedelta(seconds=1))
    assert counts == [2, 1, 1, 0]


async def test_the_wait_is_as_long_as_the_pace_asks(outbox: Outbox) -> None:
    assert await outbox.seconds() is None
    await outbox.put("update:1", 1, 1, 1)
    assert await outbox.seconds(PRIVATE_ONLY) == 0
    for _ in range(2):
        await outbox.sent(*await outbox.take(pace=PRIVATE_ONLY))
    assert await outbox.seconds(PRIVATE_ONLY) == pytest.approx(1)
    outbox.clock.advance(timedelta(seconds=1))
    await outbox.take(pace=PRIVATE_ONLY)
    assert await outbox.seconds() is None  # the call under way will say when it ends
    await outbox.put("update:2", 2, after=7)
    assert await outbox.seconds() == pytest.approx(7)


async def test_a_paused_chat_waits_and_the_others_do_not(outbox: Outbox) -> None:
    await outbox.put("update:0", 1)
    await outbox.sent(*await outbox.take())
    await outbox.pause(1, 10072)
    await outbox.put("update:1", 1)
    await outbox.put("update:2", 2)
    assert await outbox.take_names() == ["update:2 0 to 2"]
    outbox.clock.advance(timedelta(seconds=10072))
    assert await outbox.take_names() == ["update:1 0 to 1"]


async def test_a_paused_bot_tries_one_reply_now_and_then(outbox: Outbox) -> None:
    await outbox.put("broadcast", 9, lane=Lane.BROADCAST)
    await outbox.put("update", 1, 2, 3)
    await outbox.pause(0, 60)
    assert await outbox.take_names() == ["update 0 to 1"]
    assert await outbox.take_names() == []
    assert 0 < (await outbox.seconds() or 0) <= PROBE
    outbox.clock.advance(timedelta(seconds=PROBE))
    assert await outbox.take_names() == ["update 1 to 2"]
    outbox.clock.advance(timedelta(seconds=60))
    assert await outbox.take_names() == ["update 2 to 3", "broadcast 0 to 9"]


async def test_two_senders_never_claim_the_same(
    outbox: Outbox, database_url: str, clock: SettableClock
) -> None:
    await outbox.put("broadcast", *range(1, 61), lane=Lane.BROADCAST)
    other = Outbox(open_database(database_url), clock)
    rounds = await asyncio.gather(*(one.take(7) for one in (outbox, other) * 6))
    ids = [delivery.id for taken in rounds for delivery in taken]
    assert len(ids) == len(set(ids)) == 60
    await other.database.close()


async def test_a_live_sender_keeps_its_lease(outbox: Outbox) -> None:
    await outbox.put("update:1", 1)
    await outbox.take()
    outbox.clock.advance(timedelta(seconds=10))
    await outbox.database.write(lambda connection: renew(connection, "me", outbox.clock()))
    row = await outbox.database.read(lambda connection: connection.execute(deliveries.select()).one())
    assert row.claimed_until == outbox.clock() + LEASE
