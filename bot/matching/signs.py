"""What speaks for the best match, as a few numbers from which its confidence is computed."""

from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass

import numpy as np

from bot.matching.arrays import Floats


@dataclass(frozen=True, slots=True)
class Signs:
    """Each is at most 1, and more is better. Shares and cosines mean the same in every knowledge base."""

    margin: float  # of the best topic's score over the next one's, as a share of the score; may be negative
    nearest: float  # cosine with the nearest phrasing of the best topic
    lead: float  # of that cosine over the nearest phrasing of any other topic; may be negative
    sorted: float  # likeness of the letters to the nearest phrasing, words in any order
    covered: float  # share of the meaningful words that phrasings of the best topic have

    def parts(self) -> Mapping[str, float]:
        """The signs by name, for an explanation."""
        return asdict(self)

    def row(self) -> Floats:
        """The signs as a regression wants them, a constant first."""
        return np.array([1, *astuple(self)], dtype=np.float32)
