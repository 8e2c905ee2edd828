"""Telegram's file ids of photos uploaded once, by the content of the file and the bot that uploaded it."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, select

from bot.store.database import insert
from bot.store.tables import photo_files


def read(connection: Connection, bot_id: int, hashes: Collection[str]) -> dict[str, str]:
    """SHA-256 → file id, for those of `hashes` that this bot has uploaded."""
    table = photo_files.c
    rows = connection.execute(
        select(table.sha256, table.file_id).where(table.bot_id == bot_id, table.sha256.in_(hashes))
    )
    return {row.sha256: row.file_id for row in rows}


def write(connection: Connection, bot_id: int, sha256: str, file_id: str) -> None:
    """Keeps the file id of a photo."""
    statement = insert(connection, photo_files).values(bot_id=bot_id, sha256=sha256, file_id=file_id)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["bot_id", "sha256"], set_={"file_id": file_id})
    )


def forget(connection: Connection, bot_id: int, hashes: Collection[str]) -> None:
    """Drops file ids that Telegram refused, so that the photos are uploaded again."""
    table = photo_files.c
    connection.execute(delete(photo_files).where(table.bot_id == bot_id, table.sha256.in_(hashes)))
