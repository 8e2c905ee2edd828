"""What is forgotten, and when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.store import chats, misses, reachable
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


async def test_a_programme_for_the_invited_only_shuts_strangers_out_until_it_is_for_all(
    database: Database, folder: Path
) -> None:
    for_all = load(folder)
    programme = for_all.programme.model_copy(update={"invitation_only": True})
    of_invited = replace(for_all, programme=programme)
    for person in (7, 8):
        await database.write(partial(chats.note_seen, seen=Seen(person, "private", "P"), now=SEEN))
    assert await reached(database, of_invited) == {8}
    assert await reached(database, for_all) == {7, 8}


async def reached(database: Database, knowledge: Knowledge) -> set[int]:
    """Whom an announcement to everybody reaches after tidying; 8 is staff by the settings."""
    tidying = Tidying(database, lambda: knowledge, lambda: SEEN, question_days=30, purge_days=30, staff={8})
    await tidying.tidy()
    return {one.chat_id for one in await database.read(reachable.reachable)}
