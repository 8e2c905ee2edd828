"""Questions that ask for about the same are put into groups."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

LIKE = 75
"""token_set_ratio (0–100, rapidfuzz) from which two questions are about the same: one may say more."""
COMMON = 0.02
"""The share (0–1) of phrasings from which a word says nothing of what is asked, such as `is` or `where`."""


def common_words(phrasings: Iterable[str]) -> frozenset[str]:
    """Words that a large share of phrasings have."""
    texts = [set(_words(phrasing)) for phrasing in phrasings]
    counts = Counter(word for text in texts for word in text)
    return frozenset(word for word, count in counts.items() if count > 2 and count >= COMMON * len(texts))


def groups(questions: Sequence[str], common: Collection[str] = (), like: float = LIKE) -> list[list[int]]:
    """The positions of the questions, in groups: the largest first, in each group the first one first.

    Each question joins the group whose first question it is most like, so that no chain of small steps leads
    from one thing to another. Words in `common` count only where there are no others.
    """
    folded = [_folded(question, common) for question in questions]
    leaders: list[int] = []
    members: dict[int, list[int]] = {}
    for position, text in enumerate(folded):
        scores = process.cdist([text], [folded[leader] for leader in leaders], scorer=fuzz.token_set_ratio)
        best = int(np.argmax(scores[0])) if leaders else -1
        if best >= 0 and scores[0][best] >= like:
            members[leaders[best]].append(position)
        else:
            leaders.append(position)
            members[position] = [position]
    return sorted(members.values(), key=lambda group: -len(group))


def _folded(question: str, common: Collection[str]) -> str:
    words = _words(question)
    return " ".join([word for word in words if word not in common] or words)


def _words(text: str) -> list[str]:
    """Small letters without signs; languages that write no spaces keep their characters together."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(
        letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else " " for letter in folded
    )
    return kept.split()
