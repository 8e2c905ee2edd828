"""The vectors of many texts: from a file where they are known, else from the encoder, a few at a time."""

import hashlib
import logging
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from bot.encoder.process import EncoderProcess
from bot.encoder.wire import Floats

logger = logging.getLogger(__name__)

Vectors = Mapping[str, Floats]
"""Text → vector of length 1."""
QUESTION_SECONDS = 0.25
"""A question waits so long for its vectors, and is then answered without."""
_BATCH = 8
"""Texts that are sent together: a question that comes in between waits about 100 ms."""
_BATCH_SECONDS = 30.0  # a worker may have to start first
_KEY_BYTES = 16


class VectorFile:
    """Vectors on disk by content hash, one file for each model. A broken file counts as none."""

    def __init__(self, folder: Path, model: str) -> None:
        self._model = model
        name = hashlib.sha256(model.encode()).hexdigest()[:12]
        self._path = folder / f"vectors-{name}.npz"

    def read(self, texts: Iterable[str]) -> dict[str, Floats]:
        """The vectors of those texts that are in the file."""
        try:
            with self._path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
                keys, rows = file["keys"], file["rows"]
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            logger.warning("%s cannot be read and is made anew (%s)", self._path, type(error).__name__)
            return {}
        if keys.dtype != f"S{2 * _KEY_BYTES}" or rows.dtype != np.float32 or rows.shape[:1] != keys.shape:
            logger.warning("%s holds something else and is made anew", self._path)
            return {}
        place = {key: number for number, key in enumerate(keys.tolist())}
        found = {text: place[key] for text in texts if (key := self._key(text)) in place}
        return {text: rows[number] for text, number in found.items()}

    def write(self, vectors: Vectors) -> None:
        """Puts these vectors in the place of what the file held, all or nothing."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        keys = np.array([self._key(text) for text in vectors], dtype=f"S{2 * _KEY_BYTES}")
        with tempfile.NamedTemporaryFile(dir=self._path.parent, suffix=".part", delete=False) as part:
            np.savez(part, keys=keys, rows=np.array(list(vectors.values()), dtype=np.float32))
        Path(part.name).replace(self._path)

    def _key(self, text: str) -> bytes:
        whole = f"{self._model}\0{text}".encode(errors="surrogatepass")
        return hashlib.sha256(whole).hexdigest()[: 2 * _KEY_BYTES].encode()


async def vectors_of(texts: Sequence[str], encoder: EncoderProcess, file: VectorFile) -> Vectors | None:
    """The vectors of all texts; None when the encoder fails on the way, and what it made is kept."""
    known = file.read(texts)
    missing = [text for text in dict.fromkeys(texts) if text not in known]
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        rows = await encoder.encode(batch, seconds=_BATCH_SECONDS)
        if rows is None:
            break
        known |= dict(zip(batch, rows, strict=True))
    if missing:
        _keep(file, known)
    return known if all(text in known for text in missing) else None


async def vectors_of_question(texts: Sequence[str], encoder: EncoderProcess) -> Vectors:
    """The vectors of a question and its parts; none when they are not there in time."""
    rows = await encoder.encode(texts, seconds=QUESTION_SECONDS) if texts else None
    return {} if rows is None else dict(zip(texts, rows, strict=True))


def _keep(file: VectorFile, vectors: Vectors) -> None:
    try:
        file.write(vectors)
    except OSError as error:
        logger.warning("The vectors cannot be kept, and are made again at the next start: %s", error)
