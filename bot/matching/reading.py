"""A question is read as the knowledge base would write it: normalised, corrected, in one of its languages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.matching.features import Text
from bot.matching.frequent import FREQUENT
from bot.matching.normalise import normalise
from bot.matching.segment import Segmenter
from bot.matching.spell import Speller
from bot.matching.synonyms import Synonyms
from bot.matching.topics import Phrasing


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was read."""

    normalised: str
    text: Text
    corrections: tuple[tuple[str, str], ...]  # (typed, read as)


class Reader:
    """Reads questions with the words of `phrasings`, and knows the words of `synonyms` too."""

    def __init__(self, phrasings: Sequence[Phrasing], synonyms: Synonyms) -> None:
        self._segmenter = Segmenter([*FREQUENT["km"].split(), *synonyms.words])
        self.texts: list[Text] = []
        counts: Counter[str] = Counter()
        self._words: dict[str, set[str]] = {}
        for phrasing in phrasings:
            tokens = tuple(self._segmenter.split(normalise(phrasing.text).split()))
            self.texts.append(Text(tokens, tokens, phrasing.language))
            self._words.setdefault(phrasing.language, set()).update(tokens)
            counts.update(tokens)
        known = {token for word in synonyms.words for token in normalise(word).split()}
        self._speller = Speller(dict.fromkeys(known, 0) | counts)

    def __contains__(self, token: str) -> bool:
        return token in self._speller

    def read(self, question: str) -> Reading:
        """The question with its spelling corrected, in the language whose words cover it best."""
        normalised = normalise(question)
        typed = tuple(self._segmenter.split(normalised.split()))
        read, corrections = self._speller.correct(typed)
        language = max(
            self._words, key=lambda code: sum(token in self._words[code] for token in read), default=""
        )
        return Reading(normalised, Text(typed, tuple(read), language), tuple(corrections))
