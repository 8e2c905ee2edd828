"""A text becomes a sparse vector: stemmed words and word pairs, and groups of letters inside the words."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from bot.matching.frequent import FREQUENT
from bot.matching.normalise import is_slot, normalise
from bot.matching.stem import stem

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

WORDS_SHARE = 0.35
"""Share of words and pairs in a similarity; the rest is letter groups."""
FREQUENT_WEIGHT = 0.5
"""Weight of a frequent word ('the', 'please'), against 1 for any other."""
SYNONYM_WEIGHT = 0.7
"""Weight of the group of synonyms that a word belongs to, against 1 for the word."""
LONGEST_TOKEN = 32  # characters of a token that are looked at

# A Khmer syllable is one unit: a letter, letters written below it, vowels and signs.
_UNITS = re.compile(r"[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17d3\u17dd])*|.", re.DOTALL)
_SYLLABLES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
"""Scripts in which one unit says as much as two or three Latin letters."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text ready for its features."""

    typed: tuple[str, ...]  # normalised tokens
    read: tuple[str, ...]  # the same with their spelling corrected
    language: str


@dataclass(frozen=True, slots=True)
class Vector:
    """A sparse vector of length 1 at most: what the knowledge base does not know takes its share."""

    ids: Ints
    weights: Floats


@lru_cache(maxsize=50_000)
def letter_groups(token: str) -> tuple[str, ...]:
    """Groups of 2–5 letters of a framed token, or of 1–3 units in scripts that write syllables."""
    if is_slot(token):
        return (token,)
    token = token[:LONGEST_TOKEN]
    syllabic = bool(_SYLLABLES.search(token))
    framed = [" ", *(_UNITS.findall(token) if syllabic else token), " "]
    sizes = range(1, 4) if syllabic else range(2, 6)
    return tuple(
        "".join(framed[at : at + size])
        for size in sizes
        for at in range(len(framed) - size + 1)
        if size > 1 or framed[at] != " "
    )


@lru_cache(maxsize=32)
def frequent_words(language: str) -> frozenset[str]:
    """A language's frequent words, normalised; empty for a language that is not bundled."""
    return frozenset(
        token for word in FREQUENT.get(language, "").split() for token in normalise(word).split()
    )


class Synonyms:
    """Which groups of synonyms a word belongs to."""

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self._groups: dict[str, list[str]] = {}
        for number, group in enumerate(groups):
            for word in group:
                self._groups.setdefault(normalise(word), []).append(f"={number}")

    def of(self, word: str) -> Sequence[str]:
        """The features of the groups that `word` (or a stem of it) is in."""
        return self._groups.get(word, ())


Counts = dict[str, float]
"""Feature → how much of it a text holds."""


def _dampened(counts: Counts) -> Counts:
    """1 + log tf, so that a repeated word does not take over."""
    return {name: 1 + math.log(count) if count > 1 else count for name, count in counts.items()}


def _weight(token: str, language: str) -> float:
    return FREQUENT_WEIGHT if token in frequent_words(language) else 1.0


def word_counts(tokens: Sequence[str], language: str, synonyms: Synonyms) -> Counts:
    """Weights of stemmed words, pairs and synonym groups."""
    counts: Counts = defaultdict(float)
    before, weight_before = "^", 0.0
    for token in tokens:
        root, weight = stem(token, language), _weight(token, language)
        counts[root] += weight
        counts[f"{before} {root}"] += max(weight, weight_before)
        for group in (*synonyms.of(token), *(synonyms.of(root) if root != token else ())):
            counts[group] += SYNONYM_WEIGHT
        before, weight_before = root, weight
    return _dampened(counts)


def group_counts(tokens: Sequence[str], language: str) -> Counts:
    """Weights of letter groups."""
    counts: Counts = defaultdict(float)
    for token in tokens:
        weight = _weight(token, language)
        for group in letter_groups(token):
            counts[group] += weight
    return _dampened(counts)


def mean(first: Counts, second: Counts) -> Counts:
    """The mean of two countings."""
    return {name: (first.get(name, 0.0) + second.get(name, 0.0)) / 2 for name in first.keys() | second.keys()}


class Table:
    """The numbers and the inverse document frequencies of one kind of features.

    `documents` are the countings of the phrasings, and `topics` the topic number of each. A feature is as
    rare as the topics that hold it are few.
    """

    def __init__(self, documents: Sequence[Counts], topics: Sequence[int]) -> None:
        held = {(name, topic) for document, topic in zip(documents, topics, strict=True) for name in document}
        counts = Counter(name for name, _ in held)
        self.numbers = {name: number for number, name in enumerate(sorted(counts))}
        total = 1 + len(set(topics))
        self.unknown_idf = math.log(total) + 1
        self._idf = np.array(
            [math.log(total / (1 + counts[name])) + 1 for name in self.numbers], dtype=np.float32
        )

    def vector(self, counts: Counts, share: float) -> Vector:
        """The vector of a counting; its length is sqrt(share) less what unknown features take."""
        known = {self.numbers[name]: weight for name, weight in counts.items() if name in self.numbers}
        unknown = sum(weight * weight for name, weight in counts.items() if name not in self.numbers)
        ids = np.fromiter(known, np.int32, len(known))
        weights = np.fromiter(known.values(), np.float32, len(known)) * self._idf[ids]
        length = math.sqrt(float(weights @ weights) + unknown * self.unknown_idf**2)
        return Vector(ids, weights * np.float32(math.sqrt(share) / length) if length else weights)


class Space:
    """The features of one knowledge base."""

    def __init__(self, texts: Sequence[Text], topics: Sequence[int], synonyms: Synonyms) -> None:
        self._synonyms = synonyms
        self._words = Table([self._word_counts(text) for text in texts], topics)
        self._groups = Table([self._group_counts(text) for text in texts], topics)

    @property
    def size(self) -> int:
        """How many features there are."""
        return len(self._words.numbers) + len(self._groups.numbers)

    def _word_counts(self, text: Text) -> Counts:
        return word_counts(text.read, text.language, self._synonyms)

    @staticmethod
    def _group_counts(text: Text) -> Counts:
        read = group_counts(text.read, text.language)
        return read if text.read == text.typed else mean(group_counts(text.typed, text.language), read)

    def vector(self, text: Text) -> Vector:
        """The features of a text: words first, then letter groups."""
        words = self._words.vector(self._word_counts(text), WORDS_SHARE)
        groups = self._groups.vector(self._group_counts(text), 1 - WORDS_SHARE)
        return Vector(
            np.concatenate([words.ids, groups.ids + np.int32(len(self._words.numbers))]),
            np.concatenate([words.weights, groups.weights]),
        )
