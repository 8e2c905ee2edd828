"""What people were answered lately."""

from datetime import timedelta

from sqlalchemy import Connection, update

from bot.clock import system_clock
from bot.outbox.answers import answers_since
from bot.outbox.call import Call
from bot.outbox.delivery import DeliveryState, Lane, enqueue
from bot.store.database import Database
from bot.store.tables import deliveries


async def test_only_answers_that_were_sent_lately_count(database: Database) -> None:
    def work(connection: Connection) -> None:
        for source, lane in (
            ("update:1", Lane.REPLY),
            ("broadcast:1", Lane.BROADCAST),
            ("news:1", Lane.REPLY),
        ):
            enqueue(connection, source, [Call(7, "sendMessage", {"text": source})], lane)
        enqueue(connection, "update:2", [Call(7, "sendLocation", {"latitude": 1, "longitude": 2})])
        enqueue(connection, "update:3", [Call(7, "sendMessage", {"text": "waits"})])
        row = deliveries.c
        sent = row.source != "update:3"
        connection.execute(update(deliveries).where(sent).values(state=DeliveryState.SENT, message_ids=[5]))
        now = system_clock()
        found = answers_since(connection, now - timedelta(minutes=1))
        assert [(each.chat_id, each.message_id, each.params["text"]) for each in found] == [
            (7, 5, "update:1")
        ]
        assert answers_since(connection, now + timedelta(minutes=1)) == []

    await database.write(work)
