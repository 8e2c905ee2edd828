"""Misspelled words are read as the knowledge base's own words."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from bot.matching.normalise import is_slot

SHORTEST, LONGEST = 3, 24
"""Characters of a token that may be corrected."""
_SYLLABIC_FROM = "\u0e00"  # from Thai on, one wrong character is a different word
_MOST_IN_ONE_TEXT = 40
"""A text with more unknown words than this is not a misspelled question."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One or two typed tokens that were read as one or two others."""

    typed: str
    read: str
    likeness: float  # 0–1: 1 when only a blank was missing or too many


class Speller:
    """Corrects tokens to the words of one language. `counts`: word → how often it occurs.

    `known` words are right as well, but rare: nothing is corrected to them.
    """

    def __init__(self, counts: Mapping[str, int], known: Collection[str] = ()) -> None:
        self._counts = counts
        self._known = known
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in counts:
            if _may_be_corrected(word):
                self._by_length[len(word)].append(word)

    def __contains__(self, token: str) -> bool:
        return token in self._counts or token in self._known

    def correct(self, tokens: Sequence[str]) -> tuple[list[str], list[Correction]]:
        """The tokens as they are read, and what was corrected.

        One typed token may be read as two words, and two as one.
        """
        read: list[str] = []
        corrections: list[Correction] = []
        waiting = iter(range(len(tokens)))
        for at in waiting:
            typed, following = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else ""
            if self._joins(typed, following):
                next(waiting)
                correction: Correction | None = Correction(f"{typed} {following}", typed + following, 1.0)
            else:
                correction = self._corrected(typed) if len(corrections) < _MOST_IN_ONE_TEXT else None
            if correction:
                corrections.append(correction)
            read += correction.read.split() if correction else [typed]
        return read, corrections

    def _joins(self, token: str, following: str) -> bool:
        """Whether two tokens, of which one says nothing alone, make a known word: 'wi fi', 'break fast'."""
        if not following or (token in self and following in self):
            return False
        return token + following in self._counts and not (token + following).isdigit()

    def _corrected(self, token: str) -> Correction | None:
        if token in self or not _may_be_corrected(token):
            return None
        return self._nearest(token) or self._split(token) or self._shortened(token)

    def _nearest(self, token: str) -> Correction | None:
        """The known word at the smallest distance; a frequent and similar one among equals."""
        found = max(self._near(token), default=None)
        if found is None:
            return None
        distance, _, word = found
        return Correction(token, word, 1 + distance / len(word))

    def _near(self, token: str) -> Iterator[tuple[float, float, str]]:
        """Known words near a token: minus the distance, the likeness, the word."""
        allowed = 1 if len(token) <= 6 else 2
        for length in range(len(token) - allowed, len(token) + allowed + 1):
            words = self._by_length.get(length, ())
            found = process.extract_iter(token, words, scorer=OSA.distance, score_cutoff=allowed)
            for word, distance, _ in found:
                if _begins_alike(token, word, int(distance)):
                    often = 0.02 * min(self._counts[word], 10) / 10
                    yield -distance, JaroWinkler.similarity(token, word) + often, word

    def _split(self, token: str) -> Correction | None:
        """Two known words written as one: 'airportbus'."""
        for cut in range(SHORTEST, len(token) - SHORTEST + 1):
            if token[:cut] in self._counts and token[cut:] in self._counts:
                return Correction(token, f"{token[:cut]} {token[cut:]}", 1.0)
        return None

    def _shortened(self, token: str) -> Correction | None:
        """A known word of which letters were left out, as in short messages: 'brkfst'."""
        longer = [
            word for length in range(len(token) + 1, 2 * len(token) + 1) for word in self._by_length[length]
        ]
        whole = [word for word in longer if word[0] == token[0] and _is_shortened(token, word)]
        best = max(whole, key=lambda word: (-len(word), self._counts[word]), default=None)
        return Correction(token, best, len(token) / len(best)) if best else None


def _may_be_corrected(token: str) -> bool:
    return (
        SHORTEST <= len(token) <= LONGEST
        and token[0] < _SYLLABIC_FROM
        and token.isalpha()
        and not is_slot(token)
    )


def _is_shortened(token: str, word: str) -> bool:
    """Whether `token` is `word` without its vowels, or most of them."""
    letters = iter(word)
    left_out = Counter(word) - Counter(token)
    return all(letter in letters for letter in token) and set(left_out) <= set("aeiouy")


def _begins_alike(token: str, word: str, distance: int) -> bool:
    """The first letter is seldom wrong, unless it changed places or the word is long."""
    if token[0] == word[0] or (len(token) >= 6 and distance == 1):
        return True
    return token[:2] == word[1::-1] and distance == 1
