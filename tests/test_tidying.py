"""What is forgotten, and when."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.knowledge.loader import load
from bot.store import chats, misses
from bot.store.chats import Seen
from bot.store.database import Database
from bot.store.misses import MissState
from bot.tidying import Tidying

ENDS = datetime(2031, 5, 7, 12, tzinfo=UTC)  # the last day of the small programme
SEEN = ENDS - timedelta(days=1)


@pytest.mark.parametrize(
    ("days_later", "seen", "kept"), [(29, SEEN, True), (32, SEEN, False), (40, ENDS + timedelta(20), True)]
)
async def test_people_are_purged_long_after_the_programme_unless_they_come_back(
    database: Database, folder: Path, days_later: int, seen: datetime, kept: bool
) -> None:
    knowledge = load(folder)
    await database.write(lambda c: chats.note_seen(c, Seen(7_000_000, "private", "Ana"), seen))
    now = ENDS + timedelta(days=days_later)
    tidying = Tidying(database, lambda: knowledge, lambda: now, question_days=30, purge_days=30)
    await tidying.tidy()
    assert (await database.read(lambda c: chats.read(c, 7_000_000)) is not None) == kept


@pytest.mark.parametrize(("days_later", "kept"), [(29, True), (31, False)])
async def test_the_words_of_unanswered_questions_are_forgotten_by_the_clock_of_who_asked(
    database: Database, folder: Path, days_later: int, kept: bool
) -> None:
    knowledge = load(folder)
    await database.write(
        lambda c: misses.note(c, (7, 1), "Is there a gym?", "en", (), state=MissState.OPEN, now=SEEN)
    )
    now = SEEN + timedelta(days=days_later)
    tidying = Tidying(database, lambda: knowledge, lambda: now, question_days=30, purge_days=300)
    await tidying.tidy()
    assert bool(await database.read(misses.unanswered)) == kept
