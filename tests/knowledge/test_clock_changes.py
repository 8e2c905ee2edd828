"""Sessions at times that the clocks skip or repeat are errors; other times are not."""

from pathlib import Path

import pytest

from bot.knowledge.loader import load
from bot.knowledge.problems import KnowledgeError
from tests.knowledge_folder import PROGRAMME, SCHEDULE, write_folder


def folder(tmp_path: Path, day: str, start: str, end: str, zone: str) -> Path:
    schedule = SCHEDULE.replace("date: 2031-05-05", f"date: {day}").replace("start: 9:30", f"start: {start}")
    return write_folder(
        tmp_path,
        schedule=schedule.replace("end: 10:30", f"end: {end}"),
        programme=PROGRAMME.replace("Europe/Lisbon", zone).replace("2031-05-05", "2026-01-01"),
    )


@pytest.mark.parametrize(
    ("times", "line", "words"),
    [
        (
            ("2026-03-29", "02:30", "04:00"),
            6,
            "02:30 on 2026-03-29 in Europe/Berlin does not exist: the clocks go forward",
        ),
        (("2026-03-29", "01:30", "02:30"), 7, "02:30 on 2026-03-29 in Europe/Berlin does not exist"),
        (
            ("2026-10-25", "02:30", "04:00"),
            6,
            "02:30 on 2026-10-25 in Europe/Berlin comes twice, because the clocks go back",
        ),
    ],
)
def test_a_time_that_the_night_lacks_or_has_twice_is_an_error(
    tmp_path: Path, times: tuple[str, str, str], line: int, words: str
) -> None:
    with pytest.raises(KnowledgeError) as error:
        load(folder(tmp_path, *times, "Europe/Berlin"))
    [problem] = error.value.problems
    assert problem.line == line
    assert words in problem.message


@pytest.mark.parametrize(
    ("day", "start", "end", "zone"),
    [
        ("2026-03-29", "01:59", "03:00", "Europe/Berlin"),
        ("2026-10-25", "01:59", "03:00", "Europe/Berlin"),
        ("2026-03-29", "02:30", "04:00", "Asia/Seoul"),
    ],
)
def test_times_around_the_change_and_in_other_zones_are_fine(
    tmp_path: Path, day: str, start: str, end: str, zone: str
) -> None:
    assert load(folder(tmp_path, day, start, end, zone)).sessions["opening"]
