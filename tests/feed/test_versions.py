"""Versions of events are kept in the database, and raised once for each change."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.feed.versions import Versions
from bot.knowledge.model import Knowledge
from bot.preview.clock import SettableClock
from bot.store.database import Database


def without(knowledge: Knowledge, name: str) -> Knowledge:
    return replace(knowledge, sessions={k: s for k, s in knowledge.sessions.items() if k != name})


async def test_a_change_counts_once_however_many_processes_see_it(
    database: Database, clock: SettableClock, knowledge: Knowledge
) -> None:
    await Versions(database, clock).of(knowledge)
    clock.advance(timedelta(hours=1))
    smaller = without(knowledge, "opening")
    for versions in await asyncio.gather(*(Versions(database, clock).of(smaller) for _ in range(4))):
        assert {name: each.sequence for name, each in versions.items()} == {"opening": 1, "port-visit": 0}
        assert versions["opening"].cancelled
        assert versions["opening"].since == clock()
        assert versions["opening"].session.title == knowledge.sessions["opening"].title
        assert versions["port-visit"].since == clock() - timedelta(hours=1)


async def test_versions_survive_a_restart(
    database: Database, clock: SettableClock, knowledge: Knowledge
) -> None:
    first = await Versions(database, clock).of(knowledge)
    clock.advance(timedelta(days=1))
    assert await Versions(database, clock).of(knowledge) == first
