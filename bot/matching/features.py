"""A text becomes a sparse vector: stemmed words and word pairs, and groups of letters inside the words."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

from bot.matching.frequent import FREQUENT
from bot.matching.normalise import is_slot, normalise
from bot.matching.stem import stem

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

WORDS_SHARE = 0.6
"""Share of words and pairs in a similarity; the rest is letter groups."""
FREQUENT_WEIGHT = 0.9
"""Weight of a frequent word ('the', 'please'), against 1 for any other."""
PAIR_WEIGHT = 0.7
"""Weight of two words in a row."""
SYNONYM_WEIGHT = 1.5
"""Weight of the group of synonyms that a word belongs to."""
ROOT_WEIGHT = 0.4
"""What remains of the weight of a word itself when it belongs to a group."""
CONCEPTS_WEIGHT = 1.0
"""Weight of two groups of synonyms in one text, in any order: 'lost' and 'passport'."""
_MOST_CONCEPTS = 6  # groups of a text that are paired
UNKNOWN_WEIGHT = 1.5
"""How much more a feature counts that no phrasing has: it tells a question that is about something else."""
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
    likeness: tuple[float, ...]  # of each token that was read to what was typed, 0–1
    groups: tuple[frozenset[int], ...]  # of synonyms, of each token that was read


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


Counts = dict[str, float]
"""Feature → how much of it a text holds."""


def _dampened(counts: Counts) -> Counts:
    """1 + log tf, so that a repeated word does not take over."""
    return {name: 1 + math.log(count) if count > 1 else count for name, count in counts.items()}


def _weight(token: str, language: str) -> float:
    return FREQUENT_WEIGHT if token in frequent_words(language) else 1.0


def word_counts(text: Text) -> Counts:
    """Weights of stemmed words, pairs of neighbours, groups of synonyms and pairs of groups."""
    counts: Counts = defaultdict(float)
    before, weight_before = "^", 0.0
    for token, groups in zip(text.read, text.groups, strict=True):
        root, weight = stem(token, text.language), _weight(token, text.language)
        counts[root] += weight * (ROOT_WEIGHT if groups else 1)
        counts[f"{before} {root}"] += PAIR_WEIGHT * max(weight, weight_before)
        for group in groups:
            counts[f"={group}"] += SYNONYM_WEIGHT
        before, weight_before = root, weight
    concepts = sorted({min(groups) for groups in text.groups if groups})[:_MOST_CONCEPTS]
    for one, other in combinations(concepts, 2):
        counts[f"={one} ={other}"] = CONCEPTS_WEIGHT
    return _dampened(counts)


def _group_counts(tokens: Sequence[str], language: str) -> Counts:
    """Weights of letter groups."""
    counts: Counts = defaultdict(float)
    for token in tokens:
        weight = _weight(token, language)
        for group in letter_groups(token):
            counts[group] += weight
    return _dampened(counts)


def group_counts(text: Text) -> Counts:
    """Weights of letter groups: the mean of what was typed and what was read."""
    read = _group_counts(text.read, text.language)
    if text.read == text.typed:
        return read
    typed = _group_counts(text.typed, text.language)
    return {name: (typed.get(name, 0.0) + read.get(name, 0.0)) / 2 for name in typed.keys() | read.keys()}


class Table:
    """The numbers and the inverse document frequencies of one kind of features.

    `documents` are the countings of the phrasings, and `topics` the topic number of each. A feature is as
    rare as the topics that hold it are few. `share` is the squared length of a vector of known features.
    """

    def __init__(self, documents: Sequence[Counts], topics: Sequence[int], share: float) -> None:
        held = {(name, topic) for document, topic in zip(documents, topics, strict=True) for name in document}
        counts = Counter(name for name, _ in held)
        self.numbers = {name: number for number, name in enumerate(sorted(counts))}
        self.topics_with = np.array([counts[name] for name in self.numbers], dtype=np.int32)
        total = 1 + len(set(topics))
        self._idf = np.log(total / (1 + self.topics_with)).astype(np.float32) + 1
        self._unknown_idf = UNKNOWN_WEIGHT * (math.log(total) + 1)
        self._length = math.sqrt(share)

    def vector(self, counts: Counts) -> Vector:
        """The vector of a counting; unknown features take their share of its length."""
        known = {self.numbers[name]: weight for name, weight in counts.items() if name in self.numbers}
        unknown = sum(weight * weight for name, weight in counts.items() if name not in self.numbers)
        ids = np.fromiter(known, np.int32, len(known))
        weights = np.fromiter(known.values(), np.float32, len(known)) * self._idf[ids]
        return Vector(ids, self._scaled(weights, unknown * self._unknown_idf**2))

    def without(self, vector: Vector, unknown: Bools) -> Vector:
        """The vector as it would be if the features marked in `unknown` occurred nowhere."""
        lost = vector.weights[unknown] / self._idf[vector.ids[unknown]] * self._unknown_idf
        weights = vector.weights[~unknown]
        return Vector(vector.ids[~unknown], self._scaled(weights, float(lost @ lost)))

    def _scaled(self, weights: Floats, unknown: float) -> Floats:
        length = math.sqrt(float(weights @ weights) + unknown)
        return weights * np.float32(self._length / length) if length else weights


class Space:
    """The features of one knowledge base: words first, then letter groups."""

    def __init__(self, words: Table, groups: Table) -> None:
        self._words = words
        self._groups = groups
        self.topics_with = np.concatenate([self._words.topics_with, self._groups.topics_with])
        self._first_group = len(self._words.numbers)

    @classmethod
    def of(cls, texts: Sequence[Text], topics: Sequence[int]) -> tuple["Space", list[Vector]]:
        """The space of some phrasings, whose topic numbers are `topics`, and their vectors."""
        words, groups = [word_counts(text) for text in texts], [group_counts(text) for text in texts]
        space = cls(Table(words, topics, WORDS_SHARE), Table(groups, topics, 1 - WORDS_SHARE))
        return space, [
            space._joined(space._words.vector(one), space._groups.vector(other))
            for one, other in zip(words, groups, strict=True)
        ]

    def vector(self, text: Text) -> Vector:
        """The features of a text."""
        return self._joined(self._words.vector(word_counts(text)), self._groups.vector(group_counts(text)))

    def without(self, vector: Vector, unknown: Bools) -> Vector:
        """The vector of a text as it would be if the features marked in `unknown` occurred nowhere."""
        is_word = vector.ids < self._first_group
        words = Vector(vector.ids[is_word], vector.weights[is_word])
        groups = Vector(vector.ids[~is_word] - np.int32(self._first_group), vector.weights[~is_word])
        return self._joined(
            self._words.without(words, unknown[is_word]), self._groups.without(groups, unknown[~is_word])
        )

    def _joined(self, words: Vector, groups: Vector) -> Vector:
        return Vector(
            np.concatenate([words.ids, groups.ids + np.int32(self._first_group)]),
            np.concatenate([words.weights, groups.weights]),
        )
