from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.store import receipts
from bot.store.database import Database

NOW = datetime(2031, 5, 5, 8, tzinfo=UTC)


async def test_a_receipt_is_given_once_and_for_one_broadcast(database: Database) -> None:
    def work(connection: Connection) -> None:
        assert [receipts.give(connection, 1, 7, NOW) for _ in range(2)] == [True, False]
        receipts.give(connection, 1, 8, NOW)
        receipts.give(connection, 2, 7, NOW)
        assert receipts.given(connection, 1) == {7, 8}
        assert [receipts.count(connection, number) for number in (1, 2, 3)] == [2, 1, 0]

    await database.write(work)
