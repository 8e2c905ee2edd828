"""The live revision and how the next one takes its place."""

import asyncio
from pathlib import Path

import pytest
import pytest_asyncio

from bot.assistant.reply import Conversation, Reply
from bot.clock import Clock
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import KnowledgeError
from bot.revisions.building import FEW
from bot.revisions.live import LiveKnowledge
from bot.revisions.opening import open_revision
from bot.store import revisions
from bot.store.database import Database
from bot.store.revisions import MovedError, Origin
from tests.knowledge_folder import HELP, SITES, write_folder
from tests.revisions.conftest import Make


def _files(tmp_path: Path, about: str) -> dict[str, bytes]:
    folder = write_folder(tmp_path / about, sites=SITES.replace("Where the ships come in.", about))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


def _about(live: LiveKnowledge) -> str:
    return live.knowledge.sites["port"].about["en"]


@pytest_asyncio.fixture
async def live(tmp_path: Path, database: Database, clock: Clock, make_live: Make) -> LiveKnowledge:
    return make_live(await open_revision(write_folder(tmp_path), database, clock), database)


@pytest_asyncio.fixture
async def other(
    live: LiveKnowledge, tmp_path: Path, database: Database, make_live: Make, clock: Clock
) -> LiveKnowledge:
    """Another process on the same database."""
    return make_live(await open_revision(tmp_path / "knowledge", database, clock), database)


async def test_what_is_published_is_live_at_once_and_a_revision(
    live: LiveKnowledge, tmp_path: Path, database: Database
) -> None:
    assert await live.publish(_files(tmp_path, "Boats."), by=7, origin=Origin.UPLOAD, expected=1) == 2
    assert (live.number, _about(live)) == (2, "Boats.")
    newest = await database.read(revisions.newest)
    assert newest
    assert (newest.origin, newest.made_by, newest.summary) == (Origin.UPLOAD, 7, "1 site changed")
    assert await database.read(lambda connection: revisions.files(connection, 2)) == live.files


async def test_a_broken_one_changes_nothing_and_says_file_and_line(
    live: LiveKnowledge, tmp_path: Path, database: Database
) -> None:
    files = {**live.files, "sites.yaml": b"sites:\n  - id: port\n"}
    with pytest.raises(KnowledgeError, match=r"sites\.yaml:2: "):
        await live.publish(files, by=7, origin=Origin.UPLOAD)
    assert (live.number, _about(live)) == (1, "Where the ships come in.")
    newest = await database.read(revisions.newest)
    assert newest
    assert newest.number == 1


async def test_nothing_at_all_is_an_error_and_never_empties_the_knowledge(live: LiveKnowledge) -> None:
    with pytest.raises(KnowledgeError, match="is missing"):
        await live.publish({}, by=7, origin=Origin.UPLOAD)
    assert live.knowledge.entries


async def test_on_ground_that_has_moved_nothing_is_published(live: LiveKnowledge, tmp_path: Path) -> None:
    await live.publish(_files(tmp_path, "Boats."), by=7, origin=Origin.EDIT, expected=1)
    with pytest.raises(MovedError, match="revision 2"):
        await live.publish(_files(tmp_path, "Ships."), by=8, origin=Origin.EDIT, expected=1)
    assert _about(live) == "Boats."


async def test_publishing_again_what_is_live_changes_nothing(live: LiveKnowledge, tmp_path: Path) -> None:
    files = _files(tmp_path, "Boats.")
    await live.publish(files, by=7, origin=Origin.EDIT, expected=1)
    assert await live.publish(files, by=7, origin=Origin.EDIT, expected=1) == 2


async def test_listeners_hear_of_the_old_and_the_new(live: LiveKnowledge, tmp_path: Path) -> None:
    heard: list[tuple[Knowledge, Knowledge]] = []
    live.on_swap(lambda old, new: heard.append((old, new)))
    before = live.knowledge
    await live.publish(_files(tmp_path, "Boats."), by=7, origin=Origin.EDIT)
    assert heard == [(before, live.knowledge)]


async def test_another_process_takes_over_what_was_published(
    live: LiveKnowledge, other: LiveKnowledge, tmp_path: Path
) -> None:
    ending, swapped = asyncio.Event(), asyncio.Event()
    other.on_swap(lambda _old, _new: swapped.set())
    following = asyncio.create_task(other.follow(ending))
    await live.publish(_files(tmp_path, "Boats."), by=7, origin=Origin.EDIT)
    async with asyncio.timeout(20):
        await swapped.wait()
    ending.set()
    await following
    assert (other.number, _about(other), other.files) == (2, "Boats.", live.files)


