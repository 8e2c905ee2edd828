"""What a text is made of: stemmed words, pairs of words, groups of synonyms, and groups of letters."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations

from bot.matching.frequent import FREQUENT
from bot.matching.normalise import is_slot, normalise
from bot.matching.stem import stem

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


@lru_cache(maxsize=50_000)
def letter_groups(token: str) -> tuple[str, ...]:
    """Groups of 2–5 letters of a framed token, or of 1–3 units in scripts that write syllables.

    Each begins with `#`, so that it is never taken for a word.
    """
    if is_slot(token):
        return (f"#{token}",)
    token = token[:LONGEST_TOKEN]
    syllabic = bool(_SYLLABLES.search(token))
    framed = [" ", *(_UNITS.findall(token) if syllabic else token), " "]
    sizes = range(1, 4) if syllabic else range(2, 6)
    return tuple(
        "#" + "".join(framed[at : at + size])
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


Counts = Mapping[str, float]
"""Feature → how much of it a text holds."""


def word_counts(text: Text) -> Counts:
    """Words without endings, pairs of neighbours, groups of synonyms and pairs of groups."""
    counts: dict[str, float] = defaultdict(float)
    frequent = frequent_words(text.language)
    before, weight_before = "^", 0.0
    for token, groups in zip(text.read, text.groups, strict=True):
        root, weight = stem(token, text.language), FREQUENT_WEIGHT if token in frequent else 1.0
        counts[root] += weight * (ROOT_WEIGHT if groups else 1)
        counts[f"{before} {root}"] += PAIR_WEIGHT * max(weight, weight_before)
        for group in groups:
            counts[f"={group}"] += SYNONYM_WEIGHT
        before, weight_before = root, weight
    concepts = sorted({min(groups) for groups in text.groups if groups})[:_MOST_CONCEPTS]
    for one, other in combinations(concepts, 2):
        counts[f"={one} ={other}"] = CONCEPTS_WEIGHT
    return counts


def group_counts(text: Text) -> Counts:
    """Groups of letters: the mean of what was typed and what was read."""
    read = Counter(chain.from_iterable(map(letter_groups, text.read)))
    if text.read == text.typed:
        return read
    typed = Counter(chain.from_iterable(map(letter_groups, text.typed)))
    return {name: (typed[name] + read[name]) / 2 for name in typed.keys() | read.keys()}
