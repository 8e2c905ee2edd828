"""What an organizer is shown of a broadcast in the database."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, update

from bot.broadcasts.audience import Audience
from bot.broadcasts.content import Content, Text
from bot.broadcasts.kept import to_json
from bot.broadcasts.sending import launch
from bot.broadcasts.showing import Showing
from bot.chat.render import message
from bot.knowledge.loader import load
from bot.locales import words_in
from bot.outbox import sources
from bot.outbox.pacing import WHOLE_BOT
from bot.store import broadcasts, chats
from bot.store.broadcasts import BroadcastRow, NewBroadcast, Purpose
from bot.store.chats import Seen
from bot.store.database import Database
from bot.store.tables import paces

NOW = datetime(2031, 5, 5, 8, tzinfo=UTC)
WORDS = words_in("en")


def showing(folder: Path) -> Showing:
    knowledge = load(folder)
    return Showing(lambda: knowledge, message)


def draft(connection: Connection) -> BroadcastRow:
    for chat_id in (1, 2):
        chats.note_seen(connection, Seen(chat_id, "private", f"P{chat_id}"), NOW)
    content = Content("en", {"en": Text("Hello"), "es": Text("Hola")})
    new = NewBroadcast(Purpose.ANNOUNCE, 1, to_json(content), to_json(Audience()))
    return broadcasts.add(connection, new, NOW)


def sent(connection: Connection) -> BroadcastRow:
    row = draft(connection)
    launch(connection, row, "en", by=1, now=NOW)
    found = broadcasts.read(connection, row.id)
    assert found
    return found


async def test_a_wait_that_telegram_asked_for_is_shown_with_its_end(database: Database, folder: Path) -> None:
    def work(connection: Connection) -> str:
        row = sent(connection)
        until = (NOW + timedelta(seconds=10_072)).timestamp()
        connection.execute(update(paces).where(paces.c.chat_id == WHOLE_BOT).values(paused_until=until))
        return showing(folder).card(connection, row, WORDS, NOW).text

    assert "Telegram asked us to wait until 11:47." in await database.write(work)  # in Lisbon's summer


async def test_the_preview_is_in_the_default_language_or_the_one_asked_for(
    database: Database, folder: Path
) -> None:
    row = await database.write(draft)
    shown = showing(folder)
    assert [shown.preview(row, 1, code)[0].params["text"] for code in (None, "es")] == ["Hello", "Hola"]


async def test_each_organizer_is_offered_a_draft_once(database: Database, folder: Path) -> None:
    def work(connection: Connection) -> list[int]:
        row, shown = draft(connection), showing(folder)
        for _ in range(2):
            shown.offer(connection, row, [1, 2], NOW)
        return [copy.chat_id for copy in sources.copies(connection, f"news:{row.id}:{row.nonce}")]

    assert await database.write(work) == [1, 1, 2, 2]  # the preview and the card
