"""A question is read as the knowledge base would write it: normalised, corrected, in one of its languages."""

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.matching.features import Text, frequent_words
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
        self._synonyms = synonyms
        self._segmenter = Segmenter([*FREQUENT["km"].split(), *synonyms.words])
        self.texts = [self._written(phrasing) for phrasing in phrasings]
        by_language: dict[str, list[Sequence[str]]] = defaultdict(list)
        for text in self.texts:
            by_language[text.language].append(text.read)
        known = {token for word in synonyms.words for token in normalise(word).split()}
        known = known.union(*map(frequent_words, by_language), *(text.read for text in self.texts))
        self._spellers = {language: Speller(texts, known) for language, texts in by_language.items()}

    def _written(self, phrasing: Phrasing) -> Text:
        tokens = tuple(map(sys.intern, self._segmenter.split(normalise(phrasing.text).split())))
        return self._text(tokens, tokens, phrasing.language, {})

    def read(self, question: str) -> Reading:
        """The question with its spelling corrected, in the language whose words cover it best."""
        normalised = normalise(question)
        typed = tuple(self._segmenter.split(normalised.split()))
        if not self._spellers:
            return Reading(normalised, self._text(typed, typed, "", {}), ())
        language = max(self._spellers, key=lambda code: self._share_of(code, typed))
        read, corrections = self._spellers[language].correct(typed)
        doubts = {token: one.likeness for one in corrections for token in one.read.split()}
        pairs = tuple((one.typed, one.read) for one in corrections)
        return Reading(normalised, self._text(typed, tuple(read), language, doubts), pairs)

    def _share_of(self, language: str, tokens: Sequence[str]) -> float:
        """How much a language's words account for; letters count where no word is known."""
        speller, frequent = self._spellers[language], frequent_words(language)
        known = sum(token in speller.counts or token in frequent for token in tokens)
        return known or len(speller.correct(tokens)[1]) / (2 * len(tokens) + 1)

    def _text(
        self, typed: tuple[str, ...], read: tuple[str, ...], language: str, doubts: Mapping[str, float]
    ) -> Text:
        likeness = tuple(doubts.get(token, 1.0) for token in read)
        return Text(typed, read, language, likeness, tuple(self._synonyms.groups(read, language)))
