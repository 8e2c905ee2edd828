"""The commands `export` and `import` of knowledge folders."""

from pathlib import Path

import pytest

from bot.clock import Clock
from bot.knowledge.loader import load
from bot.knowledge.problems import KnowledgeError
from bot.revisions.moving import MovingError, export_folder, import_folder
from bot.revisions.opening import open_revision
from bot.store import revisions
from bot.store.database import Database
from bot.store.revisions import Origin
from tests.knowledge_folder import HELP, SITES, write_folder


async def test_what_is_exported_is_the_folder_byte_for_byte(
    tmp_path: Path, database: Database, clock: Clock
) -> None:
    opened = await open_revision(write_folder(tmp_path), database, clock)
    lines = await export_folder(database, tmp_path / "out")
    assert lines[-1] == f"{tmp_path / 'out'} is revision 1 of 2031-05-04 12:00 UTC."
    for name, data in opened.loaded.files.items():
        assert (tmp_path / "out" / name).read_bytes() == data
    assert load(tmp_path / "out").revision == opened.loaded.knowledge.revision


async def test_a_folder_that_holds_something_is_only_changed_when_asked_to(
    tmp_path: Path, database: Database, clock: Clock
) -> None:
    await open_revision(write_folder(tmp_path), database, clock)
    out = write_folder(tmp_path / "out", sites="sites: [", faq={"help": HELP, "old": HELP})
    (out / "notes.txt").write_text("mine")
    with pytest.raises(MovingError, match="--replace"):
        await export_folder(database, out)
    assert (out / "sites.yaml").read_text() == "sites: ["
    lines = await export_folder(database, out, replace=True)
    assert lines[:-1] == ["written: sites.yaml", "removed: faq/old.yaml"]
    assert load(out) == load(tmp_path / "knowledge")
    assert (out / "notes.txt").read_text() == "mine"


async def test_what_is_not_there_is_said(tmp_path: Path, database: Database, clock: Clock) -> None:
    with pytest.raises(MovingError, match="start the bot first"):
        await export_folder(database, tmp_path / "out")
    await open_revision(write_folder(tmp_path), database, clock)
    with pytest.raises(MovingError, match="revision 5"):
        await export_folder(database, tmp_path / "out", number=5)
    (tmp_path / "file").write_text("")
    with pytest.raises(MovingError, match="is a file"):
        await export_folder(database, tmp_path / "file")


async def test_an_imported_folder_is_the_newest_revision(
    tmp_path: Path, database: Database, clock: Clock
) -> None:
    await open_revision(write_folder(tmp_path), database, clock)
    other = write_folder(tmp_path / "other", sites=SITES.replace("Where the ships come in.", "Boats."))
    assert await import_folder(database, other, clock) == [
        "changed: site port",
        f"{other} is live as revision 2.",
    ]
    newest = await database.read(revisions.newest)
    assert newest
    assert (newest.origin, newest.summary) == (Origin.IMPORT, "1 site changed")
    assert "live already" in (await import_folder(database, other, clock))[0]


async def test_a_broken_folder_is_not_imported(tmp_path: Path, database: Database, clock: Clock) -> None:
    await open_revision(write_folder(tmp_path), database, clock)
    with pytest.raises(KnowledgeError, match=r"sites\.yaml"):
        await import_folder(database, write_folder(tmp_path, sites="sites: {}"), clock)
    newest = await database.read(revisions.newest)
    assert newest
    assert newest.number == 1
