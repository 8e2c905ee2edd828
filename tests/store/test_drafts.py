"""What an admin has changed waits until it is published or dropped."""

from datetime import UTC, datetime, timedelta

from bot.store import drafts
from bot.store.database import Database
from bot.store.drafts import Draft

NOW = datetime(2031, 5, 5, tzinfo=UTC)
ANA, BEN = 7, 8
DRAFT = Draft("a1", [{"do": "text"}], b"zip", removed=("sites.yaml",), misses=((3, "wifi"), (4, "gym")))


async def test_each_person_has_one_draft(database: Database) -> None:
    await database.write(lambda c: drafts.write(c, ANA, DRAFT, NOW))
    await database.write(lambda c: drafts.write(c, BEN, Draft("b1", []), NOW))
    await database.write(lambda c: drafts.write(c, BEN, Draft("b2", [1]), NOW))
    assert await database.read(lambda c: drafts.read(c, ANA)) == DRAFT
    assert await database.read(lambda c: drafts.read(c, BEN)) == Draft("b2", [1])
    assert await database.read(lambda c: drafts.read(c, 9)) is None


async def test_a_button_of_an_earlier_draft_drops_nothing(database: Database) -> None:
    await database.write(lambda c: drafts.write(c, ANA, DRAFT, NOW))
    assert not await database.write(lambda c: drafts.drop(c, ANA, "a0"))
    assert await database.write(lambda c: drafts.drop(c, ANA, "a1"))
    assert not await database.write(lambda c: drafts.drop(c, ANA))


async def test_what_nobody_touches_is_forgotten(database: Database) -> None:
    await database.write(lambda c: drafts.write(c, ANA, DRAFT, NOW))
    await database.write(lambda c: drafts.write(c, BEN, DRAFT, NOW + timedelta(2)))
    await database.write(lambda c: drafts.forget_old(c, NOW + timedelta(1)))
    assert await database.read(lambda c: drafts.read(c, ANA)) is None
    assert await database.read(lambda c: drafts.read(c, BEN)) == DRAFT
