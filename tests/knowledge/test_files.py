"""Only regular files inside the folder are read."""

import os
import sys
from pathlib import Path

import pytest

from bot.knowledge.files import Folder, UnreadableError

posix = pytest.mark.skipif(sys.platform == "win32", reason="has no pipes or devices in the file system")


def refusal(folder: Path, name: str, limit: int = 100) -> str:
    with pytest.raises(UnreadableError) as error:
        Folder(folder).read(name, limit)
    return str(error.value)


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert Folder(tmp_path).read("a", 100) == b"x" * 100


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 101)
    assert refusal(tmp_path, "a") == "is too large: 101 bytes, at most 100"


def test_a_huge_sparse_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.truncate(50_000_000_000)
    assert "is too large" in refusal(tmp_path, "a")


def test_a_missing_file_a_folder_and_an_impossible_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    assert refusal(tmp_path, "a") == "is missing"
    assert refusal(tmp_path, "b") == "is not a file"
    assert "cannot be read" in refusal(tmp_path, "a\0b")


@posix
def test_a_link_is_not_followed_even_to_a_file_inside(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "c").symlink_to("/etc/passwd")
    assert refusal(tmp_path, "b") == refusal(tmp_path, "c") == "is a link; put the file itself there"


@posix
def test_a_pipe_a_device_and_a_socket_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path, "pipe") == "is not a file"
    assert refusal(Path("/dev"), "zero") == "is not a file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything may be read")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "a").chmod(0)
    assert refusal(tmp_path, "a") == "may not be read: permission denied"


def test_names_are_sorted_and_hidden_ones_left_out(tmp_path: Path) -> None:
    for name in ("b", "a", ".git"):
        (tmp_path / name).write_text("")
    assert Folder(tmp_path).names() == ["a", "b"]


@posix
def test_a_linked_subfolder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "faq").symlink_to("/etc")
    with pytest.raises(UnreadableError, match="is a link"):
        Folder(tmp_path).names("faq")


def test_a_file_instead_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "faq").write_text("")
    with pytest.raises(UnreadableError, match="is not a folder"):
        Folder(tmp_path).names("faq")
