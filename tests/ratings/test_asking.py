"""Who is asked for a rating, and when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot.assistant.reply import Reply
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.outbox.call import Call
from bot.preview.clock import SettableClock
from bot.ratings.asking import AFTER, USEFUL, Asking, just_ended
from bot.store import chats
from bot.store.chats import Seen
from bot.store.database import Database
from bot.store.tables import deliveries
from tests.knowledge_folder import PROGRAMME, write_folder

END = datetime(2031, 5, 5, 15, tzinfo=UTC)  # 16:00 in Lisbon, when the visit ends


@pytest.fixture
def knowledge(tmp_path: Path) -> Knowledge:
    loaded = load(write_folder(tmp_path, programme=PROGRAMME + "rated: [visit]\n"))
    visit = loaded.sessions["port-visit"].model_copy(
        update={"date": END.date(), "start": time(14), "end": time(16), "groups": ()}
    )
    return replace(loaded, sessions={"port-visit": visit})


def in_group(knowledge: Knowledge, group: str) -> Knowledge:
    visit = knowledge.sessions["port-visit"].model_copy(update={"groups": (group,)})
    return replace(knowledge, sessions={"port-visit": visit})


def render(reply: Reply, chat_id: int) -> Sequence[Call]:
    return [Call(chat_id, "sendMessage", {"text": reply.text})]


def asking(database: Database, knowledge: Knowledge, clock: SettableClock) -> Asking:
    return Asking(database, lambda: knowledge, clock, render=render, after_commit=lambda: None)


async def asked(database: Database) -> dict[int, str]:
    query = select(deliveries.c.chat_id, deliveries.c.params)
    rows = await database.read(lambda c: c.execute(query).all())
    return {row.chat_id: row.params["text"] for row in rows}


async def join(database: Database) -> None:
    def work(connection: Connection) -> None:
        for number, kind in ((1, "private"), (2, "private"), (3, "private"), (-4, "group")):
            chats.note_seen(connection, Seen(number, kind, "Ana"), END)
        chats.note_gone(connection, 3, "blocked", END)

    await database.write(work)


@pytest.mark.parametrize(
    ("later", "due"),
    [
        (timedelta(0), False),
        (AFTER, True),
        (AFTER + USEFUL - timedelta(seconds=1), True),
        (AFTER + USEFUL, False),
    ],
)
def test_it_is_time_to_ask_shortly_after_the_end(knowledge: Knowledge, later: timedelta, due: bool) -> None:
    assert bool(list(just_ended(knowledge, END + later))) == due


def test_other_kinds_are_not_rated(knowledge: Knowledge) -> None:
    unrated = replace(knowledge, programme=knowledge.programme.model_copy(update={"rated": ("lecture",)}))
    assert list(just_ended(unrated, END + AFTER)) == []


async def test_everybody_who_can_be_reached_is_asked_once(
    database: Database, knowledge: Knowledge, clock: SettableClock
) -> None:
    await join(database)
    clock.set(END + AFTER)
    for _ in range(2):
        one = asking(database, knowledge, clock)  # as after a restart
        await one.look()
        await one.look()
    found = await asked(database)
    assert set(found) == {1, 2}
    assert "One tap is enough" in found[1]


async def test_a_group_is_asked_about_its_own_sessions_only(
    database: Database, knowledge: Knowledge, clock: SettableClock
) -> None:
    await join(database)
    await database.write(lambda c: chats.join(c, 1, "A", END))
    await database.write(lambda c: chats.join(c, 2, "B", END))
    clock.set(END + AFTER)
    await asking(database, in_group(knowledge, "A"), clock).look()
    assert set(await asked(database)) == {1}
