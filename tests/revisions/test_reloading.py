"""Hot reload of the knowledge folder, and what the admins are told."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest_asyncio
from sqlalchemy import select

from bot.clock import Clock
from bot.revisions.admins import Admins
from bot.revisions.live import LiveKnowledge
from bot.revisions.opening import Opened, open_revision
from bot.revisions.reloading import Reloading, stamp
from bot.store.database import Database
from bot.store.revisions import Origin
from bot.store.tables import deliveries
from tests.knowledge_folder import HELP, SITES, write_folder
from tests.revisions.conftest import Make

ADMIN = 7


class Stage:
    """A folder that is watched, what is live, and what the admin was told."""

    def __init__(self, place: Path, database: Database, make_live: Make, opened: Opened) -> None:
        self.place = place
        self.database = database
        self.live: LiveKnowledge = make_live(opened, database)
        admins = Admins(database, [ADMIN], lambda: self.live.knowledge.default_language)
        self.reloading = Reloading(self.live, place / "knowledge", admins, opened)

    def write(self, about: str = "Where the ships come in.", **files: Any) -> None:
        write_folder(self.place, sites=SITES.replace("Where the ships come in.", about), **files)

    @property
    def about(self) -> str:
        return self.live.knowledge.sites["port"].about["en"]

    async def told(self) -> list[str]:
        query = select(deliveries.c.params).where(deliveries.c.chat_id == ADMIN).order_by(deliveries.c.id)
        return [row["text"] for row in await self.database.read(lambda c: list(c.scalars(query)))]


@pytest_asyncio.fixture
async def database_url(tmp_path: Path) -> str:
    """The store's own tests try both kinds of database."""
    return f"sqlite:///{tmp_path / 'bot.db'}"


@pytest_asyncio.fixture
async def stage(tmp_path: Path, database: Database, clock: Clock, make_live: Make) -> Stage:
    folder = write_folder(tmp_path)
    return Stage(tmp_path, database, make_live, await open_revision(folder, database, clock))


async def test_a_changed_folder_is_live(stage: Stage) -> None:
    stage.write("Boats.")
    await stage.reloading.reload()
    assert (stage.about, stage.live.number) == ("Boats.", 2)
    assert await stage.told() == []


async def test_a_file_that_was_only_touched_makes_no_revision(stage: Stage) -> None:
    stage.write()
    await stage.reloading.reload()
    assert stage.live.number == 1


async def test_a_broken_save_changes_nothing_and_is_told_once_and_when_it_is_mended(stage: Stage) -> None:
    for _ in range(3):
        stage.write(schedule="sessions:\n  - id: opening\n    start: 25:00\n")
        await stage.reloading.reload()
    assert (stage.about, stage.live.number) == ("Where the ships come in.", 1)
    [told] = await stage.told()
    assert "go on answering from revision 1" in told
    assert "schedule.yaml:3: sessions[0].start: '25:00' is not a time" in told
    stage.write("Boats.")
    await stage.reloading.reload()
    assert (await stage.told())[1:] == ["The knowledge folder is in order again. Revision 2 is live."]


async def test_another_set_of_problems_is_told_and_the_same_again_after_it_was_mended(stage: Stage) -> None:
    for schedule in ("sessions: [", "", None, "sessions: ["):
        stage.write(**({} if schedule is None else {"schedule": schedule}))
        await stage.reloading.reload()
    told = await stage.told()
    assert len(told) == 4
    assert "in order again" in told[2]
    assert told[0].split("Please mend")[1] == told[3].split("Please mend")[1]


