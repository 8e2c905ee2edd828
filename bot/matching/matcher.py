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
        """Numbers of the groups to answer, best first, and whether the first is one of its phrasings."""
        candidates = self._judge.candidates(ranking)[: 3 * MOST_MATCHES]
        written = self._written.get(_words_in_any_order(reading.text), set())
        if len(written) == 1 and not self._base.groups[next(iter(written))].against:
            return [*written, *(number for number in candidates if number not in written)], True
        least = float(ranking.scores[candidates[0]]) - _TIE if candidates else 0.0

        def is_preferred(number: int) -> bool:
            return self._base.groups[number].id in prefer and ranking.scores[number] >= least

        return sorted(candidates, key=is_preferred, reverse=True), False

    def _judged(
        self, reading: Reading, ranking: Ranking, candidates: Sequence[int], *, exact: bool
    ) -> tuple[tuple[Match, ...], float]:
        """The matches with their confidence, and how often one of the first three is right."""
        if not candidates:
            return (), 0.0
        signs = self._judge.signs(reading.text, ranking, candidates[0])
        right, among_three = (1.0, 1.0) if exact else self._calibration.confidence(signs)
        rest = candidates[1:MOST_MATCHES]
        shares = ranking.shares[rest] / max(float(ranking.shares[rest].sum()), 1e-9)
        confidences = [right, *((among_three - right) * shares).clip(0, right).tolist()]
        scores = [{"score": float(ranking.scores[number])} for number in candidates[:MOST_MATCHES]]
        parts = [{**signs.parts(), **scores[0]}, *scores[1:]]
        matches = [
            Match(self._base.groups[number].id, confidence, self._nearest(number, ranking), part)
            for number, confidence, part in zip(candidates[:MOST_MATCHES], confidences, parts, strict=True)
        ]
        return tuple(matches), among_three

    def _nearest(self, number: int, ranking: Ranking) -> str:
        phrasing, _ = self._ranker.nearest(number, ranking.similarities)
        return self._base.phrasings[phrasing].text

    def _outcome(self, matches: Sequence[Match], among_three: float) -> Outcome:
        if matches and matches[0].confidence >= self._answer_from:
            return Outcome.ANSWER
        return Outcome.SUGGESTIONS if matches and among_three >= self._suggest_from else Outcome.UNKNOWN


def _words_in_any_order(text: Text) -> tuple[str, ...]:
    return tuple(sorted(text.read))
