"""What participants have asked lately."""

import json
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.revisions.recent import recent_questions
from bot.store import updates
from bot.store.database import Database
from bot.store.updates import NewUpdate


def _message(text: Any, kind: str = "private") -> dict[str, Any]:
    return {"message": {"chat": {"id": 1, "type": kind}, "text": text}}


async def _add(database: Database, now: datetime, *raw: Any) -> None:
    new = [
        NewUpdate(number, 1, each if isinstance(each, str) else json.dumps(each))
        for number, each in enumerate(raw)
    ]
    await database.write(lambda connection: updates.add(connection, new, now))


async def test_questions_of_private_chats_are_found_the_newest_first(
    database: Database, clock: Clock
) -> None:
    await _add(
        database,
        clock(),
        _message("wifi?"),
        _message("/start"),
        _message("in a group", "supergroup"),
        _message("where  do\nI sleep"),
        _message("wifi?"),
        _message("x" * 201),
        _message(7),
        _message("   "),
        {"edited_message": {"text": "no"}},
        {"message": "odd"},
        [],
    )
    assert await database.read(recent_questions) == ["wifi?", "where do I sleep"]


async def test_what_could_not_be_read_is_left_out(database: Database, clock: Clock) -> None:
    new = [NewUpdate(None, 1, "{not json")]
    await database.write(lambda connection: updates.add(connection, new, clock()))
    assert await database.read(recent_questions) == []
