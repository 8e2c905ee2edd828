"""The command line waits for meaning, and ends the encoder when it is done."""

import sys
from pathlib import Path

from bot.encoder.blocking import BlockingMeaning
from bot.encoder.meaning import Meaning
from bot.encoder.process import EncoderProcess
from tests.encoder.conftest import MISBEHAVING


def test_vectors_come_without_a_loop(tmp_path: Path) -> None:
    encoder = EncoderProcess("healthy", tmp_path, command=(sys.executable, MISBEHAVING))
    with BlockingMeaning(Meaning(encoder, tmp_path)) as meaning:
        assert list(meaning.of_phrasings(["one", "two"]) or ()) == ["one", "two"]
        assert list(meaning.of_question(["three"])) == ["three"]
        assert list(meaning.known(["one"]) or ()) == ["one"]
        worker = encoder.pid
    assert not Path(f"/proc/{worker}").exists()


def test_nothing_is_waited_for_when_it_is_off(tmp_path: Path) -> None:
    with BlockingMeaning(Meaning.by(None, tmp_path)) as meaning:
        assert not meaning.is_on
        assert meaning.of_phrasings(["one"]) is None
        assert meaning.of_question(["one"]) == {}
