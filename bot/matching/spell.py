"""Misspelled words are read as the knowledge base's own words."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.normalise import is_slot

SHORTEST, LONGEST = 3, 24
"""Characters of a token that may be corrected."""
_SYLLABIC_FROM = "\u0e00"  # from Thai on, one wrong character is a different word
_MOST_IN_ONE_TEXT = 40
"""A text with more unknown words than this is not a misspelled question."""
_LONG = 6
"""Characters from which on a word may begin with a wrong letter, or hold two slips."""
_NO_VOWELS = str.maketrans("", "", "aeiouy")
_SLIP_COST, _OFTEN, _IN_PLACE = 3.0, 0.3, 0.8
"""What a slip costs against how often a word is written, and against standing beside its usual neighbour."""
_KEY = {key: (row, place + row / 2) for row, keys in enumerate(("qwertyuiop", "asdfghjkl", "zxcvbnm")) for place, key in enumerate(keys)}  # fmt: skip  # noqa: E501 - one keyboard
"""Where a key is on a phone, in keys."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One or two typed tokens that were read as one or two others."""

    typed: str
    read: str
    likeness: float  # 0–1: 1 when only a blank was missing or too many


@dataclass(frozen=True, slots=True)
class Written:
    """What is known of the words of one language."""

    counts: Mapping[str, int]  # how often each is written
    pairs: Collection[str]  # which stand side by side, with a blank between them

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]]) -> "Written":
        """What is known from some texts, which are sequences of words."""
        counts: Counter[str] = Counter()
        pairs: set[str] = set()
        for tokens in texts:
            counts.update(tokens)
            pairs.update(f"{one} {other}" for one, other in pairwise(tokens))
        return cls(counts, pairs)


