"""The whole import: what is kept, what is refused, and that nothing is ever half imported."""

import io
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.calendars.export import calendar_file
from bot.calendars.importing.command import Imported, import_schedule
from bot.calendars.importing.draft import RefusedError
from bot.cli import main
from bot.knowledge.loader import load
from bot.knowledge.model import Session
from tests.knowledge_folder import HELP, write_folder

ROOT = Path(__file__).parent.parent.parent.parent
TABLE = """\
Title,Date,Start,End,Location,Bus
Opening,2031-05-05,9:30,10:30,Town hall,
Lecture: Tides,2031-05-06,09:00,12:00,"Town hall, room 2",
Visit to the port,2031-05-06,15:00,16:30,Old port,14:15 Town hall
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "plan.csv"
    path.write_text(TABLE, "utf-8")
    return path


def imported(file: Path, folder: Path, *, language: str | None = None) -> dict[str, Session]:
    done: Imported = import_schedule(file, folder / "schedule.yaml", replace=True, language=language)
    assert done.is_written
    return dict(load(folder).sessions)


def test_a_table_becomes_a_schedule_that_the_bot_loads(table: Path, folder: Path) -> None:
    sessions = imported(table, folder)
    assert list(sessions) == ["opening", "lecture-tides", "port-visit"]
    lecture = sessions["lecture-tides"]
    assert (lecture.kind, lecture.site, lecture.room) == ("lecture", "hall", {"en": "room 2"})
    assert [(bus.site, f"{bus.at:%H:%M}") for bus in sessions["port-visit"].buses] == [("hall", "14:15")]


def test_what_the_source_does_not_say_is_kept(table: Path, folder: Path) -> None:
    before = load(folder)
    after = imported(table, folder)
    assert after["opening"].title == {"en": "Opening", "es": "Apertura"}
    assert after["opening"].kind == "ceremony"
    assert load(folder).shuttles == before.shuttles


def test_importing_again_changes_nothing(table: Path, folder: Path) -> None:
    imported(table, folder)
    first = (folder / "schedule.yaml").read_bytes()
    done = import_schedule(table, folder / "schedule.yaml", replace=True)
    assert (folder / "schedule.yaml").read_bytes() == first
    assert "plan.csv: 3 sessions: 0 new, 0 changed, 3 as before, 0 gone" in done.report


def test_ids_stay_when_the_plan_changes(table: Path, folder: Path) -> None:
    imported(table, folder)
    table.write_text(
        TABLE.replace("2031-05-06,09:00,12:00", "2031-05-07,10:00,11:00").replace("Tides", "Tides"), "utf-8"
    )
    done = import_schedule(table, folder / "schedule.yaml", replace=True)
    assert "plan.csv: 3 sessions: 0 new, 1 changed, 2 as before, 0 gone" in done.report
    assert load(folder).sessions["lecture-tides"].date.day == 7


def test_characters_that_nobody_sees_do_no_harm(table: Path, folder: Path) -> None:
    table.write_text(TABLE.replace("Lecture: Tides", "Lecture:\x0b Tides\u202e\x07"), "utf-8")
    assert [each.title["en"] for each in imported(table, folder).values()][1] == "Lecture: Tides"


def test_another_language_adds_its_titles(table: Path, folder: Path) -> None:
    imported(table, folder)
    table.write_text("ID,Título,Fecha,Inicio,Fin\nlecture-tides,Mareas,2031-05-06,09:00,12:00\n", "utf-8")
    assert imported(table, folder, language="es")["lecture-tides"].title == {
        "en": "Lecture: Tides",
        "es": "Mareas",
    }


def test_without_replace_an_existing_schedule_stays_and_the_report_says_what_would_be(
    table: Path, folder: Path
) -> None:
    before = (folder / "schedule.yaml").read_bytes()
    done = import_schedule(table, folder / "schedule.yaml", replace=False)
    assert not done.is_written
    assert (folder / "schedule.yaml").read_bytes() == before
    assert done.report[-2] == "plan.csv: 3 sessions: 1 new, 1 changed, 1 as before, 0 gone"
    assert "add --replace" in done.report[-1]


def test_a_folder_without_a_schedule_gets_one(table: Path, folder: Path) -> None:
    (folder / "schedule.yaml").unlink()
    assert import_schedule(table, folder / "schedule.yaml", replace=False).is_written
    assert len(load(folder).sessions) == 3


def test_a_session_that_went_is_named(table: Path, folder: Path) -> None:
    table.write_text("\n".join(TABLE.splitlines()[:2]), "utf-8")
    done = import_schedule(table, folder / "schedule.yaml", replace=True)
    assert "plan.csv: 1 sessions: 0 new, 0 changed, 1 as before, 1 gone: port-visit" in done.report


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("Rail,2031-05-06,10:00,9:00,,", "plan.csv: row 5: end 09:00 is before start 10:00"),
        ("Rail,2031-05-06,9:00,10:00,,13:15", "plan.csv: row 5: the bus '13:15' names no time and place"),
        (
            "Rail,2031-05-06,9:00,10:00,,Old port",
            "plan.csv: row 5: the bus 'Old port' names no time and place",
        ),
    ],
)
def test_one_bad_row_and_nothing_is_written(table: Path, folder: Path, line: str, error: str) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    table.write_text(TABLE + line + "\n", "utf-8")
    with pytest.raises(RefusedError) as refused:
        import_schedule(table, folder / "schedule.yaml", replace=True)
    assert [each[: len(error)] for each in refused.value.errors] == [error]
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ("A B,Rail,2031-05-06,9:00,10:00\n", "row 2: the id 'A B' is used already, or is not an id"),
        ("hall,Rail,2031-05-06,9:00,10:00\n", "row 2: the id 'hall' is used already, or is not an id"),
        ("x,Rail,2031-05-06,9:00,10:00\nx,Bus,2031-05-06,9:00,10:00\n", "row 3: the id 'x' is used already"),
    ],
)
def test_ids_of_the_source_must_fit(table: Path, folder: Path, rows: str, error: str) -> None:
    table.write_text(f"ID,Title,Date,Start,End\n{rows}", "utf-8")
    with pytest.raises(RefusedError, match=error):
        import_schedule(table, folder / "schedule.yaml", replace=True)


def test_a_time_that_the_clock_skips_is_told_with_its_row(tmp_path: Path, table: Path) -> None:
    programme = (
        (write_folder(tmp_path) / "programme.yaml").read_text("utf-8").replace("2031-05-05", "2031-03-29")
    )
    folder = write_folder(tmp_path, programme=programme, schedule="sessions: []")
    table.write_text("Title,Date,Start,End\nNight walk,2031-03-30,01:30,02:30\n", "utf-8")
    with pytest.raises(RefusedError, match=r"plan\.csv.*01:30"):
        import_schedule(table, folder / "schedule.yaml", replace=True)


def test_a_session_that_an_answer_points_to_may_not_go(tmp_path: Path, table: Path) -> None:
    folder = write_folder(tmp_path, faq={"help": HELP.replace("[desk]", "[port-visit]")})
    table.write_text("\n".join(TABLE.splitlines()[:2]), "utf-8")
    with pytest.raises(
        RefusedError, match=r"faq/help\.yaml: .*no entry, site or session has the id 'port-visit'"
    ):
        import_schedule(table, folder / "schedule.yaml", replace=True)


def test_errors_in_other_files_do_not_stand_in_the_way(tmp_path: Path, table: Path) -> None:
    folder = write_folder(tmp_path, faq={"help": HELP.replace("follow_ups: [desk]", "follow_ups: [nothing]")})
    done = import_schedule(table, folder / "schedule.yaml", replace=True)
    assert done.is_written
    assert "other files have 1 errors: run python -m bot check" in done.report


def test_errors_in_what_is_needed_are_told_first(tmp_path: Path, table: Path) -> None:
    folder = write_folder(tmp_path, schedule="sessions: [{id: x}]")
    with pytest.raises(RefusedError, match=r"schedule\.yaml:1: .*missing"):
        import_schedule(table, folder / "schedule.yaml", replace=True)


def test_warnings_about_the_new_schedule_are_told(table: Path, folder: Path) -> None:
    table.write_text(TABLE + "Fair,2031-06-01,9:00,10:00,Fairground,\n", "utf-8")
    report = import_schedule(table, folder / "schedule.yaml", replace=True).report
    assert "plan.csv: row 5: 'Fairground' is no place of sites.yaml: kept as the room" in report
    assert any("2031-06-01 is outside the programme" in line for line in report)


@pytest.mark.parametrize("name", ["plan.pdf", "plan.xls", "plan"])
def test_other_files_are_refused(tmp_path: Path, folder: Path, name: str) -> None:
    (tmp_path / name).write_text("x", "utf-8")
    with pytest.raises(RefusedError, match=r"only \.ics, \.csv and \.xlsx can be imported"):
        import_schedule(tmp_path / name, folder / "schedule.yaml", replace=True)


def test_a_missing_file_a_wrong_target_and_too_much_are_refused(
    tmp_path: Path, folder: Path, table: Path
) -> None:
    with pytest.raises(RefusedError, match="cannot be read: No such file"):
        import_schedule(tmp_path / "none.csv", folder / "schedule.yaml", replace=True)
    with pytest.raises(RefusedError, match=r"is called schedule\.yaml"):
        import_schedule(table, folder / "plan.yaml", replace=True)
    table.write_bytes(b" " * 5_000_001)
    with pytest.raises(RefusedError, match="too large"):
        import_schedule(table, folder / "schedule.yaml", replace=True)


def test_a_workbook_is_imported(tmp_path: Path, folder: Path) -> None:
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for line in TABLE.splitlines()[:2]:
        sheet.append(line.split(","))
    book.save(file)
    (tmp_path / "plan.xlsx").write_bytes(file.getvalue())
    assert list(imported(tmp_path / "plan.xlsx", folder)) == ["opening"]


@pytest.mark.parametrize("language", ["en", "ko", "km"])
def test_our_own_calendar_comes_back_as_the_schedule_that_it_was(tmp_path: Path, language: str) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)
    before = load(folder)
    data = calendar_file(
        before,
        before.sessions.values(),
        language=language,
        moment=datetime(2016, 10, 1, tzinfo=UTC),
        namespace="a",
    )
    (tmp_path / "all.ics").write_bytes(data)
    assert imported(tmp_path / "all.ics", folder, language=language) == dict(before.sessions)


def test_the_command_says_what_it_did(table: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = str(folder / "schedule.yaml")
    assert main(["import", str(table), "--into", target]) == 1
    assert "add --replace" in capsys.readouterr().out
    assert main(["import", str(table), "--into", target, "--replace"]) == 0
    assert f"written to {folder.as_posix()}/schedule.yaml" in capsys.readouterr().out
    table.write_text("nothing\n", "utf-8")
    assert main(["import", str(table), "--into", target, "--replace"]) == 1
    assert capsys.readouterr().err.endswith("\n\nNothing was written.\n")
