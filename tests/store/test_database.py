import asyncio
import sqlite3
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import OperationalError

from bot.store import conversations, tables
from bot.store.conversations import ConversationRow
from bot.store.database import Database, DatabaseError, open_database
from bot.store.migrations import migrate

ROW = ConversationRow(language=None, guessed_language="es", topics=("wifi",), misses=1)
NOW = datetime(2031, 5, 4, 14, tzinfo=timezone(timedelta(hours=2)))


def _remember(connection: Connection, chat_id: int) -> int:
    conversations.write(connection, chat_id, ROW, NOW)
    return chat_id


async def _known(database: Database) -> list[int]:
    query = text("SELECT chat_id FROM conversations ORDER BY chat_id")
    return list(await database.read(lambda connection: connection.scalars(query).all()))


async def test_a_write_returns_the_result_of_its_work_once_it_is_committed(database: Database) -> None:
    assert await database.write(lambda connection: _remember(connection, 7)) == 7
    assert await _known(database) == [7]


async def test_one_failing_piece_of_work_takes_no_other_with_it(database: Database) -> None:
    def fail(connection: Connection) -> int:
        _remember(connection, 999)
        raise LookupError("mine alone")

    results = await asyncio.gather(
        database.write(lambda connection: _remember(connection, 1)),
        database.write(fail),
        database.write(lambda connection: _remember(connection, 2)),
        return_exceptions=True,
    )
    assert [results[0], results[2]] == [1, 2]
    assert isinstance(results[1], LookupError)
    assert await _known(database) == [1, 2]


async def test_work_that_waits_together_is_committed_together(database: Database) -> None:
    seen: list[int] = []

    def count(connection: Connection) -> None:
        seen.append(connection.scalar(text("SELECT count(*) FROM conversations")) or 0)
        _remember(connection, len(seen))

    await asyncio.gather(*(database.write(count) for _ in range(5)))
    assert seen == [0, 1, 2, 3, 4]


async def test_work_of_a_cancelled_owner_is_not_begun(database: Database) -> None:
    cancelled = asyncio.create_task(database.write(lambda connection: _remember(connection, 1)))
    others = [asyncio.create_task(database.write(lambda connection: _remember(connection, 2)))]
    await asyncio.sleep(0)
    cancelled.cancel()
    await asyncio.gather(*others)
    assert await _known(database) == [2]


async def test_closing_finishes_the_writes_asked_for(database_url: str) -> None:
    first = open_database(database_url)
    await migrate(first)
    write = asyncio.create_task(first.write(lambda connection: _remember(connection, 5)))
    await asyncio.sleep(0)
    await first.close()
    assert write.done()
    second = open_database(database_url)
    assert await _known(second) == [5]
    await second.close()


async def test_a_moment_comes_back_as_the_same_moment_in_utc(database: Database) -> None:
    await database.write(lambda connection: _remember(connection, 1))
    query = select(tables.conversations.c.updated_at)
    moment = await database.read(lambda connection: connection.scalars(query).one())
    assert moment == NOW
    assert moment.utcoffset() == timedelta(0)


async def test_a_write_waits_while_another_program_holds_the_file(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'bot.db'}")
    await migrate(database)
    backup = sqlite3.connect(tmp_path / "bot.db", isolation_level=None, check_same_thread=False)
    backup.execute("BEGIN IMMEDIATE")
    threading.Timer(0.2, backup.execute, ["COMMIT"]).start()
    await database.write(lambda connection: _remember(connection, 1))
    assert await _known(database) == [1]
    backup.close()
    await database.close()


async def test_sqlite_keeps_what_it_confirmed_when_the_power_goes(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'bot.db'}")

    def settings(connection: Connection) -> tuple[object, object]:
        return (
            connection.scalar(text("PRAGMA journal_mode")),
            connection.scalar(text("PRAGMA synchronous")),
        )

    full = 2
    assert await database.write(settings) == ("wal", full)
    await database.close()


@pytest.mark.parametrize(
    "url", ["mysql://root:hunter2@host/db", "sqlite://", "sqlite:///:memory:", "nonsense hunter2", ""]
)
def test_an_url_that_cannot_work_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(DatabaseError) as caught:
        open_database(url)
    assert "DATABASE_URL" in str(caught.value)
    assert "hunter2" not in str(caught.value)


async def test_a_folder_that_does_not_exist_is_the_databases_error(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'nowhere' / 'bot.db'}")
    with pytest.raises(OperationalError, match="unable to open"):
        await migrate(database)
    await database.close()


async def test_a_postgresql_that_was_restarted_is_used_again(postgres_url: str) -> None:
    database, other = open_database(postgres_url), open_database(postgres_url)
    await migrate(database)
    await _known(database)
    cut_off = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    await other.write(lambda connection: connection.execute(cut_off))
    assert await database.write(lambda connection: _remember(connection, 1)) == 1
    assert await _known(database) == [1]
    await database.close()
    await other.close()


async def test_who_is_frozen_in_a_transaction_on_postgresql_holds_up_the_others_only_so_long(
    postgres_url: str,
) -> None:
    database = open_database(postgres_url)
    query = text("SHOW idle_in_transaction_session_timeout")
    assert await database.write(lambda connection: connection.scalar(query)) == "10s"
    await database.close()