class Speller:
    """Corrects tokens to written words; the `known` words are right as well, but none is corrected to."""

    def __init__(self, written: Written, known: Collection[str] = ()) -> None:
        self.counts, self._pairs = written.counts, written.pairs
        self._known = known
        self._alike: dict[tuple[str, int], list[str]] = defaultdict(list)  # by first letter and length
        self._by_tail: dict[str, list[str]] = defaultdict(list)  # by all letters but the first
        self._by_skeleton: dict[str, list[str]] = defaultdict(list)  # by the letters that are no vowels
        for word in self.counts:
            if len(word) >= SHORTEST - 1 and word.isalpha() and not is_slot(word):
                self._alike[word[0], len(word)].append(word)
                self._by_tail[word[1:]].append(word)
                self._by_skeleton[word.translate(_NO_VOWELS)].append(word)

    def __contains__(self, token: str) -> bool:
        return token in self.counts or token in self._known

    def correct(self, tokens: Sequence[str]) -> tuple[list[str], list[Correction]]:
        """The tokens as they are read, and what was corrected.

        One typed token may be read as two words, and two as one.
        """
        read: list[str] = []
        corrections: list[Correction] = []
        places = iter(range(len(tokens)))
        for at in places:
            typed, following = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else ""
            correction: Correction | None = None
            if self._joins(typed, following):
                next(places)
                correction = Correction(f"{typed} {following}", typed + following, 1.0)
            elif len(corrections) < _MOST_IN_ONE_TEXT:
                correction = self._corrected(typed, read[-1] if read else "", following)
            if correction:
                corrections.append(correction)
            read += correction.read.split() if correction else [typed]
        return read, corrections

    def _joins(self, token: str, following: str) -> bool:
        """Whether two tokens, of which one says nothing alone, make a known word: 'wi fi', 'break fast'."""
        if not following or (token in self and following in self):
            return False
        return token + following in self.counts and not (token + following).isdigit()

    def _corrected(self, token: str, before: str, following: str) -> Correction | None:
        if token in self or not _may_be_corrected(token):
            return None
        near = self._near(token, 1, before, following)
        return near or self._split(token) or self._near(token, 2, before, following) or self._shortened(token)

    def _near(self, token: str, distance: int, before: str, following: str) -> Correction | None:
        """The likeliest word at a distance; two slips happen in long words only."""
        if distance > 1 and len(token) <= _LONG:
            return None
        words = list(self._at(token, distance))
        if not words:
            return None

        def likelihood(word: str) -> float:
            beside = (f"{before} {word}" in self._pairs) + (f"{word} {following}" in self._pairs)
            often = _OFTEN * math.log(self.counts[word])
            return often + _IN_PLACE * beside - _SLIP_COST * _slip(token, word, distance)

        best = max(words, key=likelihood)
        return Correction(token, best, 1 - distance / len(best))

    def _at(self, token: str, distance: int) -> Iterator[str]:
        """The known words at a distance. The first letter is right, but for one slip."""
        for length in range(len(token) - distance, len(token) + distance + 1):
            words = self._alike.get((token[0], length), ())
            for word, _, _ in process.extract_iter(token, words, scorer=OSA.distance, score_cutoff=distance):
                yield word
        if distance == 1:
            yield from self._but_for_the_first_letter(token)

    def _but_for_the_first_letter(self, token: str) -> Iterator[str]:
        """Words whose first letter changed places with the second; of long ones also a wrong one."""
        swapped = token[1] + token[0] + token[2:]
        if swapped in self.counts:
            yield swapped
        if len(token) >= _LONG:
            yield from self._by_tail.get(token[1:], ())  # another letter
            yield from self._by_tail.get(token, ())  # it is missing
            yield from (word for word in (token[1:],) if word in self.counts)  # one too many

    def _split(self, token: str) -> Correction | None:
        """Two known words written as one: 'airportbus', 'mycard'."""
        for cut in range(2, len(token) - 1):
            halves = token[:cut], token[cut:]
            written = " ".join(halves) in self._pairs or min(len(token[:cut]), len(token[cut:])) >= SHORTEST
            if written and halves[0] in self.counts and halves[1] in self.counts:
                return Correction(token, " ".join(halves), 1.0)
        return None

    def _shortened(self, token: str) -> Correction | None:
        """A known word of which vowels were left out, as in short messages: 'brkfst'."""
        words = self._by_skeleton.get(token.translate(_NO_VOWELS), ())
        whole = [word for word in words if word[0] == token[0] and _is_shortened(token, word)]
        best = max(whole, key=lambda word: (-len(word), self.counts[word]), default=None)
        return Correction(token, best, len(token) / len(best)) if best else None


def _may_be_corrected(token: str) -> bool:
    return (
        SHORTEST <= len(token) <= LONGEST
        and token[0] < _SYLLABIC_FROM
        and token.isalpha()
        and not is_slot(token)
    )


def _slip(typed: str, word: str, distance: int) -> float:
    """How unlikely a slip of the fingers is; swapped, doubled and neighbouring letters are less so."""
    if distance > 1:
        return float(distance)
    if len(typed) == len(word):
        differing = [(a, b) for a, b in zip(typed, word, strict=True) if a != b]
        return 0.5 if len(differing) == 2 or _are_neighbours(*differing[0]) else 1.0
    longer, shorter = (typed, word) if len(typed) > len(word) else (word, typed)
    undoubled = "".join(b for a, b in pairwise(f" {longer}") if a != b)
    return 0.5 if undoubled == "".join(b for a, b in pairwise(f" {shorter}") if a != b) else 0.8


def _are_neighbours(one: str, other: str) -> bool:
    if one not in _KEY or other not in _KEY:
        return False
    (row, place), (other_row, other_place) = _KEY[one], _KEY[other]
    return abs(row - other_row) <= 1 and abs(place - other_place) <= 1


def _is_shortened(token: str, word: str) -> bool:
    """Whether `token` is `word` with some letters left out, not more than half."""
    letters = iter(word)
    return len(word) <= 2 * len(token) and all(letter in letters for letter in token)
