"""Matches questions with topics: exactly, or by the most similar phrasings, with an honest confidence."""

from collections.abc import Collection, Sequence

from rapidfuzz import fuzz

from bot.matching.base import Base
from bot.matching.calibrate import AMONG_THREE, RIGHT, Signs
from bot.matching.features import Synonyms, Text, frequent_words
from bot.matching.ranking import Ranker, Ranking
from bot.matching.reading import Reader, Reading
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
        self._reader = Reader(self._base.phrasings)
        self._ranker = Ranker(self._reader.texts, self._base.group_of, Synonyms(synonyms))
        self._exact: dict[tuple[str, ...], set[int]] = {}
        for number, text in zip(self._base.group_of, self._reader.texts, strict=True):
            self._exact.setdefault(_bag(text), set()).add(number)
        self._answer_from = 1 - wrong_in_100 / 12
        self._suggest_from = suggestions_right_in_100 / 100

    def match(self, question: str, *, prefer: Collection[str] = ()) -> Result:
        """The topics that `question` may ask for. `prefer`: ids that win when the scores are equal."""
        reading = self._reader.read(question)
        if not reading.text.read or not self._base.groups:
            return Result(Outcome.UNKNOWN, (), reading.normalised, reading.corrections, exact=False)
        ranking = self._ranker.rank(reading.text)
        order = self._preferred(ranking, prefer)
        same = self._exact.get(_bag(reading.text), set())
        if len(same) == 1:
            (best,) = same
            order = [best, *(number for number in order if number != best)]
        signs = self.signs(reading, ranking, order)
        right = 1.0 if len(same) == 1 else RIGHT.probability(signs)
        among_three = max(right, AMONG_THREE.probability(signs))
        matches = tuple(self._matches(ranking, order, right, among_three, signs))
        outcome = self._outcome(order[0], right, among_three, matches)
        return Result(outcome, matches, reading.normalised, reading.corrections, exact=len(same) == 1)

    def _preferred(self, ranking: Ranking, prefer: Collection[str]) -> list[int]:
        """Group numbers, best first; among those as good as the best, preferred ids come first."""
        order: list[int] = ranking.order[: 3 * MOST_MATCHES].tolist()
        least = float(ranking.scores[order[0]]) - _TIE
        return sorted(
            order,
            key=lambda number: (
                not (self._base.groups[number].id in prefer and ranking.scores[number] >= least)
            ),
        )

    def signs(self, reading: Reading, ranking: Ranking, order: Sequence[int]) -> Signs:
        """What speaks for the first group of `order`; each sign is about 0–1."""
        best = order[0]
        second = float(ranking.scores[order[1]]) if len(order) > 1 else 0.0
        phrasing, nearest = self._ranker.nearest(best, ranking.similarities)
        return {
            "score": float(ranking.scores[best]),
            "margin": float(ranking.scores[best]) - second,
            "share": float(ranking.shares[best]),
            "nearest": nearest,
            "known": self._known(reading.text),
            "sorted": fuzz.token_sort_ratio(reading.normalised, " ".join(self._reader.texts[phrasing].read))
            / 100,
        }

    def _known(self, text: Text) -> float:
        """The share of the words with a meaning of their own that occur in phrasings."""
        words = [
            token for token in text.read if token not in frequent_words(text.language) and not token.isdigit()
        ]
        return sum(word in self._reader for word in words) / len(words) if words else 1.0

    def _matches(
        self, ranking: Ranking, order: Sequence[int], right: float, among_three: float, signs: Signs
    ) -> list[Match]:
        """The best topics; what the first leaves of the confidence is divided among the next ones."""
        rest = max(1e-9, sum(float(ranking.shares[number]) for number in order[1:]))
        matches: list[Match] = []
        for place, number in enumerate(order):
            group = self._base.groups[number]
            if group.against or any(match.id == group.id for match in matches):
                continue
            share = float(ranking.shares[number])
            confidence = right if place == 0 else min(right, (among_three - right) * share / rest)
            phrasing, nearest = self._ranker.nearest(number, ranking.similarities)
            parts = (
                signs
                if place == 0
                else {"score": float(ranking.scores[number]), "share": share, "nearest": nearest}
            )
            matches.append(Match(group.id, confidence, self._base.phrasings[phrasing].text, parts))
        return matches[:MOST_MATCHES]

    def _outcome(self, best: int, right: float, among_three: float, matches: Sequence[Match]) -> Outcome:
        against = self._base.groups[best].against
        if not against and right >= self._answer_from:
            return Outcome.ANSWER
        return (
            Outcome.SUGGESTIONS
            if matches and not against and among_three >= self._suggest_from
            else Outcome.UNKNOWN
        )


def _bag(text: Text) -> tuple[str, ...]:
    return tuple(sorted(text.read))
