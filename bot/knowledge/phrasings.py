"""Finds phrasings of different entries that are the same, or so near that a question fits both."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

NEAR = 92
"""token_sort_ratio (0–100, rapidfuzz) from which two phrasings count as nearly the same."""
ENOUGH = 30_000_000
"""About how many comparisons are made at most: among up to 3,800 phrasings every pair is compared, among
more each with its nearest neighbours in the alphabet, read forwards and backwards."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One phrasing of something with an id."""

    owner: str
    text: str
    position: int  # among the owner's phrasings in this language, from 0


@dataclass(frozen=True, slots=True)
class Alike:
    """Two phrasings of different owners, the one given earlier first."""

    first: Phrasing
    second: Phrasing
    same: bool  # the same words, not only nearly


def alike(phrasings: Sequence[Phrasing]) -> Iterator[Alike]:
    """Phrasings of one language that are the same or nearly the same; each is named at most once as second.

    Texts with different numbers in them ('on 14 October', 'on 15 October') are never nearly the same.
    """
    by_words: dict[str, list[Phrasing]] = {}
    for phrasing in phrasings:
        by_words.setdefault(_sorted_words(phrasing.text), []).append(phrasing)
    by_words.pop("", None)  # nothing but punctuation
    for first, *others in by_words.values():
        yield from (Alike(first, other, same=True) for other in others if other.owner != first.owner)
    named: set[Phrasing] = set()
    for left, right in _near(list(by_words)):
        first, second = by_words[left][0], by_words[right][0]
        if first.owner != second.owner and second not in named and _numbers(left) == _numbers(right):
            named.add(second)
            yield Alike(first, second, same=False)


def _near(texts: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of `texts` with a ratio of at least NEAR, in the order given."""
    rank = {text: number for number, text in enumerate(texts)}
    size = max(200, ENOUGH // (2 * len(texts) + 1))
    orders = [sorted(texts)] if size >= len(texts) else [sorted(texts), sorted(texts, key=_backwards)]
    for order in orders:
        for start in range(0, len(order), size):
            block, neighbours = order[start : start + size], order[start : start + 2 * size]
            scores = process.cdist(block, neighbours, scorer=fuzz.ratio, score_cutoff=NEAR, dtype=np.uint8)
            for row, column in np.argwhere(np.triu(scores, k=1)):
                first, second = sorted((block[row], neighbours[column]), key=rank.__getitem__)
                yield first, second


def _sorted_words(text: str) -> str:
    """The words in alphabetical order, without capitals and punctuation."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(sorted("".join(letter if _in_word(letter) else " " for letter in folded).split()))


def _in_word(letter: str) -> bool:
    """Letters, digits and the marks that go with letters (Khmer writes its vowels with them)."""
    return letter.isalnum() or unicodedata.category(letter).startswith("M")


def _backwards(text: str) -> str:
    return text[::-1]


def _numbers(text: str) -> list[str]:
    return [word for word in text.split() if any(letter.isdigit() for letter in word)]
