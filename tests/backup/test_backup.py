"""Everything in one file, and back, on SQLite and PostgreSQL and from one to the other."""

import asyncio
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, select

from bot.backup.archive import BackupError
from bot.backup.command import back_up, restore
from bot.cli import main
from bot.outbox.call import Call
from bot.outbox.delivery import Lane, enqueue
from bot.store import attachments, audit, chats, conversations
from bot.store.chats import Seen
from bot.store.conversations import ConversationRow
from bot.store.database import Database, open_database
from bot.store.tables import metadata

NOW = datetime(2031, 5, 5, 8, 30, tzinfo=UTC)


def fill(connection: Connection) -> None:
    chats.note_seen(connection, Seen(7, "private", "Ana ឧ", "ana", "es"), NOW)
    conversations.write(connection, 7, ConversationRow("es", None, ("port/what",), 1, quiet=False), NOW)
    attachments.write(connection, "ab", b"\0\xff", NOW)
    enqueue(connection, "update:1", [Call(7, "sendMessage", {"text": "Hi", "n": {"a": [1]}})], Lane.REPLY)
    for number in range(1200):
        audit.note(connection, None, "role.give", str(number), NOW)


def content(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, as the bot reads them."""
    return {
        table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
        for table in metadata.sorted_tables
    }


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


async def saved(database: Database, url: str, file: Path) -> dict[str, list[tuple[object, ...]]]:
    await database.write(fill)
    await asyncio.to_thread(back_up, url, file, lambda: NOW)
    return await database.read(content)


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
async def test_what_is_restored_is_what_was_there(
    database: Database, database_url: str, file: Path, into: str, request: pytest.FixtureRequest
) -> None:
    before = await saved(database, database_url, file)
    target = f"sqlite:///{file.parent / 'new.db'}"
    if into == "postgresql":
        target = request.getfixturevalue("other_postgres_url")
    await restore(target, file)
    other = open_database(target)
    assert await other.read(content) == before
    await other.write(lambda c: audit.note(c, None, "role.take", "next", NOW))  # counting goes on
    await other.close()


async def test_it_is_taken_while_others_write(database: Database, database_url: str, file: Path) -> None:
    await database.write(fill)
    copying = asyncio.create_task(asyncio.to_thread(back_up, database_url, file, lambda: NOW))
    while not copying.done():
        await database.write(lambda c: audit.note(c, None, "role.give", "meanwhile", NOW))
    assert "rows written" in await copying


async def test_a_database_that_is_not_empty_is_left_alone(
    database: Database, database_url: str, file: Path
) -> None:
    before = await saved(database, database_url, file)
    with pytest.raises(BackupError, match="not empty"):
        await restore(database_url, file)
    assert await database.read(content) == before


def spoil(file: Path, damage: str) -> None:
    if damage == "truncated":
        file.write_bytes(file.read_bytes()[:-100])
        return
    manifest = '{"format": 1, "revision": "9999"}' if damage == "newer" else "{}"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", manifest)


@pytest.mark.parametrize("damage", ["truncated", "not ours", "newer"])
async def test_a_damaged_or_newer_file_restores_nothing(
    database: Database, database_url: str, file: Path, damage: str
) -> None:
    await saved(database, database_url, file)
    spoil(file, damage)
    target = file.parent / "new.db"
    with pytest.raises(BackupError):
        await restore(f"sqlite:///{target}", file)
    other = open_database(f"sqlite:///{target}")
    assert await other.read(lambda c: inspect(c).get_table_names()) == []
    await other.close()


def test_the_commands_say_what_they_did(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")
    assert main(["backup", str(file)]) == 1
    assert "the database is empty" in capsys.readouterr().err
    assert not file.exists()
    assert main(["migrate"]) == 0
    assert main(["backup", str(file)]) == 0
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    assert main(["restore", str(file)]) == 0
    assert "rows restored" in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "nothing.zip")]) == 1
