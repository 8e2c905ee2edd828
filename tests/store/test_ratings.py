"""Stars and comments."""

from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.store import ratings
from bot.store.database import Database
from bot.store.ratings import Result

NOW = datetime(2031, 5, 5, 18, tzinfo=UTC)


def rated(connection: Connection) -> None:
    ratings.rate(connection, "visit", 1, 2, NOW)
    ratings.comment(connection, "visit", 1, "Too long.")
    ratings.rate(connection, "visit", 1, 3, NOW)
    ratings.rate(connection, "visit", 2, 4, NOW)
    ratings.comment(connection, "lecture", 2, "Never rated.")


async def test_the_latest_stars_of_each_person_count_and_comments_stay(database: Database) -> None:
    await database.write(rated)
    assert await database.read(ratings.results) == [Result("visit", 2, 3.5, ["Too long."])]
