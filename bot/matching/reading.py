"""A question is read as the knowledge base would write it: normalised, corrected, in one of its languages."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.matching.dictionary import ordinary_words
from bot.matching.features import Text, frequent_words
from bot.matching.frequent import FREQUENT
from bot.matching.normalise import normalise
from bot.matching.segment import Segmenter
from bot.matching.spell import Speller, Written
from bot.matching.synonyms import Synonyms
from bot.matching.topics import Phrasing


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was read."""

    normalised: str
    text: Text
    corrections: tuple[tuple[str, str], ...]  # (typed, read as)


class Reader:
    """Reads questions in the languages of `written`, whose words are known, as are those of `synonyms`."""

    def __init__(self, written: Mapping[str, Written], synonyms: Synonyms) -> None:
        self.written = written
        self._synonyms = synonyms
        self._segmenter = segmenter_of(synonyms)
        known = {token for word in synonyms.words for token in normalise(word).split()}
        known = known.union(*map(frequent_words, written), *map(ordinary_words, written))
        known = known.union(*(own.counts for own in written.values()))
        self._spellers = {language: Speller(own, known) for language, own in written.items()}

    def right(self, tokens: Sequence[str], language: str) -> Text:
        """A text in which every word is spelled right."""
        return self._text(tuple(tokens), tuple(tokens), language, {})

    def phrasing(self, phrasing: Phrasing) -> Text:
        """A phrasing as a text."""
        return self.right(self._segmenter.split(normalise(phrasing.text).split()), phrasing.language)

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
        return known or sum(one.likeness for one in speller.correct(tokens)[1]) / (2 * len(tokens) + 1)

    def _text(
        self, typed: tuple[str, ...], read: tuple[str, ...], language: str, doubts: Mapping[str, float]
    ) -> Text:
        likeness = tuple(doubts.get(token, 1.0) for token in read)
        return Text(typed, read, language, likeness, tuple(self._synonyms.groups(read, language)))


def segmenter_of(synonyms: Synonyms) -> Segmenter:
    """Cuts at frequent words and synonyms."""
    return Segmenter([*FREQUENT["km"].split(), *synonyms.words])


def tokens_of(phrasings: Iterable[Phrasing], segmenter: Segmenter) -> list[tuple[str, ...]]:
    """The words of each phrasing; equal words are one object, which saves memory."""
    return [tuple(map(sys.intern, segmenter.split(normalise(one.text).split()))) for one in phrasings]