async def test_an_empty_folder_a_missing_file_and_a_missing_folder_keep_what_is_live(stage: Stage) -> None:
    folder = stage.place / "knowledge"
    (folder / "sites.yaml").write_bytes(b"")
    await stage.reloading.reload()
    (folder / "sites.yaml").unlink()
    await stage.reloading.reload()
    folder.rename(stage.place / "gone")
    await stage.reloading.reload()
    folder.mkdir()
    await stage.reloading.reload()
    assert stage.live.number == 1
    assert stage.live.knowledge.entries
    empty, missing, gone, bare = await stage.told()
    assert "sites.yaml:1: is empty" in empty
    assert "sites.yaml: is missing" in missing
    assert "the knowledge folder is missing" in gone
    assert "programme.yaml: is missing" in bare


async def test_going_back_to_an_earlier_text_in_the_folder_is_live_again(stage: Stage) -> None:
    for about in ("Boats.", "Where the ships come in."):
        stage.write(about)
        await stage.reloading.reload()
        assert stage.about == about
    assert stage.live.number == 3


async def test_what_was_changed_in_the_chat_stays_until_the_folder_changes_and_is_then_set_aside(
    stage: Stage,
) -> None:
    in_chat = {**stage.live.files, "sites.yaml": SITES.replace("Where the ships", "Where boats").encode()}
    await stage.live.publish(in_chat, by=ADMIN, origin=Origin.EDIT)
    stage.write()
    await stage.reloading.reload()
    assert (stage.about, await stage.told()) == ("Where boats come in.", [])
    stage.write("Ships.")
    await stage.reloading.reload()
    assert (stage.about, stage.live.number) == ("Ships.", 3)
    [told] = await stage.told()
    assert "is live as revision 3" in told
    assert "2: ✏️ 1 × Place" in told
    row = await stage.database.read(lambda c: c.scalars(select(deliveries.c.params)).one())
    assert row["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "rollback:2"


async def test_a_folder_broken_at_the_start_and_mended_does_not_undo_what_was_changed_in_the_chat(
    tmp_path: Path, database: Database, clock: Clock, make_live: Make, stage: Stage
) -> None:
    in_chat = {**stage.live.files, "sites.yaml": SITES.replace("Where the ships", "Where boats").encode()}
    await stage.live.publish(in_chat, by=ADMIN, origin=Origin.EDIT)
    stage.write(schedule="sessions: [")
    later = Stage(tmp_path, database, make_live, await open_revision(tmp_path / "knowledge", database, clock))
    later.write()
    await later.reloading.reload()
    assert (later.about, later.live.number) == ("Where boats come in.", 2)


async def _while_watched(stage: Stage, change: Callable[[], None]) -> None:
    ending, swapped = asyncio.Event(), asyncio.Event()
    stage.live.on_swap(lambda _old, _new: swapped.set())
    watching = asyncio.create_task(stage.reloading.run(ending))
    change()
    async with asyncio.timeout(20):
        await swapped.wait()
    ending.set()
    await watching


async def test_a_save_is_noticed(stage: Stage) -> None:
    await _while_watched(stage, lambda: stage.write("Boats."))
    assert stage.about == "Boats."


async def test_admins_learn_which_questions_get_another_answer(stage: Stage) -> None:
    stolen = HELP.replace(
        "questions: [Where is the front desk?, How do I reach a person?]", "questions: [help]"
    )
    stage.write(faq={"help": stolen})
    await stage.reloading.reload()
    async with asyncio.timeout(30):
        while not await stage.told():  # noqa: ASYNC110 - nobody else waits for it
            await asyncio.sleep(0.05)
    [told] = await stage.told()
    assert "Of 9 questions that I tried, 1 is answered differently:" in told
    assert "• “How do I reach a person?”: desk → no answer" in told


def test_the_stamp_changes_with_every_file_and_not_with_time(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    first = stamp(folder)
    assert stamp(folder) == first
    (folder / "faq" / "help.yaml").write_text(HELP.replace("112", "113"), "utf-8")
    assert stamp(folder) != first
    (folder / "photos" / "new.png").write_bytes(b"x")
    assert len(stamp(folder)) == len(first) + 1
    assert stamp(tmp_path / "nowhere") == ()
