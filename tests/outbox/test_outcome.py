from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Row

from bot.outbox.call import Call
from bot.outbox.claims import LEASE, claim
from bot.outbox.delivery import Delivery, DeliveryState, Lane, enqueue
from bot.outbox.outcome import move_chat, note_fault, note_sent, sweep
from bot.outbox.pacing import PAID, UNPACED
from bot.outbox.verdict import Fault, Verdict
from bot.preview.clock import SettableClock
from bot.store import chats, conversations
from bot.store.conversations import ConversationRow
from bot.store.database import Database
from bot.store.tables import deliveries, paces

IN_DOUBT = Verdict(Fault.IN_DOUBT, "no answer")
BLOCKED = Verdict(Fault.UNREACHABLE, "bot was blocked by the user")


class Outbox:
    """Shorthand for the statements under test; `told` holds what notices were asked for."""

    def __init__(self, database: Database, clock: SettableClock) -> None:
        self.database = database
        self.clock = clock
        self.told: list[tuple[str, str]] = []

    def notice(self, _connection: Connection, delivery: Delivery, state: DeliveryState) -> Sequence[Call]:
        self.told.append((delivery.source, state))
        return [Call(delivery.call.chat_id, "sendMessage", {"text": "I was interrupted"})]

    async def put(
        self, source: str, *chats: int, lane: Lane = Lane.REPLY, method: str = "sendMessage"
    ) -> None:
        calls = [Call(chat, method, {"text": source}) for chat in chats]
        await self.database.write(lambda connection: enqueue(connection, source, calls, lane))

    async def take(self, sender: str = "me") -> list[Delivery]:
        now = self.clock()
        return await self.database.write(lambda connection: claim(connection, sender, now, UNPACED, 100))

    async def fails(self, taken: Delivery, verdict: Verdict, sender: str = "me") -> DeliveryState:
        return await self.database.write(
            lambda connection: note_fault(
                connection, taken, sender, verdict, now=self.clock(), notice=self.notice
            )
        )

    async def sent(self, taken: Delivery, *message_ids: int) -> None:
        await self.database.write(lambda connection: note_sent(connection, taken, "me", message_ids))

    async def sweep(self) -> int:
        return await self.database.write(lambda connection: sweep(connection, self.clock(), self.notice))

    async def rows(self) -> list[Row[Any]]:
        query = deliveries.select().order_by(deliveries.c.id)
        return list(await self.database.read(lambda connection: connection.execute(query).all()))

    async def states(self) -> list[tuple[str, int, str]]:
        return [(row.source, row.chat_id, row.state) for row in await self.rows()]

    async def paused(self) -> dict[int, float]:
        """Chat → seconds that it still has to wait; 0 is the whole bot."""
        rows = await self.database.read(lambda connection: connection.execute(paces.select()).all())
        now = self.clock().timestamp()
        return {row.chat_id: max(row.paused_until - now, 0.0) for row in rows if row.chat_id != PAID}


@pytest.fixture
def outbox(database: Database, clock: SettableClock) -> Outbox:
    return Outbox(database, clock)


async def test_a_confirmed_call_keeps_its_message_ids(outbox: Outbox) -> None:
    await outbox.put("update:1", 5)
    (taken,) = await outbox.take()
    await outbox.sent(taken, 2**40, 8)
    (row,) = await outbox.rows()
    assert (row.state, row.message_ids) == (DeliveryState.SENT, [2**40, 8])


@pytest.mark.parametrize(
    ("verdict", "state", "after"),
    [
        (Verdict(Fault.NOT_SENT, "no connection"), DeliveryState.QUEUED, 1),
        (Verdict(Fault.WAIT, "429", seconds=7), DeliveryState.QUEUED, 7),
        (IN_DOUBT, DeliveryState.IN_DOUBT, None),
        (BLOCKED, DeliveryState.UNREACHABLE, None),
        (Verdict(Fault.CONTENT, "message is too long"), DeliveryState.FAILED, None),
        (Verdict(Fault.FATAL, "Unauthorized"), DeliveryState.QUEUED, None),
    ],
)
async def test_a_fault_is_written_down_with_its_reason(
    outbox: Outbox, verdict: Verdict, state: DeliveryState, after: float | None
) -> None:
    await outbox.put("update:1", 5)
    (taken,) = await outbox.take()
    assert await outbox.fails(taken, verdict) is state
    row = (await outbox.rows())[0]
    assert (row.state, row.error, row.attempts) == (state, verdict.reason, 1)
    assert row.not_before == (None if after is None else outbox.clock() + timedelta(seconds=after))


