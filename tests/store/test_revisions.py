"""Revisions and their files in the database."""

import asyncio

import pytest
from sqlalchemy import func, select

from bot.clock import Clock
from bot.store import revisions
from bot.store.database import Database, open_database
from bot.store.revisions import MovedError, Origin
from bot.store.tables import revision_files


async def _add(
    database: Database,
    clock: Clock,
    content: str,
    *,
    expected: int | None = None,
    origin: Origin = Origin.EDIT,
    **files: bytes,
) -> int:
    return await database.write(
        lambda connection: revisions.add(
            connection,
            content,
            files or {"a": content.encode()},
            origin=origin,
            by=7,
            summary=f"to {content}",
            now=clock(),
            expected=expected,
        )
    )


async def test_revisions_count_up_and_keep_their_files(database: Database, clock: Clock) -> None:
    assert await _add(database, clock, "one", x=b"\0", y=b"same") == 1
    assert await _add(database, clock, "two", x=b"\1", y=b"same") == 2
    assert await database.read(lambda c: revisions.files(c, 1)) == {"x": b"\0", "y": b"same"}
    assert await database.read(lambda c: c.scalar(select(func.count()).select_from(revision_files))) == 3
    newest = await database.read(revisions.newest)
    assert newest == revisions.Revision(2, "two", Origin.EDIT, 7, clock(), "to two")
    assert [each.number for each in await database.read(revisions.latest)] == [2, 1]


async def test_the_same_again_adds_nothing_whatever_was_expected(database: Database, clock: Clock) -> None:
    assert await _add(database, clock, "one") == await _add(database, clock, "one", expected=0) == 1


async def test_an_earlier_content_is_a_new_revision(database: Database, clock: Clock) -> None:
    for content in ("one", "two", "one"):
        await _add(database, clock, content)
    found = await database.read(lambda c: revisions.of_content(c, "one"))
    assert found
    assert found.number == 3


async def test_a_revision_on_ground_that_has_moved_is_refused_and_changes_nothing(
    database: Database, clock: Clock
) -> None:
    await _add(database, clock, "one")
    await _add(database, clock, "two")
    with pytest.raises(MovedError, match="revision 2 is live"):
        await _add(database, clock, "three", expected=1)
    assert [each.sha256 for each in await database.read(revisions.latest)] == ["two", "one"]


async def test_of_two_processes_at_the_same_moment_one_is_first(
    database_url: str, database: Database, clock: Clock
) -> None:
    other = open_database(database_url)
    await _add(database, clock, "one")
    outcomes = await asyncio.gather(
        _add(database, clock, "left", expected=1),
        _add(other, clock, "right", expected=1),
        return_exceptions=True,
    )
    await other.close()
    assert sum(each == 2 for each in outcomes) == 1
    assert sum(isinstance(each, MovedError) for each in outcomes) == 1


async def test_what_a_folder_sets_aside_is_what_came_after_the_folder_before(
    database: Database, clock: Clock
) -> None:
    for content, origin in (
        ("a", Origin.START),
        ("b", Origin.EDIT),
        ("c", Origin.FOLDER),
        ("d", Origin.UPLOAD),
        ("e", Origin.ROLLBACK),
        ("f", Origin.FOLDER),
        ("g", Origin.FOLDER),
    ):
        await _add(database, clock, content, origin=origin)
    for number, expected in ((6, [4, 5]), (7, []), (3, [2])):
        found = await database.read(lambda c, n=number: revisions.set_aside_by(c, n))  # type: ignore[misc]
        assert [each.number for each in found] == expected


async def test_old_revisions_go_with_the_files_that_only_they_have(database: Database, clock: Clock) -> None:
    for number in range(5):
        await _add(database, clock, f"{number}", common=b"common", own=b"%d" % number)
    await database.write(lambda c: revisions.forget_old(c, kept=2))
    assert [each.number for each in await database.read(revisions.latest)] == [5, 4]
    contents = await database.read(lambda c: set(c.scalars(select(revision_files.c.data))))
    assert contents == {b"common", b"3", b"4"}
    assert await database.read(lambda c: revisions.read(c, 1)) is None
