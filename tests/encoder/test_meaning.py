"""Phrasings are encoded once and kept; a question gets its vectors in time or goes without."""

from pathlib import Path

from bot.encoder.meaning import Meaning
from tests.encoder.conftest import Make

TEXTS = ["Where is the bus?", "버스는 어디 있어요?", "wi\ud800fi"]
PATIENT = 30.0


def the_file(folder: Path) -> Path:
    (path,) = folder.glob("*.npz")
    return path


async def test_only_what_is_missing_is_encoded(make: Make, tmp_path: Path) -> None:
    sent = tmp_path / "sent.txt"
    meaning = Meaning(make(f"writes down {sent}"), tmp_path)
    assert await meaning.of_phrasings(["one", "two", "one"]) is not None
    assert sent.read_text("utf-8") == "one\ntwo"
    vectors = await meaning.of_phrasings(["two", "three"])
    assert vectors is not None
    assert sorted(vectors) == ["three", "two"]
    assert sent.read_text("utf-8") == "three"


async def test_what_was_encoded_is_known_at_the_next_start(make: Make, tmp_path: Path) -> None:
    await Meaning(make("healthy"), tmp_path).of_phrasings(TEXTS)
    known = Meaning(make("healthy"), tmp_path).known(TEXTS)
    assert known is not None
    assert list(known) == TEXTS
    assert Meaning(make("healthy"), tmp_path).known([*TEXTS, "new"]) is None


async def test_a_broken_file_is_made_anew(make: Make, tmp_path: Path) -> None:
    meaning = Meaning(make("healthy"), tmp_path)
    await meaning.of_phrasings(TEXTS)
    the_file(tmp_path).write_text("broken")
    assert meaning.known(TEXTS) is None
    await meaning.of_phrasings(TEXTS)
    assert meaning.known(TEXTS) is not None


async def test_phrasings_have_no_vectors_when_the_encoder_fails(make: Make, tmp_path: Path) -> None:
    assert await Meaning(make("dies"), tmp_path).of_phrasings(["one"]) is None


async def test_a_question_has_vectors_for_its_parts_or_none_at_all(make: Make, tmp_path: Path) -> None:
    texts = ["whole", "part"]
    healthy, dead = Meaning(make("healthy"), tmp_path), Meaning(make("dies"), tmp_path)
    assert list(await healthy.of_question(texts, PATIENT)) == texts
    assert await dead.of_question(texts, PATIENT) == {}
    assert await healthy.of_question([], PATIENT) == {}


async def test_without_an_encoder_nothing_has_a_meaning(tmp_path: Path) -> None:
    meaning = Meaning.by(None, tmp_path)
    assert meaning.known(TEXTS) is None
    assert await meaning.of_phrasings(TEXTS) is None
    assert await meaning.of_question(TEXTS) == {}
    assert meaning.name.startswith("off")
    await meaning.stop()
