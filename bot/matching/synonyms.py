"""Words that an admin considers the same share a feature, whatever their language."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.matching.normalise import normalise
from bot.matching.stem import stem

_LONGEST_PHRASE = 4  # words
_SHORTEST_INSIDE = {"mn": 4, "ko": 2}
"""Languages whose words carry other words and chains of endings → characters of the shortest one in them."""
_COMPOUNDS = ("ko",)
"""Languages in which a word may also stand at the end or in the middle of another."""


class Synonyms:
    """Groups of words and short phrases that mean the same."""

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        self._groups: dict[tuple[str, ...], frozenset[int]] = {}
        self.words: list[str] = []
        for number, group in enumerate(groups):
            for word in group:
                tokens = tuple(normalise(word).split())
                if tokens and len(tokens) <= _LONGEST_PHRASE:
                    self._groups[tokens] = self._groups.get(tokens, frozenset()) | {number}
                    self.words.append(word)
        self._stemmed = lru_cache(maxsize=32)(self._stemmed_in)

    def __bool__(self) -> bool:
        return bool(self._groups)

    def _stemmed_in(self, language: str) -> dict[tuple[str, ...], frozenset[int]]:
        """The groups by what is left of their words in one language."""
        stemmed: dict[tuple[str, ...], frozenset[int]] = {}
        for tokens, numbers in self._groups.items():
            for key in (tokens, tuple(stem(token, language) for token in tokens)):
                stemmed[key] = stemmed.get(key, frozenset()) | numbers
        return stemmed

    def groups(self, tokens: Sequence[str], language: str) -> list[frozenset[int]]:
        """For each token, the numbers of the groups that it is in, alone or as part of a phrase."""
        found: list[frozenset[int]] = [frozenset()] * len(tokens)
        if not self._groups:
            return found
        known = self._stemmed(language)
        stems = tuple(stem(token, language) for token in tokens)
        for size in range(1, _LONGEST_PHRASE + 1):
            for start in range(len(tokens) - size + 1):
                window = slice(start, start + size)
                spellings = (tuple(tokens[window]), stems[window], ("".join(stems[window]),))
                numbers = next((known[spelling] for spelling in spellings if spelling in known), frozenset())
                if not numbers and size == 1:
                    numbers = self._inside(tokens[start], language)
                for place in range(start, start + size) if numbers else ():
                    found[place] |= numbers
        return found

    def _inside(self, token: str, language: str) -> frozenset[int]:
        """The groups of the longest synonyms in a compound or before an ending: '공항버스', 'avtobusnaas'."""
        shortest = _SHORTEST_INSIDE.get(language)
        if shortest is None:
            return frozenset()
        found: frozenset[int] = frozenset()
        start = 0
        while start + shortest <= len(token):
            ends = range(len(token), start + shortest - 1, -1)
            end = next((end for end in ends if (token[start:end],) in self._groups), None)
            if end is not None:
                found |= self._groups[(token[start:end],)]
            if language not in _COMPOUNDS:
                break
            start = end or start + 1
        return found
