"""Matches questions with topics: exactly, or by the most similar phrasings, with an honest confidence."""

from collections.abc import Collection, Sequence

from bot.matching.base import Base
from bot.matching.features import Text
from bot.matching.learning import learn
from bot.matching.ranking import Ranking
from bot.matching.reading import Reader, Reading
from bot.matching.synonyms import Synonyms
from bot.matching.topics import Match, Outcome, Result, Topic

MOST_MATCHES = 10
_TIE = 0.02
"""Scores that differ by less are the same."""


class Matcher:
    """Matches questions with `topics`. Immutable once built.

    `synonyms` are groups of words that mean the same. `wrong_in_100` is how many of 100 answers may be
    wrong; `suggestions_right_in_100` how many of 100 lists of three suggestions must hold the right topic.
    """

    def __init__(
        self,
        topics: Sequence[Topic],
        *,
        synonyms: Sequence[Sequence[str]] = (),
        wrong_in_100: float = 3,
        suggestions_right_in_100: float = 40,
    ) -> None:
        self._base = Base(topics)
        self._reader = Reader(self._base.phrasings, Synonyms(synonyms))
        self._written: dict[tuple[str, ...], set[int]] = {}
        for number, text in zip(self._base.group_of, self._reader.texts, strict=True):
            self._written.setdefault(_words_in_any_order(text), set()).add(number)
        self._suggest_from = suggestions_right_in_100 / 100
        if self._base.groups:
            self._ranker, self._judge, self._calibration = learn(self._base, self._reader.texts)
            self._answer_from = self._calibration.answer_from(wrong_in_100)

    def match(self, question: str, *, prefer: Collection[str] = ()) -> Result:
        """The topics that `question` may ask for. `prefer`: ids that win when the scores are equal."""
        reading = self._reader.read(question)
        matches: tuple[Match, ...] = ()
        exact, among_three = False, 0.0
        if reading.text.read and self._base.groups:
            ranking = self._ranker.rank(reading.text)
            candidates, exact = self._candidates(reading, ranking, prefer)
            matches, among_three = self._judged(reading, ranking, candidates, exact=exact)
        return Result(
            self._outcome(matches, among_three), matches, reading.normalised, reading.corrections, exact
        )

    def _candidates(
        self, reading: Reading, ranking: Ranking, prefer: Collection[str]
    ) -> tuple[list[int], bool]:
        """Places in the ranking, best first, and whether the first is one of its phrasings."""
        candidates = self._judge.candidates(ranking)[:MOST_MATCHES]
        written = self._written.get(_words_in_any_order(reading.text), set())
        same = [place for place in candidates if ranking.topics[place] in written]
        if len(written) == 1 and same:
            return [*same, *(place for place in candidates if place not in same)], True
        least = float(ranking.scores[candidates[0]]) - _TIE if candidates else 0.0

        def is_preferred(place: int) -> bool:
            return self._id(ranking, place) in prefer and ranking.scores[place] >= least

        return sorted(candidates, key=is_preferred, reverse=True), False

    def _id(self, ranking: Ranking, place: int) -> str:
        return self._base.groups[ranking.topics[place]].id

    def _judged(
        self, reading: Reading, ranking: Ranking, candidates: Sequence[int], *, exact: bool
    ) -> tuple[tuple[Match, ...], float]:
        """The matches with their confidence, and how often one of the first three is right."""
        if not candidates:
            return (), 0.0
        signs = self._judge.signs(reading.text, ranking, candidates[0])
        right, among_three = (1.0, 1.0) if exact else self._calibration.confidence(signs)
        shares = ranking.shares[candidates[1:]]
        shares = shares / max(float(shares.sum()), 1e-9)
        confidences = [right, *((among_three - right) * shares).clip(0, right).tolist()]
        scores = [{"score": float(ranking.scores[place])} for place in candidates]
        parts = [{**signs.parts(), **scores[0]}, *scores[1:]]
        matches = [
            Match(self._id(ranking, place), confidence, self._nearest(ranking, place), part)
            for place, confidence, part in zip(candidates, confidences, parts, strict=True)
        ]
        return tuple(matches), among_three

    def _nearest(self, ranking: Ranking, place: int) -> str:
        phrasing, *_ = self._ranker.nearest(ranking.topics[place], ranking)
        return self._base.phrasings[phrasing].text

    def _outcome(self, matches: Sequence[Match], among_three: float) -> Outcome:
        if matches and matches[0].confidence >= self._answer_from:
            return Outcome.ANSWER
        return Outcome.SUGGESTIONS if matches and among_three >= self._suggest_from else Outcome.UNKNOWN


def _words_in_any_order(text: Text) -> tuple[str, ...]:
    return tuple(sorted(text.read))
