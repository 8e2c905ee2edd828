"""The tables that `bench matching` prints."""

import argparse
import json
from pathlib import Path

import pytest

from bot import bench


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    bench.add_arguments(parser)
    return bench.run(parser.parse_args(arguments))


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
