"""The vectors of a benchmark's texts: made once by an encoder, and kept in a folder."""

import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from bot.bench.data import DataError
from bot.encoder.blocking import BlockingMeaning
from bot.encoder.choice import NoEncoderError, chosen
from bot.encoder.meaning import Meaning
from bot.matching.arrays import Floats
from bot.matching.meaning import Encoded

_ANNOUNCED = 500  # texts that take so long that it is said


class Vectors:
    """Gives vectors to texts. To be used with `with`, which ends the encoder."""

    def __init__(self, meaning: BlockingMeaning) -> None:
        self._meaning = meaning
        self._known: dict[str, Floats] = {}

    def __enter__(self) -> "Vectors":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._meaning.__exit__(kind, error, trace)

    @property
    def is_on(self) -> bool:
        """Whether there is an encoder."""
        return self._meaning.is_on

    def of(self, texts: Sequence[str]) -> Encoded:
        """The vector of each text. Raises DataError when the encoder fails."""
        new = [text for text in texts if text not in self._known]
        if len(new) >= _ANNOUNCED:
            print(f"Encoding up to {len(new):,} texts, once.", file=sys.stderr)
        if new:
            found = self._meaning.of_phrasings([*self._known, *new])
            if found is None:
                raise DataError(f"The encoder {self._meaning.name} failed.")
            self._known |= found
        return self._known


def vectors(encoder: str, folder: Path) -> Vectors:
    """Vectors by the encoder that is asked for as in the setting ENCODER, kept in `folder`.

    Raises DataError when its package is not installed.
    """
    try:
        model = chosen(encoder)
    except NoEncoderError as error:
        raise DataError(str(error)) from error
    return Vectors(BlockingMeaning(Meaning.by(model, folder)))
