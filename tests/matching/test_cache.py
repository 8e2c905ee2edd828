"""What was learned is kept, and never read wrongly."""

from pathlib import Path

import pytest

from bot.matching.index import ALL_UP_TO
from bot.matching.matcher import Matcher
from bot.matching.topics import Phrasing, Topic

TOPICS = [
    Topic("wifi", tuple(Phrasing(t, "en") for t in ("wifi password", "how to get internet", "wifi code"))),
    Topic("bus", tuple(Phrasing(t, "en") for t in ("when does the bus leave", "bus stop", "shuttle times"))),
]
QUESTIONS = ("wify pasword?", "wen is the coach leaving", "pizza", "wifi code")


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("*"))


def test_a_matcher_from_the_cache_matches_the_same(tmp_path: Path) -> None:
    synonyms = [["bus", "coach"]]
    fresh = Matcher(TOPICS, synonyms=synonyms, cache=tmp_path / "new")
    (file,) = kept(tmp_path / "new")
    written = file.stat().st_mtime_ns
    again = Matcher(TOPICS, synonyms=synonyms, cache=tmp_path / "new")
    assert [again.match(question) for question in QUESTIONS] == [
        fresh.match(question) for question in QUESTIONS
    ]
    assert file.stat().st_mtime_ns == written


def test_other_phrasings_or_synonyms_are_learned_anew(tmp_path: Path) -> None:
    Matcher(TOPICS, cache=tmp_path)
    Matcher(TOPICS, synonyms=[["bus", "coach"]], cache=tmp_path)
    Matcher(TOPICS[:1], cache=tmp_path)
    assert len(kept(tmp_path)) == 3


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 not a zip", b"\x80\x04K\x01."])
def test_a_damaged_file_is_replaced(tmp_path: Path, damage: bytes) -> None:
    right = Matcher(TOPICS, cache=tmp_path).match("wifi")
    (file,) = kept(tmp_path)
    file.write_bytes(damage)
    assert Matcher(TOPICS, cache=tmp_path).match("wifi") == right
    assert file.stat().st_size > 1000


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file, not a folder")
    assert Matcher(TOPICS, cache=taken).match("wifi code").exact


def test_old_files_are_forgotten(tmp_path: Path) -> None:
    for number in range(12):
        Matcher([*TOPICS, Topic(f"t{number}", (Phrasing(f"question {number}", "en"),))], cache=tmp_path)
    assert len(kept(tmp_path)) == 10


def test_a_big_base_is_kept_too(tmp_path: Path) -> None:
    topics = [Topic(f"t{n}", (Phrasing(f"bus {n % 97} to {n}", "en"),)) for n in range(ALL_UP_TO + 100)]
    question = "bus 3 to 100"
    assert Matcher(topics, cache=tmp_path).match(question) == Matcher(topics, cache=tmp_path).match(question)
