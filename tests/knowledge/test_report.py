"""What `check` prints."""

from pathlib import Path

import pytest

from bot.knowledge.report import report
from tests.knowledge_folder import SCHEDULE, SITES, write_folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_good_folder_is_counted(here: Path) -> None:
    write_folder(here)
    text, usable = report(Path("knowledge"))
    assert usable
    assert text.splitlines()[:3] == [
        "0 errors, 0 warnings",
        "2 entries with 8 phrasings, 2 languages, 2 sites, 2 sessions, 1 photo",
        "still sample: 1 of 2 entries, 0 of 2 sites, 0 of 2 sessions",
    ]
    assert text.splitlines()[3].startswith("revision ")


def test_warnings_come_first_and_leave_the_folder_usable(here: Path) -> None:
    write_folder(here, sites=SITES.replace("Town hall", "Room #3"))
    text, usable = report(Path("knowledge"))
    assert usable
    assert text.startswith("knowledge/sites.yaml:11: warning: 'Room' ends before")
    assert "\n\n0 errors, 1 warning\n" in text


def test_errors_make_the_folder_unusable(here: Path) -> None:
    write_folder(here, schedule=SCHEDULE.replace("9:30", "25:00").replace("16:00", "later"))
    text, usable = report(Path("knowledge"))
    assert not usable
    assert text.splitlines()[0].startswith(
        "knowledge/schedule.yaml:6: sessions[0].start: '25:00' is not a time"
    )
    assert text.splitlines()[-1] == "2 errors"
