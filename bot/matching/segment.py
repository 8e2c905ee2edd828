"""Khmer, Thai and Lao are written without blanks: known words are cut out of what has none."""

import re
from collections.abc import Iterable, Sequence

from bot.matching.normalise import normalise

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_SHORTEST = 2  # characters of a word that is cut out; one character occurs inside other words


class Segmenter:
    """Cuts tokens at the `words` that it knows, the longest first; what is left between them stays whole."""

    def __init__(self, words: Iterable[str]) -> None:
        known = {token for word in words for token in normalise(word).split() if _UNSPACED.match(token)}
        longest_first = sorted((word for word in known if len(word) >= _SHORTEST), key=len, reverse=True)
        # A word ends before a mark only by chance: the lookahead keeps syllables whole.
        pattern = "|".join(map(re.escape, longest_first))
        self._words = (
            re.compile(rf"((?:{pattern})(?![\u17b4-\u17d3\u0e31-\u0e3a\u0e47-\u0e4e]))") if known else None
        )

    def split(self, tokens: Sequence[str]) -> list[str]:
        """The tokens, with those in unspaced scripts cut."""
        if self._words is None:
            return list(tokens)
        return [piece for token in tokens for piece in self._pieces(token)]

    def _pieces(self, token: str) -> list[str]:
        if self._words is None or not _UNSPACED.search(token):
            return [token]
        return [piece for piece in self._words.split(token) if piece]
