"""The vectors of many texts in a file, so that they are made once."""

import hashlib
import logging
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from bot.encoder.wire import Floats

logger = logging.getLogger(__name__)

Vectors = Mapping[str, Floats]
"""Text → vector of length 1."""
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

    def keep(self, vectors: Vectors) -> None:
        """Writes the vectors, or logs that the folder cannot be written."""
        try:
            self.write(vectors)
        except OSError as error:
            logger.warning("The vectors cannot be kept, and are made again at the next start: %s", error)

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
