"""Constants fitted on data."""

import json
import re
from pathlib import Path

import pytest

from bot.bench.fit import fit_and_print
from bot.matching.calibrate import RIGHT

WORDS = "bus train plane hotel room bath towel lunch dinner coffee bank money card doctor nurse shop market"


def write(folder: Path, name: str, words: list[str]) -> None:
    pairs = [(one, other) for one in words for other in words if one < other][:40]
    entries = [
        {"id": f"{a}-{b}", "questions": [f"where is the {a} {b}", f"{a} {b}", f"i need a {a} for {b}"]}
        for a, b in pairs
    ]
    tests: list[dict[str, str | None]] = [{"q": f"is there {a} and {b}", "id": f"{a}-{b}"} for a, b in pairs]
    tests += [{"q": f"what about {a} {a}{b}", "id": None} for a, b in pairs[:10]]
    (folder / f"{name}-k3-s1.json").write_text(json.dumps({"entries": entries}))
    for kind in ("clean", "typo"):
        (folder / f"{name}-dev-{kind}.json").write_text(json.dumps({"tests": tests}))


def test_the_constants_are_printed_with_their_reliability_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "one", WORDS.split()[:12])
    write(tmp_path, "two", WORDS.split()[5:])
    assert fit_and_print(tmp_path, 0) == 0
    printed = capsys.readouterr().out
    assert len(re.findall(r"expected calibration error 0\.\d+", printed)) == 4
    constants = re.search(r"^RIGHT = \((.*)\)$", printed, re.MULTILINE)
    assert constants and len(constants[1].split(",")) == len(RIGHT)


def test_a_folder_without_data_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fit_and_print(tmp_path, 0) == 2
    assert str(tmp_path) in capsys.readouterr().err
