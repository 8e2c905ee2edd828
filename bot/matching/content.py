"""Which words of a question carry its meaning, and which phrasings and topics have them."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.matching.features import Text, frequent_words, letter_groups
from bot.matching.normalise import is_slot
from bot.matching.stem import has_stemmer, stem
from bot.matching.synonyms import Synonyms


@dataclass(frozen=True, slots=True)
class Word:
    """A word with a meaning of its own."""

    root: str
    keys: frozenset[str]  # the root, and the groups of synonyms that it is in
    letters: tuple[str, ...]  # groups of letters; only in languages whose endings are not all stripped


class Content:
    """The meaningful words of each phrasing and of each topic; `topics[i]` is the topic of `texts[i]`."""

    def __init__(self, texts: Sequence[Text], topics: Sequence[int], synonyms: Synonyms) -> None:
        self._synonyms = synonyms
        self._topics = topics
        self._words = [self.words(text) for text in texts]
        self._phrasings_with: dict[int, Counter[str]] = {topic: Counter() for topic in topics}
        for words, topic in zip(self._words, topics, strict=True):
            self._phrasings_with[topic].update(_keys(words))
        self._topics_with = Counter(key for counts in self._phrasings_with.values() for key in counts)

    def words(self, text: Text) -> list[Word]:
        """The meaningful words of a text: no frequent words, numbers and slots."""
        frequent = frequent_words(text.language)
        groups = self._synonyms.groups(text.read, text.language)
        return [
            self._word(token, text.language, own)
            for token, own in zip(text.read, groups, strict=True)
            if token not in frequent and not token.isdigit() and not is_slot(token)
        ]

    @staticmethod
    def _word(token: str, language: str, groups: Collection[int]) -> Word:
        root = stem(token, language)
        letters = () if has_stemmer(language) else letter_groups(root)
        return Word(root, frozenset({root, *(f"={group}" for group in groups)}), letters)

    def share_in_topic(self, words: Sequence[Word], topic: int, without: int | None = None) -> float:
        """The share of `words` that phrasings of `topic` have, not counting the phrasing `without`."""
        own = self._phrasings_with[topic]
        if without is not None and self._topics[without] == topic:
            own = own - Counter(_keys(self._words[without]))
        return _share(words, own)

    def share_in_phrasing(self, words: Sequence[Word], phrasing: int) -> float:
        """The share of `words` that a phrasing has."""
        return _share(words, _keys(self._words[phrasing]))

    def share_of_phrasing(self, words: Sequence[Word], phrasing: int) -> float:
        """The share of a phrasing's words that are among `words`."""
        return _share(self._words[phrasing], _keys(words))

    def foreign(self, words: Sequence[Word], topic: int | None = None) -> int:
        """How many of `words` no topic has; `topic` is left out."""
        own = self._phrasings_with[topic] if topic is not None else ()
        return sum(all(self._topics_with[key] <= (key in own) for key in word.keys) for word in words)


def _keys(words: Sequence[Word]) -> set[str]:
    keys = {key for word in words for key in word.keys}
    return keys.union(*(word.letters for word in words))


def _share(words: Sequence[Word], keys: Collection[str]) -> float:
    """The mean over `words` of how much of each is among `keys`; 1 when there are no words."""
    return sum(_found(word, keys) for word in words) / len(words) if words else 1.0


def _found(word: Word, keys: Collection[str]) -> float:
    if not word.keys.isdisjoint(keys):
        return 1.0
    return sum(group in keys for group in word.letters) / len(word.letters) if word.letters else 0.0
