"""Which words of a question carry its meaning, and which phrasings and topics have them."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.matching.features import Text, frequent_words, letter_groups
from bot.matching.normalise import is_slot
from bot.matching.stem import has_stemmer, stem


@dataclass(frozen=True, slots=True)
class Word:
    """A word with a meaning of its own."""

    root: str
    likeness: float  # to what was typed, 0–1
    keys: frozenset[str]  # the root, and the groups of synonyms that it is in
    letters: tuple[str, ...]  # groups of letters; only in languages whose endings are not all stripped


class Content:
    """The meaningful words of each phrasing and of each topic; `topics[i]` is the topic of `texts[i]`."""

    def __init__(self, texts: Sequence[Text], topics: Sequence[int]) -> None:
        self._topics = topics
        self._keys = [_keys(self.words(text)) for text in texts]
        self._phrasings_with: dict[int, Counter[str]] = {topic: Counter() for topic in topics}
        for keys, topic in zip(self._keys, topics, strict=True):
            self._phrasings_with[topic].update(keys)

    def words(self, text: Text) -> list[Word]:
        """The meaningful words of a text: no frequent words, numbers and slots."""
        frequent = frequent_words(text.language)
        return [
            self._word(token, text.language, likeness, groups)
            for token, likeness, groups in zip(text.read, text.likeness, text.groups, strict=True)
            if token not in frequent and not token.isdigit() and not is_slot(token)
        ]

    @staticmethod
    def _word(token: str, language: str, likeness: float, groups: Collection[int]) -> Word:
        root = stem(token, language)
        letters = () if has_stemmer(language) else letter_groups(root)
        return Word(root, likeness, frozenset({root, *(f"={group}" for group in groups)}), letters)

    def share_in_topic(self, words: Sequence[Word], topic: int, *, without: int | None = None) -> float:
        """The share of `words` that phrasings of `topic` have, not counting the phrasing `without`."""
        left_out = self._keys[without] if without is not None and self._topics[without] == topic else set()
        holders = self._phrasings_with[topic]
        own = {
            key for word in words for key in (*word.keys, *word.letters) if holders[key] > (key in left_out)
        }
        return sum(_found(word, own) for word in words) / len(words) if words else 1.0


def _keys(words: Sequence[Word]) -> set[str]:
    keys = {key for word in words for key in word.keys}
    return keys.union(*(word.letters for word in words))


def _found(word: Word, keys: Collection[str]) -> float:
    """How surely a word is among `keys`: by its root or a synonym, else by its letters."""
    if not word.keys.isdisjoint(keys):
        return word.likeness
    return sum(group in keys for group in word.letters) / len(word.letters) if word.letters else 0.0