async def test_a_refused_photo_does_not_hold_back_the_text(outbox: Outbox) -> None:
    await outbox.put("update:1", 5, 5)
    (photo,) = await outbox.take()
    await outbox.fails(photo, Verdict(Fault.CONTENT, "wrong file"))
    assert [taken.part for taken in await outbox.take()] == [1]


async def test_a_429_pauses_its_chat_and_three_pause_the_bot(outbox: Outbox) -> None:
    await outbox.put("broadcast", 1, 2, 3, lane=Lane.BROADCAST)
    first, second, third = await outbox.take()
    await outbox.fails(first, Verdict(Fault.WAIT, "429", seconds=7))
    await outbox.fails(second, Verdict(Fault.WAIT, "429", seconds=40))
    assert await outbox.paused() == {0: 0, 1: 7, 2: 40, 3: 0}
    await outbox.fails(third, Verdict(Fault.WAIT, "429", seconds=40))
    assert await outbox.paused() == {0: 40, 1: 7, 2: 40, 3: 40}


async def test_a_person_who_blocked_the_bot_is_not_tried_again_until_they_write(outbox: Outbox) -> None:
    await outbox.put("update:1", 5, 5)
    await outbox.put("broadcast", 5, 6, lane=Lane.BROADCAST)
    blocked, other = await outbox.take()
    await outbox.sent(other)
    await outbox.fails(blocked, BLOCKED)
    assert await outbox.states() == [
        ("update:1", 5, "unreachable"),
        ("update:1", 5, "unreachable"),
        ("broadcast", 5, "unreachable"),
        ("broadcast", 6, "sent"),
    ]
    await outbox.put("update:2", 5)
    assert [taken.source for taken in await outbox.take()] == ["update:2"]


async def test_who_cannot_be_written_to_is_gone_with_the_reason(outbox: Outbox) -> None:
    ana = chats.Seen(5, "private", "Ana")
    await outbox.database.write(lambda connection: chats.note_seen(connection, ana, outbox.clock()))
    await outbox.put("broadcast", 5, lane=Lane.BROADCAST)
    await outbox.fails((await outbox.take())[0], BLOCKED)
    row = await outbox.database.read(lambda connection: chats.read(connection, 5))
    assert row and (row.gone_at, row.gone_why) == (outbox.clock(), BLOCKED.reason)


async def test_a_group_that_moved_gets_everything_at_its_new_id(outbox: Outbox) -> None:
    row = ConversationRow(language="es", guessed_language=None, topics=(), misses=0)
    await outbox.database.write(lambda connection: conversations.write(connection, -5, row, outbox.clock()))
    await outbox.put("update:1", -5, -5)
    (taken,) = await outbox.take()
    await outbox.fails(taken, Verdict(Fault.MIGRATED, "group chat was upgraded", chat_id=-100))
    assert await outbox.states() == [("update:1", -100, "queued"), ("update:1", -100, "queued")]
    assert [taken.call.chat_id for taken in await outbox.take()] == [-100]
    assert await outbox.database.read(lambda connection: conversations.read(connection, -100)) == row


async def test_a_group_known_under_both_ids_gets_a_broadcast_once(outbox: Outbox) -> None:
    await outbox.put("broadcast", -5, lane=Lane.BROADCAST)
    await outbox.put("broadcast", -100, lane=Lane.BROADCAST)
    await outbox.database.write(lambda connection: move_chat(connection, -5, -100))
    assert await outbox.states() == [("broadcast", -5, "cancelled"), ("broadcast", -100, "queued")]


