"""What can be examined without Telegram."""

from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.doctor.finding import Finding, Health
from bot.doctor.here import examine_here
from bot.settings import Settings
from bot.store.database import Database


def settings_of(folder: Path, url: str, **others: object) -> Settings:
    return Settings.model_validate({"knowledge_dir": folder, "database_url": SecretStr(url), **others})


def about(findings: list[Finding], subject: str) -> list[Finding]:
    return [finding for finding in findings if finding.about == subject]


async def test_a_new_database_is_not_made(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    findings = await examine_here(settings_of(folder, f"sqlite:///{file}"))
    [finding] = about(findings, "database")
    assert finding.health is Health.GOOD
    assert not file.exists()


@pytest.mark.usefixtures("database")
async def test_a_database_in_use_is_well(folder: Path, database_url: str) -> None:
    [finding] = about(await examine_here(settings_of(folder, database_url)), "database")
    assert finding.health is Health.GOOD
    assert "is up to date" in finding.what


async def test_a_newer_database_is_bad(folder: Path, database: Database, database_url: str) -> None:
    await database.write(lambda c: c.execute(text("UPDATE alembic_version SET version_num = 'x999'")))
    [finding] = about(await examine_here(settings_of(folder, database_url)), "database")
    assert (finding.health, finding.mend) == (Health.BAD, "Update the bot.")


async def test_a_file_that_is_no_database_is_bad(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"This is no database at all. " * 100)
    [finding] = about(await examine_here(settings_of(folder, f"sqlite:///{tmp_path / 'bot.db'}")), "database")
    assert finding.health is Health.BAD
    assert "not a database" in finding.what


async def test_a_broken_folder_is_bad_and_the_rest_is_still_examined(tmp_path: Path) -> None:
    findings = await examine_here(settings_of(tmp_path / "nowhere", f"sqlite:///{tmp_path / 'bot.db'}"))
    assert about(findings, "knowledge")[0].health is Health.BAD
    assert {"database", "disk", "encoder", "staff"} <= {finding.about for finding in findings}


async def test_a_bot_without_staff_is_weak(folder: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    [alone] = about(await examine_here(settings_of(folder, url)), "staff")
    [led] = about(await examine_here(settings_of(folder, url, admin_ids="12")), "staff")
    assert (alone.health, led.health) == (Health.WEAK, Health.GOOD)


async def test_an_encoder_that_is_off_is_weak(folder: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    [finding] = about(await examine_here(settings_of(folder, url, encoder="off")), "encoder")
    assert finding.health is Health.WEAK


@pytest.mark.parametrize("mend", ["", "Do it."])
def test_a_finding_reads_as_a_line_and_what_to_do(mend: str) -> None:
    lines = str(Finding(Health.WEAK, "disk", "3 MB free", mend)).splitlines()
    assert lines[0].split() == ["warning", "disk", "3", "MB", "free"]
    assert [line.strip() for line in lines[1:]] == ([f"→ {mend}"] if mend else [])
