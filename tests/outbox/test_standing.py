"""How a source of deliveries stands as a whole."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.outbox import sources
from bot.outbox.call import Call
from bot.outbox.claims import claim, seconds_to_next
from bot.outbox.delivery import Delivery, DeliveryState, Lane, enqueue
from bot.outbox.outcome import note_fault, note_sent
from bot.outbox.pacing import UNPACED, Limit, Pace
from bot.outbox.standing import Standing, begin, standing
from bot.outbox.verdict import Fault, Verdict
from bot.preview.clock import SettableClock
from bot.store.database import Database

NEWS, OTHER = "broadcast:1", "broadcast:2"
REFUSED = Verdict(Fault.CONTENT, "can't parse entities")
BLOCKED = Verdict(Fault.UNREACHABLE, "bot was blocked by the user")
NOT_SENT = Verdict(Fault.NOT_SENT, "no connection")


class Outbox:
    """Shorthand for the statements under test."""

    def __init__(self, database: Database, clock: SettableClock) -> None:
        self.database = database
        self.clock = clock

    async def begin(self, source: str, *chats: int, paid: bool = False) -> None:
        """Begins a source that goes to these chats, or adds them to it."""

        def work(connection: Connection) -> None:
            begin(connection, source, paid=paid)
            sources.queue(connection, source, [Call(chat, "sendMessage", {"text": source}) for chat in chats])

        await self.database.write(work)

    async def take(self, pace: Pace = UNPACED) -> list[Delivery]:
        return await self.database.write(lambda connection: claim(connection, "me", self.clock(), pace, 100))

    async def sent(self, taken: Delivery) -> None:
        await self.database.write(lambda connection: note_sent(connection, taken, "me", [1]))

    async def fails(self, taken: Delivery, verdict: Verdict) -> DeliveryState:
        return await self.database.write(
            lambda connection: note_fault(
                connection, taken, "me", verdict, now=self.clock(), notice=_no_notice
            )
        )

    async def opens(self, source: str, *chats: int) -> None:
        """Begins a source and ends its trial well."""
        await self.begin(source, *chats)
        await self.sent((await self.take())[0])

    async def standing(self, source: str = NEWS) -> tuple[Standing, str | None] | None:
        found = await self.database.read(lambda connection: standing(connection, source))
        return (found.standing, found.reason) if found else None

    async def tally(self, source: str = NEWS) -> dict[DeliveryState, int]:
        return await self.database.read(lambda connection: sources.tally(connection, source))


def _no_notice(*_: object) -> Sequence[Call]:
    return []


@pytest.fixture
def outbox(database: Database, clock: SettableClock) -> Outbox:
    return Outbox(database, clock)


async def test_a_broadcast_is_tried_on_one_recipient_before_it_goes_to_all(outbox: Outbox) -> None:
    await outbox.begin(NEWS, 1, 2, 3)
    (first,) = await outbox.take()
    assert await outbox.take() == []
    assert await outbox.database.read(lambda c: seconds_to_next(c, outbox.clock(), UNPACED)) is None
    await outbox.sent(first)
    assert await outbox.standing() == (Standing.OPEN, None)
    assert [taken.call.chat_id for taken in await outbox.take()] == [2, 3]


async def test_an_edit_of_all_copies_is_tried_first_too(outbox: Outbox) -> None:
    def work(connection: Connection) -> None:
        begin(connection, NEWS)
        edits = [Call(chat, "editMessageText", {"text": "new", "message_id": 1}) for chat in (1, 2, 3)]
        enqueue(connection, NEWS, edits, Lane.REMINDER)

    await outbox.database.write(work)
    (first,) = await outbox.take()
    await outbox.sent(first)
    assert len(await outbox.take()) == 2


async def test_a_trial_of_one_broadcast_does_not_delay_another(outbox: Outbox) -> None:
    await outbox.opens(OTHER, 7, 8)
    await outbox.begin(NEWS, 1, 2)
    assert [taken.call.chat_id for taken in await outbox.take()] == [8, 1]


async def test_content_refused_at_the_trial_stops_the_broadcast_before_the_second(outbox: Outbox) -> None:
    await outbox.begin(NEWS, 1, 2, 3)
    await outbox.fails((await outbox.take())[0], REFUSED)
    assert await outbox.take() == []
    assert await outbox.standing() == (Standing.STOPPED, REFUSED.reason)
    assert await outbox.tally() == {DeliveryState.FAILED: 1, DeliveryState.PAUSED: 2}


async def test_a_trial_goes_on_with_the_next_when_the_first_has_blocked_the_bot(outbox: Outbox) -> None:
    await outbox.begin(NEWS, 1, 2, 3)
    await outbox.fails((await outbox.take())[0], BLOCKED)
    (second,) = await outbox.take()
    assert (await outbox.standing(), second.call.chat_id) == ((Standing.TRIAL, None), 2)


async def test_refusals_of_two_chats_are_theirs_and_of_three_the_broadcasts(outbox: Outbox) -> None:
    await outbox.opens(NEWS, *range(1, 31))
    first, second, third, *others = await outbox.take()
    for taken in others[:16]:
        await outbox.sent(taken)
    await outbox.fails(first, REFUSED)
    await outbox.fails(second, REFUSED)
    assert await outbox.standing() == (Standing.OPEN, None)
    await outbox.fails(third, REFUSED)
    assert await outbox.standing() == (Standing.STOPPED, REFUSED.reason)


async def test_three_refusals_among_hundreds_stop_nothing(outbox: Outbox) -> None:
    await outbox.opens(NEWS, *range(1, 31))
    first, second, third, *others = await outbox.take()
    for taken in others:
        await outbox.sent(taken)
    for taken in (first, second, third):
        await outbox.fails(taken, REFUSED)
    assert await outbox.standing() == (Standing.OPEN, None)


async def test_what_was_resumed_is_tried_on_one_recipient_again(outbox: Outbox) -> None:
    await outbox.opens(NEWS, 1, 2, 3)
    await outbox.database.write(lambda connection: sources.pause(connection, NEWS))
    assert (await outbox.take(), await outbox.standing()) == ([], (Standing.PAUSED, None))
    await outbox.database.write(lambda connection: sources.resume(connection, NEWS))
    assert len(await outbox.take()) == 1


@pytest.mark.parametrize(
    ("act", "state"),
    [(sources.pause, DeliveryState.PAUSED), (sources.call_off, DeliveryState.CANCELLED)],
)
async def test_a_call_under_way_that_fails_does_not_undo_a_pause_or_a_cancellation(
    outbox: Outbox, act: object, state: DeliveryState
) -> None:
    assert callable(act)
    await outbox.begin(NEWS, 1)
    (taken,) = await outbox.take()
    await outbox.database.write(lambda connection: act(connection, NEWS))
    assert await outbox.fails(taken, NOT_SENT) is state
    outbox.clock.advance(timedelta(minutes=5))
    assert await outbox.take() == []


async def test_what_is_added_to_a_paused_broadcast_waits_and_to_a_cancelled_one_is_dropped(
    outbox: Outbox,
) -> None:
    await outbox.begin(NEWS, 1)
    await outbox.database.write(lambda connection: sources.pause(connection, NEWS))
    await outbox.begin(NEWS, 1, 2)
    assert await outbox.tally() == {DeliveryState.PAUSED: 2}
    await outbox.database.write(lambda connection: sources.call_off(connection, NEWS))
    await outbox.begin(NEWS, 1, 2, 3)
    assert await outbox.tally() == {DeliveryState.CANCELLED: 2}
    await outbox.database.write(lambda connection: sources.resume(connection, NEWS))
    assert await outbox.standing() == (Standing.CANCELLED, None)


async def test_what_is_paid_for_has_a_pace_of_its_own(outbox: Outbox) -> None:
    slow = Pace(Limit(1.0), Limit(0.0), Limit(0.0), Limit(0.25))
    await outbox.opens(OTHER, *range(1, 10))
    await outbox.begin(NEWS, *range(11, 20), paid=True)
    taken = []
    for _ in range(8):
        for each in await outbox.take(slow):
            await outbox.sent(each)
            taken.append((each.source, each.call.params.get("allow_paid_broadcast")))
        outbox.clock.advance(timedelta(seconds=0.25))
    assert sorted(taken, key=str) == [(NEWS, True)] * 8 + [(OTHER, None)] * 2
