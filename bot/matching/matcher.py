"""Matches questions with topics: exactly, or by the most similar phrasings, with an honest confidence."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from bot.matching.arrays import Floats
from bot.matching.base import Base
from bot.matching.cache import learned
from bot.matching.judge import Judge
from bot.matching.kernel import is_small
from bot.matching.learning import Learned, bag
from bot.matching.meaning import Encoded, Meanings
from bot.matching.normalise import normalise
from bot.matching.ranking import Ranking
from bot.matching.reading import Reading
from bot.matching.topics import Match, Outcome, Result, Topic
from bot.matching.writing import Writing

MOST_MATCHES = 10
_TIE = 0.02
"""Scores that differ by less are the same."""


class Matcher:
    """Matches questions with `topics`. Immutable once built.

    `synonyms` are groups of words that mean the same. `wrong_in_100` is how many of 100 answers may be
    wrong; `suggestions_right_in_100` how many of 100 lists of three suggestions must hold the right topic.
    `encoded` are an encoder's vectors of all phrasings, for questions that come with a vector too; a base
    too big to be trained does without. `cache` is a folder in which what was learned is kept for the next
    start; it may be None.
    """

    def __init__(
        self,
        topics: Sequence[Topic],
        *,
        synonyms: Sequence[Sequence[str]] = (),
        wrong_in_100: float = 3,
        suggestions_right_in_100: float = 40,
        cache: Path | None = None,
        encoded: Encoded | None = None,
    ) -> None:
        base = Base(topics)
        self._by_letters: _Knowing | None = None
        self._with_meaning: _Knowing | None = None

        def knowing(meanings: Meanings | None) -> _Knowing:
            found = learned(base, synonyms, cache, meanings)
            answer_from = found.calibration.answer_from(wrong_in_100)
            return _Knowing(base, found, answer_from, suggestions_right_in_100 / 100)

        if base.groups:
            self._by_letters = knowing(None)
        if encoded and base.groups and is_small(len(base.phrasings), len(base.groups)):
            texts = [each.text for each in base.phrasings]
            self._with_meaning = knowing(Meanings.of(texts, base.group_of, encoded))
            self._writing = Writing(base.phrasings)

    def as_written(self, question: str) -> str | None:
        """The question as an encoder should read it; None when its vector is of no use."""
        if self._with_meaning is None:
            return None
        reading = self._with_meaning.read(question)
        return self._writing.restored(question, reading.text.language, dict(reading.corrections))

    def match(self, question: str, *, prefer: Collection[str] = (), encoded: Floats | None = None) -> Result:
        """The topics that `question` may ask for. `prefer`: ids that win when the scores are equal.

        `encoded` is the vector of `as_written(question)`; without it letters alone are compared.
        """
        knowing = self._by_letters if encoded is None else self._with_meaning or self._by_letters
        if knowing is None:
            return Result(Outcome.UNKNOWN, (), normalise(question), (), exact=False)
        return knowing.match(question, prefer, encoded)


class _Knowing:
    """A matcher that has phrasings."""

    def __init__(self, base: Base, learned: Learned, answer_from: float, suggest_from: float) -> None:
        self._base = base
        self._reader, self._ranker, self._calibration = learned.reader, learned.ranker, learned.calibration
        self._judge = Judge(base, learned.reader, learned.ranker)
        self._answer_from, self._suggest_from = answer_from, suggest_from
        self._written: dict[str, set[int]] = {}
        for number, words in zip(base.group_of, learned.bags, strict=True):
            self._written.setdefault(words, set()).add(number)

    def read(self, question: str) -> Reading:
        return self._reader.read(question)

    def match(self, question: str, prefer: Collection[str], encoded: Floats | None) -> Result:
        reading = self._reader.read(question)
        matches: tuple[Match, ...] = ()
        exact, among_three = False, 0.0
        if reading.text.read:
            ranking = self._ranker.rank(reading.text, encoded)
            candidates, exact = self._candidates(reading, ranking, prefer)
            confidences, among_three = self._confidences(reading, ranking, candidates, exact=exact)
            matches = tuple(self._matches(reading, ranking, candidates, confidences))
        outcome = self._outcome(matches, among_three)
        return Result(outcome, matches, reading.normalised, reading.corrections, exact)

    def _candidates(
        self, reading: Reading, ranking: Ranking, prefer: Collection[str]
    ) -> tuple[list[int], bool]:
        """Places in the ranking, best first, and whether the question is a phrasing of the first."""
        candidates = self._judge.candidates(ranking)[:MOST_MATCHES]
        written = self._written.get(bag(reading.text), set())
        same = [place for place in candidates if ranking.topics[place] in written]
        if len(written) == 1 and same:
            return [*same, *(place for place in candidates if place not in same)], True
        least = float(ranking.scores[candidates[0]]) - _TIE if candidates else 0.0

        def is_preferred(place: int) -> bool:
            return self._id(ranking, place) in prefer and ranking.scores[place] >= least

        return sorted(candidates, key=is_preferred, reverse=True), False

    def _id(self, ranking: Ranking, place: int) -> str:
        return self._base.groups[ranking.topics[place]].id

    def _confidences(
        self, reading: Reading, ranking: Ranking, candidates: Sequence[int], *, exact: bool
    ) -> tuple[list[float], float]:
        """The confidence of each candidate, and how often one of the first three is right.

        What the first leaves is divided among the others by their shares.
        """
        if not candidates:
            return [], 0.0
        signs = self._judge.signs(reading.text, ranking, candidates[0])
        right, among_three = (1.0, 1.0) if exact else self._calibration.confidence(signs)
        shares = ranking.shares[candidates[1:]]
        rest = (among_three - right) * shares / max(float(shares.sum()), 1e-9)
        return [right, *rest.clip(0, right).tolist()], among_three

    def _matches(
        self, reading: Reading, ranking: Ranking, candidates: Sequence[int], confidences: Sequence[float]
    ) -> Iterator[Match]:
        for place, confidence in zip(candidates, confidences, strict=True):
            parts = {"score": float(ranking.scores[place])}
            if place == candidates[0]:
                parts |= self._judge.signs(reading.text, ranking, place).parts()
            phrasing, *_ = self._ranker.nearest(ranking.topics[place], ranking)
            yield Match(self._id(ranking, place), confidence, self._base.phrasings[phrasing].text, parts)

    def _outcome(self, matches: Sequence[Match], among_three: float) -> Outcome:
        if matches and matches[0].confidence >= self._answer_from:
            return Outcome.ANSWER
        return Outcome.SUGGESTIONS if matches and among_three >= self._suggest_from else Outcome.UNKNOWN
