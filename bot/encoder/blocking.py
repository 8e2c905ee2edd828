"""Meaning for programs that may wait for it, such as the command line."""

import asyncio
from collections.abc import Sequence
from types import TracebackType

from bot.encoder.meaning import Meaning
from bot.encoder.vectors import Vectors

_SECONDS = 10.0  # for a question, while nobody else asks


class BlockingMeaning:
    """Waits for what `meaning` gives. To be used with `with`, which ends the encoder."""

    def __init__(self, meaning: Meaning) -> None:
        self.name, self.is_on = meaning.name, meaning.is_on
        self._meaning = meaning
        self._runner = asyncio.Runner()

    def __enter__(self) -> "BlockingMeaning":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._meaning.stop())
        self._runner.close()

    def known(self, texts: Sequence[str]) -> Vectors | None:
        """As `Meaning.known`."""
        return self._meaning.known(texts)

    def of_phrasings(self, texts: Sequence[str]) -> Vectors | None:
        """As `Meaning.of_phrasings`."""
        return self._runner.run(self._meaning.of_phrasings(texts))

    def of_question(self, texts: Sequence[str]) -> Vectors:
        """As `Meaning.of_question`, with time enough."""
        return self._runner.run(self._meaning.of_question(texts, _SECONDS))
