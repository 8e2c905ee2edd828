"""How the bot is doing, for admins and for machines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Connection

from bot.encoder.choice import described
from bot.locales import words_in
from bot.outbox.call import Call
from bot.outbox.delivery import Lane, enqueue
from bot.status.metrics import exposed
from bot.status.state import Setup, folder_of, gather
from bot.status.words import in_words
from bot.store import answers, chats, updates
from bot.store.chats import Seen
from bot.store.database import Database
from bot.store.updates import NewUpdate

NOW = datetime(2031, 5, 5, 8, tzinfo=UTC)
SETUP = Setup("polling", "off", "sqlite", Path(), NOW - timedelta(hours=3))


def busy(connection: Connection) -> None:
    updates.add(connection, [NewUpdate(1, 7, "{}"), NewUpdate(None, 0, "?")], NOW - timedelta(minutes=5))
    enqueue(connection, "update:1", [Call(7, "sendMessage", {"text": "Hello"})])
    enqueue(connection, "broadcast:1", [Call(chat, "sendMessage") for chat in (7, 8)], Lane.BROADCAST)
    chats.note_seen(connection, Seen(7, "private", "Ana"), NOW)
    chats.note_seen(connection, Seen(8, "private", "Bo"), NOW)
    chats.note_gone(connection, 8, "blocked", NOW)
    for _ in range(3):
        answers.count(connection, NOW.date(), "en", "answer", "wifi")


async def test_the_state_is_what_the_database_holds(database: Database) -> None:
    await database.write(busy)
    state = await database.read(gather)
    assert (state.updates_waiting, state.updates_quarantined) == (1, 1)
    assert state.waiting == {Lane.REPLY: 1, Lane.BROADCAST: 2}
    assert (state.people, state.gone) == (1, 1)
    assert state.answered == {"answer": 3}
    assert state.last_update_at == NOW - timedelta(minutes=5)


async def test_an_empty_database_has_a_state(database: Database) -> None:
    state = await database.read(gather)
    assert (state.revision, state.last_update_at, state.people) == (0, None, 0)
    assert "Last message received: never" in in_words(state, SETUP, NOW, words_in("en"))


async def test_the_words_say_it(database: Database) -> None:
    await database.write(busy)
    text = in_words(await database.read(gather), SETUP, NOW, words_in("en"))
    assert "asks Telegram for messages, running for 3 hours" in text
    assert "Last message received: 5 minutes ago" in text
    assert "replies 1, reminders 0, of broadcasts 2" in text


async def test_the_setup_is_named_in_the_language_of_who_reads(database: Database) -> None:
    setup = replace(SETUP, encoder=described(None))
    state = await database.read(gather)
    english, spanish = (in_words(state, setup, NOW, words_in(language)) for language in ("en", "es"))
    for said in ("asks Telegram", "matching by letters"):
        assert said in english
        assert said not in spanish
    assert "SQLite" in spanish


async def test_prometheus_can_read_the_metrics(database: Database) -> None:
    await database.write(busy)
    page = exposed(await database.read(gather), SETUP, NOW).decode()
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }
    assert samples["bot_updates_waiting",] == 1
    assert samples["bot_deliveries_waiting", "broadcast"] == 2
    assert samples["bot_questions_total", "answer"] == 3
    assert samples["bot_last_update_age_seconds",] == 300
    assert "Ana" not in page


def test_the_disk_of_a_database_is_where_its_file_lies() -> None:
    assert folder_of("sqlite:////srv/data/bot.db") == Path("/srv/data")
    assert folder_of("postgresql://user:secret@host/name") == Path.cwd()
