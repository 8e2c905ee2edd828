"""Misspelled words are read as the knowledge base's own words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from bot.matching.normalise import is_slot

SHORTEST, LONGEST = 3, 24
"""Characters of a token that may be corrected."""
_VOWELS = str.maketrans("", "", "aeiouy")
_SYLLABIC_FROM = "\u0e00"  # from Thai on, one wrong character is a different word
_CORRECTED_IN_ONE_TEXT = 40
"""A text with more unknown words than this is not a misspelled question."""


class Speller:
    """Corrects tokens to known words. `counts`: known word → how often it occurs."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = {word: count for word, count in counts.items() if not is_slot(word)}
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._by_skeleton: dict[str, str] = {}
        for word in sorted(self._counts, key=lambda word: (self._counts[word], word)):
            if self._may_be_corrected(word):
                self._by_length[len(word)].append(word)
                skeleton = word.translate(_VOWELS)
                if len(skeleton) >= SHORTEST - 1 and skeleton != word:
                    self._by_skeleton[skeleton] = word

    def __contains__(self, token: str) -> bool:
        return token in self._counts

    def correct(self, tokens: Iterable[str]) -> tuple[list[str], list[tuple[str, str]]]:
        """The tokens as they are read, and the (typed, read) pairs that differ.

        One typed token may be read as two words, and two as one.
        """
        read: list[str] = []
        corrections: list[tuple[str, str]] = []
        budget = _CORRECTED_IN_ONE_TEXT
        waiting = list(tokens)
        at = 0
        while at < len(waiting):
            token = waiting[at]
            following = waiting[at + 1] if at + 1 < len(waiting) else ""
            if self._joins(token, following):
                token, words = f"{token} {following}", [token + following]
                at += 1
            elif token in self._counts or not self._may_be_corrected(token) or budget == 0:
                words = [token]
            else:
                budget -= 1
                words = self._read(token)
            if words != [token]:
                corrections.append((token, " ".join(words)))
            read += words
            at += 1
        return read, corrections

    def _joins(self, token: str, following: str) -> bool:
        """Whether two tokens, of which one says nothing alone, make a known word: 'wi fi', 'break fast'."""
        if not following or (token in self._counts and following in self._counts):
            return False
        return token + following in self._counts and not (token + following).isdigit()

    @staticmethod
    def _may_be_corrected(token: str) -> bool:
        return (
            SHORTEST <= len(token) <= LONGEST
            and token[0] < _SYLLABIC_FROM
            and token.isalpha()
            and not is_slot(token)
        )

    def _read(self, token: str) -> list[str]:
        near = self._nearest(token)
        if near:
            return [near]
        halves = self._split(token)
        if halves:
            return halves
        skeleton = token.translate(_VOWELS)
        return [self._by_skeleton.get(skeleton, token) if len(skeleton) >= SHORTEST - 1 else token]

    def _nearest(self, token: str) -> str | None:
        """The known word at the smallest distance; a frequent and similar one among equals."""
        allowed = 1 if len(token) <= 6 else 2
        best: tuple[float, float] | None = None
        found = None
        for length in range(len(token) - allowed, len(token) + allowed + 1):
            words = self._by_length.get(length)
            if not words:
                continue
            for word, distance, _ in process.extract_iter(
                token, words, scorer=OSA.distance, score_cutoff=allowed
            ):
                if not _begins_alike(token, word, int(distance)):
                    continue
                likeness = JaroWinkler.similarity(token, word) + 0.02 * min(self._counts[word], 10) / 10
                if best is None or (-distance, likeness) > best:
                    best, found = (-distance, likeness), word
        return found

    def _split(self, token: str) -> list[str] | None:
        """Two known words written as one: 'airportbus'."""
        for cut in range(SHORTEST, len(token) - SHORTEST + 1):
            if token[:cut] in self._counts and token[cut:] in self._counts:
                return [token[:cut], token[cut:]]
        return None


def _begins_alike(token: str, word: str, distance: int) -> bool:
    """The first letter is seldom wrong, unless it changed places or the word is long."""
    if token[0] == word[0] or (len(token) >= 6 and distance == 1):
        return True
    return token[:2] == word[1::-1] and distance == 1
