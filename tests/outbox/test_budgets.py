"""What the whole bot and each chat owe, and until when they have to wait."""

from datetime import timedelta

from pytest import approx
from sqlalchemy import Connection

from bot.outbox.budgets import WAITING_CHATS, Budgets, make_wait, owe, waiting_until
from bot.outbox.pacing import LEAD, PAID, WHOLE_BOT, Limit, Pace
from bot.outbox.slowing import KEPT
from bot.preview.clock import SettableClock
from bot.store.database import Database

SLOW = Pace(Limit(1.0), Limit(0.0), Limit(0.0), Limit(0.25))


async def test_until_when_telegram_asked_to_wait_can_be_told(
    database: Database, clock: SettableClock
) -> None:
    def work(connection: Connection) -> None:
        now = clock()
        for chat_id in range(1, WAITING_CHATS + 1):
            assert waiting_until(connection, now) is None
            make_wait(connection, chat_id, now.timestamp(), 10072)
        until = now + timedelta(seconds=10072)
        assert waiting_until(connection, now) == until
        assert waiting_until(connection, until) is None

    await database.write(work)


async def test_a_delivery_is_claimed_shortly_before_it_may_begin(
    database: Database, clock: SettableClock
) -> None:
    def work(connection: Connection) -> None:
        now = clock().timestamp()
        budgets = Budgets.read(connection, SLOW, now, lock=True)
        assert budgets.spend(WHOLE_BOT, 2) == clock()
        assert not budgets.allows(WHOLE_BOT)
        assert budgets.allows(PAID)
        assert budgets.claimable_at(WHOLE_BOT) == now + 2 - LEAD
        owe(connection, budgets.owed_until)
        later = Budgets.read(connection, SLOW, now + 2 - LEAD / 2)
        assert later.allows(WHOLE_BOT)
        assert later.spend(WHOLE_BOT, 1) == clock() + timedelta(seconds=2)

    await database.write(work)


async def test_after_a_refusal_everybody_is_sent_to_slower(database: Database, clock: SettableClock) -> None:
    def work(connection: Connection) -> None:
        now = clock().timestamp()
        make_wait(connection, 5, now, 15.0)
        slowed = Budgets.read(connection, SLOW, now)
        slowed.spend(WHOLE_BOT, 3)
        assert slowed.owed_until[WHOLE_BOT] - now == approx(3 / KEPT)
        later = Budgets.read(connection, SLOW, now + 60)
        later.spend(WHOLE_BOT, 3)
        assert later.owed_until[WHOLE_BOT] - now == approx(63)

    await database.write(work)


async def test_after_a_pause_it_goes_on_slower(database: Database, clock: SettableClock) -> None:
    def work(connection: Connection) -> None:
        now = clock().timestamp()
        for chat_id in range(1, WAITING_CHATS + 1):
            make_wait(connection, chat_id, now, 300)
        after = Budgets.read(connection, SLOW, now + 300)
        after.spend(WHOLE_BOT, 1)
        assert after.owed_until[WHOLE_BOT] - now == approx(300 + 1 / KEPT)

    await database.write(work)


async def test_a_limit_that_is_only_just_touched_slows_nobody(
    database: Database, clock: SettableClock
) -> None:
    def work(connection: Connection) -> None:
        now = clock().timestamp()
        make_wait(connection, 5, now, 1.0)
        budgets = Budgets.read(connection, SLOW, now)
        budgets.spend(WHOLE_BOT, 1)
        assert budgets.owed_until[WHOLE_BOT] == now + 1

    await database.write(work)


async def test_a_group_that_has_enough_slows_nobody_else(database: Database, clock: SettableClock) -> None:
    def work(connection: Connection) -> None:
        now = clock().timestamp()
        make_wait(connection, -5, now, 40.0)
        budgets = Budgets.read(connection, SLOW, now)
        budgets.spend(WHOLE_BOT, 1)
        assert budgets.owed_until[WHOLE_BOT] == now + 1

    await database.write(work)
