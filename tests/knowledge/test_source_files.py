"""Which files are read, which are needed, and which deserve a warning because they are not read."""

from pathlib import Path

import pytest

from bot.knowledge.loader import load, read
from bot.knowledge.problems import KnowledgeError
from tests.knowledge_folder import HELP, write_folder


def errors(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as error:
        load(folder)
    return [str(problem).removeprefix(f"{folder.as_posix()}/") for problem in error.value.problems]


def warnings(folder: Path) -> list[str]:
    return [str(warning).removeprefix(f"{folder.as_posix()}/") for warning in read(folder).warnings]


@pytest.mark.parametrize("name", ["programme.yaml", "sites.yaml", "schedule.yaml"])
def test_a_needed_file_that_is_missing_is_an_error(tmp_path: Path, name: str) -> None:
    folder = write_folder(tmp_path)
    (folder / name).unlink()
    assert errors(folder) == [f"{name}: is missing"]


@pytest.mark.parametrize(
    "name", ["programme.yaml", "sites.yaml", "schedule.yaml", "faq/help.yaml", "synonyms.yaml"]
)
def test_an_empty_file_is_an_error_and_never_deletes_everything(tmp_path: Path, name: str) -> None:
    folder = write_folder(tmp_path)
    (folder / name).write_bytes(b"")
    assert errors(folder) == [f"{name}:1: is empty"]


def test_a_folder_without_categories_is_an_error(tmp_path: Path) -> None:
    assert (
        errors(write_folder(tmp_path, faq={}))[0] == "faq: holds no .yaml file, so there is nothing to answer"
    )


def test_a_missing_folder_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as error:
        load(tmp_path / "none")
    assert str(error.value) == f"{tmp_path.as_posix()}/none: the knowledge folder is missing"


def test_a_file_too_large_is_an_error(tmp_path: Path) -> None:
    assert errors(write_folder(tmp_path, schedule="#" * 50_000_000)) == [
        "schedule.yaml: is too large: 50,000,000 bytes, at most 1,000,000"
    ]


def test_synonyms_may_be_missing_or_given(tmp_path: Path) -> None:
    assert load(write_folder(tmp_path)).synonyms == ()
    folder = write_folder(tmp_path, synonyms="groups:\n  - [bus, coach]\n  - [no, nope]\n")
    assert load(folder).synonyms == (("bus", "coach"), ("no", "nope"))


def test_a_group_of_one_synonym_is_an_error(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, synonyms="groups:\n  - [bus]\n")
    assert errors(folder) == ["synonyms.yaml:2: groups[0]: needs at least 2 of them, has 1"]


@pytest.mark.parametrize(
    "name", ["extra.yaml", "sites.yml", "Schedule.YAML", "sites.yaml.bak", "faq/more.yml"]
)
def test_a_file_that_looks_like_one_of_ours_but_is_not_read_is_warned_about(
    tmp_path: Path, name: str
) -> None:
    folder = write_folder(tmp_path)
    (folder / name).write_text("x")
    [warning] = warnings(folder)
    assert warning.startswith(f"{name}: is not read")


def test_hidden_files_artwork_and_other_things_are_ignored(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    before = load(folder).revision
    (folder / "artwork").mkdir()
    for name in (".git", "README.md", "artwork/map.svg", "faq/.swp.yaml", "faq/notes.txt"):
        (folder / name).write_text("x")
    assert warnings(folder) == []
    assert load(folder).revision == before


def test_categories_come_in_the_order_of_their_file_names(tmp_path: Path) -> None:
    other = "title: {}\nentries: [{{id: {}, title: X, answer: x}}]"
    faq = {"30-c": other.format("C", "c"), "10-a": other.format("A", "a"), "20-b": HELP}
    titles = [category.title["en"] for category in load(write_folder(tmp_path, faq=faq)).categories]
    assert titles == ["A", "Help", "C"]
