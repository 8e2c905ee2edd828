"""The admins are told, each in their language and once for each occasion."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock import Clock
from bot.knowledge.problems import KnowledgeError, Problem
from bot.revisions.admins import LONGEST, Admins, occasion_of, shortened
from bot.store import conversations, roles
from bot.store.conversations import ConversationRow
from bot.store.database import Database
from bot.store.roles import Role
from bot.store.tables import deliveries


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The store's own tests try both kinds of database."""
    return f"sqlite:///{tmp_path / 'bot.db'}"


async def _told(database: Database) -> dict[int, list[str]]:
    rows = await database.read(lambda c: c.execute(select(deliveries.c.chat_id, deliveries.c.params)).all())
    told: dict[int, list[str]] = {}
    for row in rows:
        told.setdefault(row.chat_id, []).append(row.params["text"])
    return told


async def test_admins_of_the_settings_and_those_that_were_made_are_told_once(
    database: Database, clock: Clock
) -> None:
    await database.write(lambda c: roles.give(c, 8, Role.ADMIN, clock(), by=7))
    await database.write(lambda c: roles.give(c, 9, Role.ORGANIZER, clock(), by=7))
    queued: list[bool] = []
    admins = Admins(database, [7, 8], lambda: "en", after_commit=lambda: queued.append(True))
    for occasion in ("a", "a", "b"):
        await admins.tell(occasion, lambda _: "Look!")
    assert await _told(database) == {7: ["Look!", "Look!"], 8: ["Look!", "Look!"]}
    assert queued


async def test_each_is_told_in_their_language(database: Database, clock: Clock) -> None:
    row = ConversationRow(language="es", guessed_language=None, topics=(), misses=0)
    await database.write(lambda c: conversations.write(c, 7, row, clock()))
    await Admins(database, [7, 8], lambda: "fr").tell("a", lambda words: words.language)
    assert await _told(database) == {7: ["es"], 8: ["fr"]}


def test_the_same_problems_are_the_same_occasion() -> None:
    one, same, other = (KnowledgeError([Problem("a.yaml", line, "odd")]) for line in (1, 1, 2))
    assert occasion_of(one) == occasion_of(same) != occasion_of(other)


def test_a_long_list_is_cut_to_what_a_message_holds() -> None:
    assert shortened("x") == "x"
    assert shortened("x" * 9_000) == "x" * LONGEST + " …"