async def test_of_two_processes_that_publish_at_once_one_is_first_and_both_agree(
    live: LiveKnowledge, other: LiveKnowledge, tmp_path: Path
) -> None:
    outcomes = await asyncio.gather(
        live.publish(_files(tmp_path, "Boats."), by=7, origin=Origin.EDIT, expected=1),
        other.publish(_files(tmp_path, "Ships."), by=8, origin=Origin.EDIT, expected=1),
        return_exceptions=True,
    )
    assert 2 in outcomes
    assert sum(isinstance(each, MovedError) for each in outcomes) == 1


async def test_two_processes_that_see_the_same_folder_make_one_revision(
    live: LiveKnowledge, other: LiveKnowledge, tmp_path: Path
) -> None:
    files = _files(tmp_path, "Boats.")
    outcomes = await asyncio.gather(
        *(each.publish(files, by=None, origin=Origin.FOLDER) for each in (live, other))
    )
    assert outcomes == [2, 2]
    assert (live.number, other.number) == (2, 2)


async def test_a_revision_that_cannot_be_used_here_is_left_aside(
    live: LiveKnowledge, tmp_path: Path, database: Database, clock: Clock
) -> None:
    await database.write(
        lambda connection: revisions.add(
            connection, "0" * 64, {"x": b""}, origin=Origin.EDIT, by=7, summary="", now=clock()
        )
    )
    assert await live.publish(_files(tmp_path, "Boats."), by=7, origin=Origin.EDIT) == 3
    assert _about(live) == "Boats."


async def test_questions_that_get_another_answer_are_foreseen(live: LiveKnowledge) -> None:
    stolen = HELP.replace(
        "questions: [Where is the front desk?, How do I reach a person?]", "questions: [help]"
    )
    stolen += "  - {id: lobby, title: Lobby, questions: [Where is the front desk?], answer: Here.}\n"
    trial = await live.tried({**live.files, "faq/help.yaml": stolen.encode()})
    assert trial.difference.may_lead_elsewhere
    found = await live.foresee(trial.loaded.knowledge)
    assert (found.asked, found.left) == (9, 0)
    assert [(one.question, one.before) for one in found.shifts] == [("How do I reach a person?", "desk")]
    assert _about(live) == "Where the ships come in."


async def test_what_is_new_is_told_at_once_and_its_phrasings_are_learned_beside(
    tmp_path: Path, database: Database, clock: Clock, make_live: Make
) -> None:
    words = [f"{a}{b}" for a in ("bo", "ka", "li", "mu") for b in ("dan", "rem", "sot", "vil", "xun")]
    many = "".join(
        f"  - {{id: e-{n}-{m}, title: {x} {y}, questions: [where is {x} {y}?, {y} of {x}], answer: No.}}\n"
        for n, x in enumerate(words)
        for m, y in enumerate(words[:8])
    )
    assert len(words) * 8 * 4 > FEW
    folder = write_folder(tmp_path, faq={"help": HELP + many})
    live = make_live(await open_revision(folder, database, clock), database)
    pool = "  - {id: pool, title: Pool, questions: [swimming pool?], answer: Yes.}\n"
    more = HELP.replace("08:00", "09:00") + many + pool
    await live.publish({**live.files, "faq/help.yaml": more.encode()}, by=7, origin=Origin.EDIT)

    def ask(question: str) -> Reply:
        return live.assistant.ask(question, Conversation(), clock())

    assert "09:00" in ask("Where is the front desk?").text
    assert ask("swimming pool?").id != "pool"
    ending = asyncio.Event()
    stopped = asyncio.create_task(live.learn(ending))
    await asyncio.sleep(0.1)
    ending.set()
    async with asyncio.timeout(5):
        await stopped  # a stop does not wait for what is learned
    ending = asyncio.Event()
    learning = asyncio.create_task(live.learn(ending))
    async with asyncio.timeout(60):
        while ask("swimming pool?").id != "pool":  # noqa: ASYNC110 - learning tells nobody
            await asyncio.sleep(0.05)
    ending.set()
    await learning
    gone = f"{HELP}{many}".encode()
    await live.publish({**live.files, "faq/help.yaml": gone}, by=7, origin=Origin.EDIT)
    assert ask("swimming pool?").id != "pool"