async def test_a_person_is_told_once_about_a_reply_in_doubt(outbox: Outbox) -> None:
    await outbox.put("update:1", 5, 5)
    for _ in range(2):
        (taken,) = await outbox.take()
        await outbox.fails(taken, IN_DOUBT)
    assert await outbox.states() == [
        ("update:1", 5, "in_doubt"),
        ("update:1", 5, "in_doubt"),
        ("notice:update:1", 5, "queued"),
    ]


async def test_a_notice_in_doubt_is_repeated_but_not_for_ever_and_no_notice_follows_it(
    outbox: Outbox,
) -> None:
    await outbox.put("update:1", 5)
    await outbox.fails((await outbox.take())[0], IN_DOUBT)
    for state in (DeliveryState.QUEUED, DeliveryState.QUEUED, DeliveryState.IN_DOUBT):
        (notice,) = await outbox.take()
        assert await outbox.fails(notice, IN_DOUBT) is state
        outbox.clock.advance(timedelta(minutes=1))
    assert outbox.told == [("update:1", "in_doubt")]
    assert await outbox.take() == []


async def test_there_is_no_notice_about_a_broadcast(outbox: Outbox) -> None:
    await outbox.put("broadcast", 6, lane=Lane.BROADCAST)
    await outbox.fails((await outbox.take())[0], IN_DOUBT)
    assert outbox.told == []


async def test_a_reply_that_telegram_refuses_is_not_met_with_silence(outbox: Outbox) -> None:
    await outbox.put("update:1", 5)
    (taken,) = await outbox.take()
    await outbox.fails(taken, Verdict(Fault.CONTENT, "can't parse entities"))
    assert outbox.told == [("update:1", "failed")]


async def test_what_a_dead_sender_left_is_in_doubt_and_a_live_ones_is_not(outbox: Outbox) -> None:
    await outbox.put("update:1", 5)
    await outbox.take("dead")
    outbox.clock.advance(LEASE)
    await outbox.put("update:2", 6)
    await outbox.take("alive")
    outbox.clock.advance(timedelta(seconds=1))
    assert await outbox.sweep() == 1
    assert await outbox.states() == [
        ("update:1", 5, "in_doubt"),
        ("update:2", 6, "sending"),
        ("notice:update:1", 5, "queued"),
    ]
    assert await outbox.sweep() == 0


async def test_an_edit_that_a_dead_sender_left_is_made_again(outbox: Outbox) -> None:
    await outbox.put("update:1", 5, method="editMessageText")
    await outbox.take("dead")
    outbox.clock.advance(LEASE + timedelta(seconds=1))
    await outbox.sweep()
    assert await outbox.states() == [("update:1", 5, "queued")]
    assert outbox.told == []


async def test_a_sender_thought_dead_may_confirm_but_not_repeat(outbox: Outbox) -> None:
    await outbox.put("update:1", 5)
    await outbox.put("update:2", 6)
    first, second = await outbox.take()
    outbox.clock.advance(LEASE + timedelta(seconds=1))
    await outbox.sweep()
    await outbox.sent(first, 77)
    await outbox.fails(second, Verdict(Fault.NOT_SENT, "no connection"))
    assert [(source, state) for source, _, state in await outbox.states()][:2] == [
        ("update:1", "sent"),
        ("update:2", "in_doubt"),
    ]


async def test_an_outcome_of_another_senders_claim_is_not_written(outbox: Outbox) -> None:
    await outbox.put("update:1", 5)
    (taken,) = await outbox.take("other")
    await outbox.sent(taken, 77)
    await outbox.fails(taken, BLOCKED)
    assert await outbox.states() == [("update:1", 5, "sending")]


async def test_what_is_too_late_expires(outbox: Outbox) -> None:
    soon = outbox.clock() + timedelta(seconds=30)
    await outbox.database.write(
        lambda connection: enqueue(connection, "late", [Call(5, "sendMessage")], expires_at=soon)
    )
    await outbox.sweep()
    assert await outbox.states() == [("late", 5, "queued")]
    outbox.clock.advance(timedelta(seconds=30))
    await outbox.sweep()
    assert await outbox.states() == [("late", 5, "expired")]
