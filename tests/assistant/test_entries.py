"""Answers that people wrote, with what the schedule adds to them."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.assistant.entries import entry_reply
from bot.assistant.reader import Reader
from bot.knowledge.loader import load
from bot.knowledge.problems import KnowledgeError
from tests.knowledge_folder import HELP, SCHEDULE, write_folder

MOMENT = datetime(2031, 5, 4, 12, tzinfo=ZoneInfo("Europe/Lisbon"))
BADGES = HELP.replace("    sample: true\n", "    sessions: [opening]\n")


def text(place: Path, language: str = "en", schedule: str = SCHEDULE, groups: tuple[str, ...] = ()) -> str:
    knowledge = load(write_folder(place, faq={"help": BADGES}, schedule=schedule))
    return entry_reply(knowledge.entries["desk"], Reader.of(knowledge, language, MOMENT, groups)).text


def test_when_a_session_is_that_an_answer_speaks_of_comes_from_the_schedule(tmp_path: Path) -> None:
    assert "**Opening**: Monday, May 5, 09:30–10:30, Town hall" in text(tmp_path)
    moved = SCHEDULE.replace("start: 9:30", "start: 11:00").replace("end: 10:30", "end: 12:00")
    assert "11:00–12:00" in text(tmp_path, schedule=moved)


def test_it_is_told_in_the_readers_language(tmp_path: Path) -> None:
    assert "Apertura" in text(tmp_path, "es")


def test_a_session_of_another_group_is_left_out(tmp_path: Path) -> None:
    of_a = SCHEDULE.replace("    kind: ceremony\n", "    kind: ceremony\n    groups: [A]\n")
    assert "Opening" in text(tmp_path, schedule=of_a, groups=("A",))
    assert "Opening" not in text(tmp_path, schedule=of_a, groups=("B",))


def test_a_session_that_does_not_exist_is_an_error_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(
        KnowledgeError, match=r"faq/help.yaml:\d+: .*no session has the id 'openning'.*opening"
    ):
        load(write_folder(tmp_path, faq={"help": BADGES.replace("[opening]", "[openning]")}))
