from pathlib import Path

import pytest

from bot.knowledge.problems import KnowledgeError
from bot.last_good import load_or_last_good
from bot.store.database import Database
from tests.knowledge_folder import picture, write_folder


async def test_a_good_folder_is_used_as_it_is(tmp_path: Path, database: Database) -> None:
    opened = await load_or_last_good(write_folder(tmp_path), database)
    assert opened.error is None
    assert "emergency" in opened.knowledge.entries


async def test_a_broken_folder_is_replaced_by_the_last_good_copy_with_its_photos(
    tmp_path: Path, database: Database
) -> None:
    synonyms = "groups: [[docks, port]]\n"
    good = await load_or_last_good(write_folder(tmp_path, synonyms=synonyms), database)
    write_folder(tmp_path, schedule="sessions: [", photos={"port.png": b"not a picture"})
    opened = await load_or_last_good(tmp_path / "knowledge", database)
    assert opened.knowledge == good.knowledge
    assert opened.knowledge.photos["port.png"].data == picture()
    assert opened.error
    assert "schedule.yaml" in str(opened.error)


async def test_a_folder_that_is_gone_is_replaced_too(tmp_path: Path, database: Database) -> None:
    good = await load_or_last_good(write_folder(tmp_path), database)
    opened = await load_or_last_good(tmp_path / "elsewhere", database)
    assert opened.knowledge.revision == good.knowledge.revision


async def test_the_copy_is_of_the_newest_good_folder(tmp_path: Path, database: Database) -> None:
    await load_or_last_good(write_folder(tmp_path), database)
    newer = await load_or_last_good(write_folder(tmp_path, photos={"port.png": picture(50)}), database)
    write_folder(tmp_path, programme="")
    opened = await load_or_last_good(tmp_path / "knowledge", database)
    assert opened.knowledge.revision == newer.knowledge.revision


async def test_without_a_copy_the_errors_are_raised(tmp_path: Path, database: Database) -> None:
    with pytest.raises(KnowledgeError, match=r"sites\.yaml"):
        await load_or_last_good(write_folder(tmp_path, sites="sites: {}"), database)
