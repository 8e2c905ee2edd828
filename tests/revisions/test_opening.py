"""Which revision is live at the start."""

from pathlib import Path

import pytest

from bot.clock import Clock
from bot.knowledge.loader import read
from bot.knowledge.problems import KnowledgeError
from bot.revisions.opening import open_revision
from bot.store import revisions
from bot.store.database import Database
from bot.store.revisions import Origin
from tests.knowledge_folder import SITES, picture, write_folder


async def _add(folder: Path, database: Database, clock: Clock, origin: Origin = Origin.EDIT) -> int:
    loaded = read(folder)
    return await database.write(
        lambda connection: revisions.add(
            connection,
            loaded.knowledge.revision,
            loaded.files,
            origin=origin,
            by=7,
            summary="1 site changed",
            now=clock(),
        )
    )


def _folder(tmp_path: Path, about: str = "Where the ships come in.") -> Path:
    return write_folder(tmp_path, sites=SITES.replace("Where the ships come in.", about))


async def test_the_first_folder_is_revision_1(tmp_path: Path, database: Database, clock: Clock) -> None:
    opened = await open_revision(write_folder(tmp_path), database, clock)
    assert (opened.number, opened.error, opened.set_aside) == (1, None, ())
    assert opened.folder == opened.loaded.knowledge.revision
    newest = await database.read(revisions.newest)
    assert newest
    assert (newest.origin, newest.made_by) == (Origin.START, None)


async def test_the_same_folder_again_makes_no_revision(
    tmp_path: Path, database: Database, clock: Clock
) -> None:
    await open_revision(write_folder(tmp_path), database, clock)
    assert (await open_revision(tmp_path / "knowledge", database, clock)).number == 1


async def test_what_was_changed_in_the_chat_is_live_after_a_restart_with_the_same_folder(
    tmp_path: Path, database: Database, clock: Clock
) -> None:
    await open_revision(_folder(tmp_path), database, clock)
    (tmp_path / "chat").mkdir()
    await _add(_folder(tmp_path / "chat", "Big ships."), database, clock)
    opened = await open_revision(tmp_path / "knowledge", database, clock)
    assert opened.number == 2
    assert opened.loaded.knowledge.sites["port"].about == {"en": "Big ships."}
    assert opened.set_aside == ()


async def test_a_new_folder_is_live_and_says_what_it_has_set_aside(
    tmp_path: Path, database: Database, clock: Clock
) -> None:
    await open_revision(_folder(tmp_path), database, clock)
    for about in ("Big ships.", "Bigger ships."):
        (tmp_path / about).mkdir()
        await _add(_folder(tmp_path / about, about), database, clock)
    opened = await open_revision(_folder(tmp_path, "Boats."), database, clock)
    assert opened.number == 4
    assert opened.loaded.knowledge.sites["port"].about == {"en": "Boats."}
    assert [each.number for each in opened.set_aside] == [2, 3]


async def test_a_broken_folder_is_bridged_by_the_newest_revision_with_its_photos(
    tmp_path: Path, database: Database, clock: Clock
) -> None:
    good = await open_revision(write_folder(tmp_path, synonyms="groups: [[docks, port]]\n"), database, clock)
    write_folder(tmp_path, schedule="sessions: [", photos={"port.png": b"not a picture"})
    opened = await open_revision(tmp_path / "knowledge", database, clock)
    assert opened.loaded.knowledge == good.loaded.knowledge
    assert opened.loaded.knowledge.photos["port.png"].data == picture()
    assert opened.folder is None
    assert "schedule.yaml" in str(opened.error)


async def test_a_folder_that_is_gone_is_bridged_too(tmp_path: Path, database: Database, clock: Clock) -> None:
    await open_revision(write_folder(tmp_path), database, clock)
    opened = await open_revision(tmp_path / "elsewhere", database, clock)
    assert opened.number == 1


async def test_a_broken_folder_without_any_revision_is_an_error(
    tmp_path: Path, database: Database, clock: Clock
) -> None:
    with pytest.raises(KnowledgeError, match=r"sites\.yaml"):
        await open_revision(write_folder(tmp_path, sites="sites: {}"), database, clock)


async def test_a_revision_that_cannot_be_read_any_more_gives_way_to_the_one_before(
    tmp_path: Path, database: Database, clock: Clock
) -> None:
    await open_revision(write_folder(tmp_path), database, clock)
    await database.write(
        lambda connection: revisions.add(
            connection,
            "0" * 64,
            {"programme.yaml": b"of another time"},
            origin=Origin.EDIT,
            by=7,
            summary="",
            now=clock(),
        )
    )
    assert (await open_revision(tmp_path / "elsewhere", database, clock)).number == 1
