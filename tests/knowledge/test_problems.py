"""A problem as it is printed."""

from pathlib import Path

import pytest

from bot.knowledge.loader import load
from bot.knowledge.message import Message
from bot.knowledge.problems import KnowledgeError, Problem, at_path, did_you_mean, path_words, quoted
from bot.locales import words_in
from tests.knowledge_folder import HELP, SCHEDULE, SITES, write_folder


def test_a_problem_reads_like_a_compilers() -> None:
    assert str(Problem("knowledge/a.yaml", 14, "is wrong")) == "knowledge/a.yaml:14: is wrong"


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    assert str(Problem("knowledge/a.yaml", 0, "is missing")) == "knowledge/a.yaml: is missing"


def test_an_error_shows_every_problem() -> None:
    assert str(KnowledgeError([Problem("a", 1, "x"), Problem("b", 2, "y")])) == "a:1: x\nb:2: y"


def test_problems_are_said_in_another_language_and_places_stay() -> None:
    problem = at_path(("sessions", 3, "site"), Message("no site has the id {id}{hint}", id="'hal'", hint=""))
    error = KnowledgeError([Problem("a", 1, problem), Problem("b", 2, "y")])
    assert error.said(words_in("es")) == "a:1: sessions[3].site: ningún lugar tiene el id 'hal'\nb:2: y"


def test_a_problem_of_a_whole_file_names_no_place_in_it() -> None:
    assert at_path((), "is empty") == "is empty"


def test_a_long_value_is_cut_and_stays_on_one_line() -> None:
    assert quoted("one\n  two") == "'one two'"
    assert quoted("x" * 90) == f"'{'x' * 49}…'"


def test_a_close_word_is_offered_and_a_far_one_is_not() -> None:
    assert did_you_mean("anwser", ["answer", "title"]) == " (did you mean 'answer'?)"
    assert did_you_mean("zebra", ["answer", "title"]) == ""


def test_a_place_in_a_file_counts_from_nought() -> None:
    assert path_words(("sessions", 3, "buses", 0, "at")) == "sessions[3].buses[0].at"
    assert path_words(()) == ""


def test_every_kind_of_problem_of_a_folder_is_said_in_the_language_of_who_reads(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path,
        sites=SITES.replace("file: port.png", "file: gone.png").replace("visited: false", "visited: maybe"),
        schedule=SCHEDULE.replace("site: hall\n", "site: hal\n").replace("9:30", "25:00"),
        faq={"help": HELP.replace("title: Help", "titel: Help"), "odd": "entries: *all\n"},
    )
    (folder / "synonyms.yaml").write_bytes(b"\xff\xfe")
    (folder / "faq" / "empty.yaml").write_bytes(b"")
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    english, french = str(caught.value).splitlines(), caught.value.said(words_in("fr")).splitlines()
    assert len(english) == len(french) >= 8
    places = [line.partition(": ")[0] for line in english]
    assert [line.partition(": ")[0] for line in french] == places
    assert not set(english) & set(french)
