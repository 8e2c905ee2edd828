"""Which words of a question carry its meaning, and whether a topic has them."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.matching.features import Text, frequent_words, letter_groups
from bot.matching.normalise import is_slot
from bot.matching.stem import has_stemmer, stem


@dataclass(frozen=True, slots=True)
class Word:
    """A word with a meaning of its own."""

    likeness: float  # to what was typed, 0–1
    keys: frozenset[str]  # its root, and the groups of synonyms that it is in
    letters: tuple[str, ...]  # groups of letters; only in languages whose endings are not all stripped


def words_of(text: Text) -> list[Word]:
    """The meaningful words of a text: no frequent words, numbers and slots."""
    frequent = frequent_words(text.language)
    return [
        _word(token, text.language, likeness, groups)
        for token, likeness, groups in zip(text.read, text.likeness, text.groups, strict=True)
        if token not in frequent and not token.isdigit() and not is_slot(token)
    ]


def _word(token: str, language: str, likeness: float, groups: Collection[int]) -> Word:
    root = stem(token, language)
    letters = () if has_stemmer(language) else letter_groups(root)
    return Word(likeness, frozenset({root, *(f"={group}" for group in groups)}), letters)


class Content:
    """The meaningful words of topics; `texts` gives the phrasings of a topic by its number."""

    def __init__(self, texts: Callable[[int], Sequence[Text]]) -> None:
        self._texts = texts
        self._holders = lru_cache(maxsize=512)(self._count_holders)

    def _count_holders(self, topic: int) -> Counter[str]:
        """Root, group or letters → how many phrasings of a topic have it."""
        return Counter(key for text in self._texts(topic) for key in _keys(words_of(text)))

    def covered(self, text: Text, topic: int, without: Text | None = None) -> float:
        """The share of a text's words that phrasings of a topic have, one phrasing aside; 1 without words."""
        words, holders = words_of(text), self._holders(topic)
        aside = _keys(words_of(without)) if without else set()
        own = {key for word in words for key in (*word.keys, *word.letters) if holders[key] > (key in aside)}
        return sum(_found(word, own) for word in words) / len(words) if words else 1.0


def _keys(words: Sequence[Word]) -> set[str]:
    keys = {key for word in words for key in word.keys}
    return keys.union(*(word.letters for word in words))


def _found(word: Word, keys: Collection[str]) -> float:
    """How surely a word is among `keys`: by its root or a synonym, else by its letters."""
    if not word.keys.isdisjoint(keys):
        return word.likeness
    return sum(group in keys for group in word.letters) / len(word.letters) if word.letters else 0.0
