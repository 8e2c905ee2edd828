"""A whole folder becomes a Knowledge, or all that is wrong with it is told at once."""

import pickle
from datetime import time
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge.loader import load
from bot.knowledge.problems import KnowledgeError
from tests.knowledge_folder import HELP, PROGRAMME, SCHEDULE, SITES, picture, write_folder


def test_a_folder_is_read_whole(folder: Path) -> None:
    knowledge = load(folder)
    assert knowledge.programme.languages == ("en", "es")
    assert knowledge.default_language == "en"
    assert list(knowledge.entries) == ["emergency", "desk"]
    assert list(knowledge.sites) == ["port", "hall"]
    assert list(knowledge.sessions) == ["opening", "port-visit"]
    assert knowledge.sessions["opening"].start == time(9, 30)
    assert knowledge.shuttles[0].leaves == time(8, 30)
    assert knowledge.categories[0].emoji == "🛟"
    assert knowledge.entries["desk"].questions == {
        "en": ("Where is the front desk?", "How do I reach a person?")
    }


def test_a_plain_text_is_of_the_programmes_first_language(tmp_path: Path) -> None:
    knowledge = load(write_folder(tmp_path, programme=PROGRAMME.replace("[en, es]", "[es, en]")))
    assert knowledge.sites["hall"].name == {"es": "Town hall"}


def test_sessions_come_ordered_by_their_start(tmp_path: Path) -> None:
    schedule = SCHEDULE.replace("2031-05-05", "2031-05-07", 1)
    assert list(load(write_folder(tmp_path, schedule=schedule)).sessions) == ["port-visit", "opening"]


def test_all_errors_of_all_files_are_told_at_once_in_order(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path,
        programme=PROGRAMME.replace("Europe/Lisbon", "Lisbon Time").replace("contact: desk", "contact: dsk"),
        sites=SITES.replace("about:", "abuot:", 1).replace("port.png", "prot.png"),
        schedule=SCHEDULE.replace("9:30", "25:00").replace("site: port", "site: prot"),
        faq={"a": "title: 'A\n", "help": HELP.replace("id: desk", "id: Desk")},
    )
    with pytest.raises(KnowledgeError) as error:
        load(folder)
    found = [(Path(problem.file).name, problem.line) for problem in error.value.problems]
    assert found == [
        ("a.yaml", 1),
        ("help.yaml", 11),
        ("programme.yaml", 4),
        ("schedule.yaml", 6),
        ("sites.yaml", 2),
        ("sites.yaml", 8),
        ("sites.yaml", 9),
    ]


def test_an_error_names_the_file_as_the_folder_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(tmp_path, schedule=SCHEDULE.replace("9:30", "25:00"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(KnowledgeError) as error:
        load(Path("knowledge"))
    assert str(error.value) == (
        "knowledge/schedule.yaml:6: sessions[0].start: '25:00' is not a time "
        "(write hours:minutes, such as 14:00)"
    )


def test_the_revision_changes_with_every_file_used_and_with_nothing_else(tmp_path: Path) -> None:
    first = load(write_folder(tmp_path / "1"))
    again = load(write_folder(tmp_path / "2"))
    assert first == again
    changed = [
        load(write_folder(tmp_path / "3", programme=f"{PROGRAMME}\n")),
        load(write_folder(tmp_path / "4", photos={"port.png": picture(41)})),
        load(write_folder(tmp_path / "5", faq={"other": HELP})),
        load(write_folder(tmp_path / "6", synonyms="groups: []")),
    ]
    assert len({knowledge.revision for knowledge in (first, *changed)}) == 5


def test_knowledge_survives_pickling(folder: Path) -> None:
    knowledge = load(folder)
    assert pickle.loads(pickle.dumps(knowledge)) == knowledge  # noqa: S301 - our own bytes


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(min_size=1), st.sampled_from([None, "|", "'", '"']), st.booleans())
def test_any_answer_arrives_as_typed_or_is_an_error_with_a_line(
    tmp_path: Path, text: str, style: str | None, unicode: bool
) -> None:
    entry = {"id": "a", "title": "A", "questions": [text], "answer": text}
    category = yaml.dump({"title": "A", "entries": [entry]}, default_style=style, allow_unicode=unicode)
    folder = write_folder(tmp_path, faq={"help": HELP, "more": category})
    try:
        read = load(folder).entries["a"]
    except KnowledgeError as error:
        assert all(problem.line for problem in error.problems)
    else:
        assert read.answer == {"en": text}
        assert read.questions == {"en": (text,)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, len(SCHEDULE)), st.text(alphabet=list("a1:-#[]{}'\"\n \t|&*\xa0"), max_size=3))
def test_a_slip_anywhere_in_a_file_gives_knowledge_or_problems(tmp_path: Path, place: int, slip: str) -> None:
    folder = write_folder(tmp_path, schedule=SCHEDULE[:place] + slip + SCHEDULE[place + 1 :])
    try:
        assert load(folder).entries
    except KnowledgeError as error:
        assert all(Path(problem.file).name == "schedule.yaml" and problem.line for problem in error.problems)
