"""The meaning of texts, as far as it can be had: of phrasings once, of a question within its time."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bot.encoder.choice import described
from bot.encoder.process import EncoderProcess
from bot.encoder.vectors import VectorFile, Vectors

QUESTION_SECONDS = 0.25
"""A question waits so long for its vectors, and is then answered without."""
_BATCH = 8
"""Phrasings that are sent together: a question that comes in between waits about 100 ms."""
_BATCH_SECONDS = 30.0  # a worker may have to start first


class Meaning:
    """Asks one encoder, if there is one, and keeps the vectors of phrasings in `folder`."""

    def __init__(self, encoder: EncoderProcess | None, folder: Path) -> None:
        self._encoder = encoder
        self._file = VectorFile(folder, encoder.model) if encoder else None
        self.is_on = encoder is not None
        self.name = described(encoder.model if encoder else None)

    @classmethod
    def by(cls, model: str | None, folder: Path) -> "Meaning":
        """By the encoder of this name; its own files go to `folder` too."""
        return cls(EncoderProcess(model, folder / "models") if model else None, folder)

    def known(self, texts: Sequence[str]) -> Vectors | None:
        """The vectors of all texts, if all are in the file."""
        found = self._file.read(texts) if self._file else {}
        return found if found and all(text in found for text in texts) else None

    async def of_phrasings(self, texts: Sequence[str]) -> Vectors | None:
        """The vectors of all texts; None when the encoder fails on the way, and what it made is kept."""
        if self._encoder is None or self._file is None:
            return None
        found = await asyncio.to_thread(self._file.read, texts)
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            rows = await self._encoder.encode(batch, seconds=_BATCH_SECONDS)
            if rows is None:
                break
            found |= dict(zip(batch, rows, strict=True))
        if missing:
            await asyncio.to_thread(self._file.keep, found)
        return found if found and all(text in found for text in missing) else None

    async def of_question(self, texts: Sequence[str], seconds: float = QUESTION_SECONDS) -> Vectors:
        """The vectors of a question and its parts; none when they are not there in time."""
        rows = await self._encoder.encode(texts, seconds=seconds) if self._encoder and texts else None
        return {} if rows is None else dict(zip(texts, rows, strict=True))

    async def stop(self) -> None:
        """Ends the encoder."""
        if self._encoder:
            await self._encoder.stop()
