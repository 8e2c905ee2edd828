from bot.store import feeds
from bot.store.database import Database


async def token(database: Database, *groups: str) -> str:
    return await database.write(lambda connection: feeds.token_of(connection, groups))


async def groups_of(database: Database, given: str) -> tuple[str, ...] | None:
    return await database.read(lambda connection: feeds.groups_of(connection, given))


async def test_each_set_of_groups_has_one_token_for_good(database: Database) -> None:
    assert await token(database, "A", "B") == await token(database, "B", "A")
    found = {groups: await token(database, *groups) for groups in ((), ("A",), ("B",), ("A", "B"))}
    assert len(set(found.values())) == 4
    assert {given: await groups_of(database, given) for given in found.values()} == {
        given: groups for groups, given in found.items()
    }
    assert await groups_of(database, "unknown") is None
