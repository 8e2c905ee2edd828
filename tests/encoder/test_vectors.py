"""Vectors are made once, kept on disk by content and model, and made again when the file is broken."""

from pathlib import Path

import numpy as np
import pytest

from bot.encoder.vectors import VectorFile

TEXTS = ["Where is the bus?", "버스는 어디 있어요?", "wi\ud800fi"]


def rows(*texts: str) -> dict[str, np.ndarray]:
    return {text: np.eye(4, dtype=np.float32)[number] for number, text in enumerate(texts)}


def the_file(folder: Path) -> Path:
    (path,) = folder.glob("*.npz")
    return path


def test_what_was_written_is_read(tmp_path: Path) -> None:
    written = rows(*TEXTS)
    VectorFile(tmp_path / "new", "a model").write(written)
    read = VectorFile(tmp_path / "new", "a model").read([*TEXTS, "unknown"])
    assert list(read) == TEXTS
    assert all(np.array_equal(read[text], written[text]) for text in TEXTS)


def test_each_model_has_its_own(tmp_path: Path) -> None:
    VectorFile(tmp_path, "a model").write(rows(*TEXTS))
    assert VectorFile(tmp_path, "another").read(TEXTS) == {}


def test_what_is_no_longer_asked_for_is_dropped(tmp_path: Path) -> None:
    file = VectorFile(tmp_path, "a model")
    file.write(rows("old", "kept"))
    file.write(rows("kept"))
    assert list(file.read(["old", "kept"])) == ["kept"]


@pytest.mark.parametrize("damage", ["cut", "text", "empty", "other arrays", "objects"])
def test_a_broken_file_counts_as_none(tmp_path: Path, damage: str) -> None:
    file = VectorFile(tmp_path, "a model")
    file.write(rows(*TEXTS))
    path = the_file(tmp_path)
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-40])
    elif damage == "other arrays":
        np.savez(path, keys=np.zeros(3), rows=np.zeros((2, 4)))
    elif damage == "objects":
        np.savez(path, keys=np.array([{}], dtype=object), rows=np.zeros((1, 4), dtype=np.float32))
    else:
        path.write_text("" if damage == "empty" else "not an archive")
    assert file.read(TEXTS) == {}


def test_a_folder_that_cannot_be_written_costs_only_the_next_start(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    file = VectorFile(tmp_path / "taken", "a model")
    file.keep(rows(*TEXTS))
    assert file.read(TEXTS) == {}
