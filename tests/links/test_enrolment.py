"""`links --enrol`: links made on the command line let people in, as often and as long as was asked for."""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection

from bot.cli import main
from bot.knowledge.loader import load
from bot.links.deep_links import LinksError
from bot.links.enrolment import Enrolment, described
from bot.store import invitations
from bot.store.database import open_database
from bot.store.invitations import Invitation
from bot.store.migrations import migrate
from bot.store.roles import Role
from tests.knowledge_folder import SCHEDULE, write_folder

T = TypeVar("T")
NOW = datetime(2031, 5, 5, 8, tzinfo=UTC)
OF_A = SCHEDULE.replace("    kind: ceremony\n", "    kind: ceremony\n    groups: [A, water]\n")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with knowledge and an empty database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(write_folder(tmp_path, schedule=OF_A)))
    monkeypatch.setenv("DATABASE_URL", "sqlite:///here.db")
    asyncio.run(_migrated())
    return tmp_path


async def _migrated() -> None:
    database = open_database("sqlite:///here.db")
    await migrate(database)
    await database.close()


def in_database(work: Callable[[Connection], T]) -> T:
    async def read() -> T:
        database = open_database("sqlite:///here.db")
        try:
            return await database.write(work)
        finally:
            await database.close()

    return asyncio.run(read())


def tokens(printed: str) -> list[str]:
    return re.findall(r"https://t\.me/demo_bot\?start=g-([\w-]{32})  ", printed)


def enrol(*arguments: str) -> int:
    return main(["links", "--bot", "demo_bot", "--enrol", *arguments])


def test_a_link_gives_what_was_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert enrol("A", "--country", "VN", "--lang", "es", "--uses", "2", "--expires", "30") == 0
    printed = capsys.readouterr().out
    [token] = tokens(printed)
    assert "Vietnam · " in printed and "Each works 2 times, until 20" in printed
    found = in_database(lambda c: invitations.use(c, token, datetime.now(UTC)))
    assert found and (found.role, found.group, found.country, found.language, found.uses_left) == (
        Role.PARTICIPANT,
        "A",
        "VN",
        "es",
        1,
    )


def test_the_token_is_nowhere_but_in_what_is_printed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert enrol() == 0
    [token] = tokens(capsys.readouterr().out)
    assert all(token.encode() not in file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_each_badge_gets_a_link_of_its_own_on_the_sheet(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert enrol("water", "--uses", "1", "--count", "7", "--sheet", "badges.png") == 0
    printed = capsys.readouterr().out
    assert len(set(tokens(printed))) == 7
    assert "Written: badges-1.png, badges-2.png" in printed


def test_other_links_come_along_only_when_they_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["links", "port", "--bot", "demo_bot", "--enrol"]) == 0
    printed = capsys.readouterr().out
    assert len(tokens(printed)) == 1 and printed.count("https://") == 2 and "show-port" in printed


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--enrol", "B"], "no session is for group B"),
        (["--enrol", "watr"], "did you mean 'water'?). Groups: A, water"),
        (["--enrol", "A", "--country", "Camboia"], "Did you mean Cambodia (KH)"),
        (["--enrol", "A", "--country", "the north"], "such as VN"),
        (["--enrol", "A", "--expires", "soon"], "--expires: write a number of days"),
        (["--enrol", "A", "--expires", "9" * 30], "--expires: write a number of days"),
        (["--enrol", "A", "--expires", "2001-01-01"], "is over already"),
        (["--enrol", "A", "--expires", "0"], "is over already"),
        (["--enrol", "A", "--uses", "0"], "--uses"),
        (["--enrol", "A", "--count", "0"], "--count"),
        (["--enrol", "A", "--lang", "xx"], "--lang: choose one of"),
        (["--country", "VN"], "go with --enrol"),
    ],
)
def test_what_it_refuses_is_said_and_makes_no_link(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    assert main(["links", "--bot", "demo_bot", *arguments]) in {1, 2}
    assert complaint in capsys.readouterr().err
    assert in_database(lambda c: invitations.end_for_group(c, "A")) == 0


@pytest.mark.parametrize(
    ("url", "complaint"),
    [("sqlite:///elsewhere.db", "no database elsewhere.db"), ("mysql://x/y", "DATABASE_URL: write")],
)
def test_a_missing_database_is_said(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    complaint: str,
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert enrol("A") == 1
    assert complaint in capsys.readouterr().err
    assert not (folder / "elsewhere.db").exists()


def test_a_programme_without_groups_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_folder(folder)
    assert enrol("A") == 1
    assert "Leave the group out" in capsys.readouterr().err
    assert enrol() == 0


def test_a_day_ends_where_the_programme_is(folder: Path) -> None:
    knowledge = load(folder / "knowledge")
    made = Enrolment("A", expires="2031-05-07", uses=1).invitation(knowledge, NOW)
    assert made.expires_at and made.expires_at.astimezone(UTC).hour == 22  # 23:59 in Lisbon in summer
    assert described(made, UTC).startswith("Each works once, until 2031-05-07 22:59. Only a hash is kept")
    with pytest.raises(LinksError):
        Enrolment("A", expires="2031-05-04").invitation(knowledge, NOW)


def test_a_link_without_limits_says_that(folder: Path) -> None:
    knowledge = load(folder / "knowledge")
    made = Enrolment("").invitation(knowledge, NOW)
    assert made == Invitation()
    assert "any number of times, until it is ended" in described(made, UTC)
