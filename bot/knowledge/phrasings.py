"""Finds phrasings of different entries that are the same, or so near that a question fits both."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

NEAR = 92
"""token_sort_ratio (0–100, rapidfuzz) from which two phrasings count as nearly the same."""
SLIP = 70
"""ratio from which the words by which two phrasings differ count as one word written in two ways."""
ENOUGH = 10_000_000
"""About how many comparisons are made at most: among up to 2,200 phrasings every pair is compared, among
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
    """Phrasings of one language that are the same or nearly the same."""
    by_words: dict[str, list[Phrasing]] = {}
    for phrasing in phrasings:
        by_words.setdefault(_sorted_words(phrasing.text), []).append(phrasing)
    by_words.pop("", None)  # nothing but punctuation
    for first, *others in by_words.values():
        yield from (Alike(first, other, same=True) for other in others if other.owner != first.owner)
    for left, right in sorted(_near(list(by_words))):
        first, second = by_words[left][0], by_words[right][0]
        if first.owner != second.owner:
            yield Alike(first, second, same=False)


def _near(texts: list[str]) -> set[tuple[str, str]]:
    """Pairs of `texts`, in their order: each with the nearest one, if that is near enough."""
    rank = {text: number for number, text in enumerate(texts)}
    size = max(200, ENOUGH // (2 * len(texts) + 1))
    orders = [sorted(texts)] if size >= len(texts) else [sorted(texts), sorted(texts, key=_backwards)]
    pairs: set[tuple[str, str]] = set()
    for order in orders:
        for start in range(0, len(order), size):
            block, neighbours = order[start : start + size], order[start : start + 2 * size]
            scores = process.cdist(block, neighbours, scorer=fuzz.ratio, score_cutoff=NEAR, dtype=np.uint8)
            np.fill_diagonal(scores, 0)  # each with itself
            for row in np.flatnonzero(scores.any(axis=1)):
                first, second = sorted((block[row], neighbours[scores[row].argmax()]), key=rank.__getitem__)
                if _differ_by_a_slip(first, second):
                    pairs.add((first, second))
    return pairs


def _differ_by_a_slip(first: str, second: str) -> bool:
    """In long texts one word more or less hardly counts, but another word or number is another question."""
    left, right = Counter(first.split()), Counter(second.split())
    only_left, only_right = "".join((left - right).elements()), "".join((right - left).elements())
    if any(letter.isdigit() for letter in only_left + only_right):
        return False
    return not only_left or not only_right or fuzz.ratio(only_left, only_right) >= SLIP


def _sorted_words(text: str) -> str:
    """The words in alphabetical order, without capitals and punctuation."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(sorted("".join(letter if _in_word(letter) else " " for letter in folded).split()))


def _in_word(letter: str) -> bool:
    """Letters, digits and the marks that go with letters (Khmer writes its vowels with them)."""
    return letter.isalnum() or unicodedata.category(letter).startswith("M")


def _backwards(text: str) -> str:
    return text[::-1]
