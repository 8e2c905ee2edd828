from datetime import timedelta

from sqlalchemy import select

from bot.outbox.call import Call
from bot.outbox.delivery import DeliveryState, Lane, cancel, enqueue, forget_old, sent_for, withdraw
from bot.preview.clock import SettableClock
from bot.store.database import Database
from bot.store.tables import deliveries

HELLO = Call(1, "sendMessage", {"text": "안녕\0 \ud83d\ude00"})
PHOTOS = Call(1, "sendMediaGroup", {"media": [{"caption": "x"}]}, ("a.jpg", "b.jpg"))


async def _states(database: Database) -> list[tuple[str, int, int, str]]:
    table = deliveries.c
    query = select(table.source, table.chat_id, table.part, table.state).order_by(table.id)
    rows = await database.read(lambda connection: connection.execute(query).all())
    return [(row.source, row.chat_id, row.part, row.state) for row in rows]


async def test_the_same_source_is_queued_once(database: Database) -> None:
    assert await database.write(lambda connection: enqueue(connection, "update:1", [HELLO, PHOTOS])) == 2
    assert await database.write(lambda connection: enqueue(connection, "update:1", [HELLO, PHOTOS])) == 0
    assert await database.write(lambda connection: enqueue(connection, "update:2", [HELLO])) == 1
    assert await database.write(lambda connection: enqueue(connection, "update:3", [])) == 0
    assert [(source, part) for source, _, part, _ in await _states(database)] == [
        ("update:1", 0),
        ("update:1", 1),
        ("update:2", 0),
    ]


async def test_only_what_is_still_queued_is_called_off(database: Database) -> None:
    calls = [HELLO, Call(2, "sendMessage", {"text": "x"}), Call(3, "sendMessage", {"text": "x"})]
    await database.write(lambda connection: enqueue(connection, "broadcast:1", calls, Lane.BROADCAST))
    await database.write(
        lambda connection: connection.execute(
            deliveries.update().where(deliveries.c.chat_id == 3).values(state=DeliveryState.SENT)
        )
    )
    assert await database.write(lambda connection: cancel(connection, "broadcast:1", 1)) == 1
    assert await database.write(lambda connection: cancel(connection, "broadcast:1")) == 1
    assert [state for *_, state in await _states(database)] == ["cancelled", "cancelled", "sent"]


async def test_what_was_sent_for_a_question_is_found_again(database: Database) -> None:
    await database.write(
        lambda connection: enqueue(connection, "update:1", [HELLO, PHOTOS], question_message_id=77)
    )
    await database.write(
        lambda connection: connection.execute(
            deliveries.update()
            .where(deliveries.c.part == 1)
            .values(state=DeliveryState.SENT, message_ids=[8, 9])
        )
    )
    (sent,) = await database.read(lambda connection: sent_for(connection, 1, 77))
    assert await database.read(lambda connection: sent_for(connection, 2, 77)) == []
    assert (sent.method, sent.params, sent.message_ids) == ("sendMediaGroup", PHOTOS.params, (8, 9))


async def test_old_replies_are_forgotten_unless_they_wait(database: Database, clock: SettableClock) -> None:
    await database.write(lambda connection: enqueue(connection, "update:1", [HELLO, HELLO]))
    await database.write(lambda connection: enqueue(connection, "reminder:1", [HELLO], Lane.REMINDER))
    await database.write(
        lambda connection: connection.execute(
            deliveries.update().where(deliveries.c.part == 0).values(state=DeliveryState.SENT)
        )
    )
    await database.write(
        lambda connection: connection.execute(
            deliveries.update().values(created_at=clock() - timedelta(days=1))
        )
    )
    await database.write(lambda connection: forget_old(connection, clock() - timedelta(days=2)))
    assert len(await _states(database)) == 3
    await database.write(lambda connection: forget_old(connection, clock()))
    assert [(source, part) for source, _, part, _ in await _states(database)] == [
        ("update:1", 1),
        ("reminder:1", 0),
    ]


async def test_a_part_is_counted_for_each_chat(database: Database) -> None:
    calls = [Call(chat_id, "sendMessage", {"text": "hello"}) for chat_id in (7, 8, 7)]
    await database.write(lambda connection: enqueue(connection, "broadcast:1", calls))
    found = await database.read(
        lambda connection: connection.execute(select(deliveries.c.chat_id, deliveries.c.part)).all()
    )
    assert sorted(map(tuple, found)) == [(7, 0), (7, 1), (8, 0)]


async def test_what_was_withdrawn_can_be_asked_for_again(database: Database) -> None:
    calls = [Call(chat_id, "sendMessage", {"text": "hello"}) for chat_id in (7, 8)]
    await database.write(lambda connection: enqueue(connection, "reminder:1", calls))
    assert await database.write(lambda connection: withdraw(connection, "reminder:1")) == {7, 8}
    assert await database.write(lambda connection: enqueue(connection, "reminder:1", calls)) == 2
