"""What speaks for the best match, as a few numbers from which its confidence is computed."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from bot.matching.features import Floats


@dataclass(frozen=True, slots=True)
class Signs:
    """Each is about 0–1; more is better."""

    score: float  # of the best topic
    margin: float  # of the best topic over the next one; negative when the next is something it is not about
    share: float  # of the best topic in the softmax over all topics
    nearest: float  # cosine with the nearest phrasing of the best topic
    sorted: float  # likeness of the letters to that phrasing, words in any order
    covered: float  # share of the meaningful words that phrasings of the best topic have

    def parts(self) -> Mapping[str, float]:
        """The signs by name, for an explanation."""
        return asdict(self)

    def row(self) -> Floats:
        """The signs as a regression wants them: a constant first, and the share as log-odds."""
        share = min(max(self.share, 1e-4), 1 - 1e-4)
        odds = math.log(share / (1 - share))
        return np.array(
            [1, self.score, self.margin, odds, self.nearest, self.sorted, self.covered], dtype=np.float32
        )
