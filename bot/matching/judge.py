"""Reads the signs of a ranking, and learns from a rehearsal what they are worth."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz

from bot.matching.base import Base
from bot.matching.calibrate import Trial
from bot.matching.content import Content
from bot.matching.features import Text
from bot.matching.ranking import Ranker, Ranking
from bot.matching.rehearsal import Rehearsed
from bot.matching.signs import Signs

_LEAST_SCORE = 0.2
"""A margin is measured against a score of at least this."""
_ENOUGH = 0.4
"""A larger margin, as a share of the score, says nothing more: a rare word gives it to any topic."""
OUT_OF_SCOPE = 0.2
"""Share of questions without an answer that the wishes for right answers are meant for."""


class Judge:
    """Knows the phrasings (`texts`) of a base, and their meaningful words."""

    def __init__(self, base: Base, texts: Sequence[Text], content: Content, ranker: Ranker) -> None:
        self._base = base
        self._texts = texts
        self._content = content
        self._ranker = ranker

    def candidates(self, ranking: Ranking) -> list[int]:
        """The groups that may be answered, best first: each topic once, none that it is not about."""
        return [number for number in ranking.order if not self._base.groups[number].against]

    def signs(self, text: Text, ranking: Ranking, best: int, *, unwritten: int | None = None) -> Signs:
        """What speaks for the group `best`. `unwritten` is a phrasing that does not count."""
        rival = next((number for number in ranking.order if number != best), best)
        score = float(ranking.scores[best])
        margin = score - float(ranking.scores[rival]) if rival != best else score
        phrasing, nearest = self._ranker.nearest(best, ranking.similarities)
        others = np.delete(ranking.similarities, self._ranker.phrasings(best))
        return Signs(
            margin=max(-1.0, min(_ENOUGH, margin / max(score, _LEAST_SCORE))),
            nearest=nearest,
            lead=nearest - float(others.max(initial=0)),
            sorted=fuzz.token_sort_ratio(" ".join(text.read), " ".join(self._texts[phrasing].read)) / 100,
            covered=self._content.share_in_topic(self._content.words(text), best, without=unwritten),
        )

    def trials(self, rehearsal: Iterable[Rehearsed]) -> list[Trial]:
        """Questions with known answers, and questions without one in their usual share."""
        answerable: list[Trial] = []
        foreign: list[Trial] = []
        for rehearsed in rehearsal:
            group = self._base.groups[self._base.group_of[rehearsed.phrasing]]
            if group.against:
                foreign += self._trial(rehearsed.phrasing, rehearsed.ranking, None, None)
            else:
                answerable += self._trial(rehearsed.phrasing, rehearsed.ranking, group.id, None)
                foreign += self._trial(rehearsed.phrasing, rehearsed.without_topic, None, group.id)
        return [*answerable, *_weighted(foreign, len(answerable) * OUT_OF_SCOPE / (1 - OUT_OF_SCOPE))]

    def _trial(
        self, phrasing: int, ranking: Ranking, wanted: str | None, left_out: str | None
    ) -> Iterator[Trial]:
        """The trial of one phrasing, if any group is left that could be answered."""
        ids = [self._base.groups[number].id for number in ranking.order]
        left = [number for number, id_ in zip(ranking.order, ids, strict=True) if id_ != left_out]
        ranking = Ranking(left, ranking.scores, ranking.shares, ranking.similarities)
        candidates = self.candidates(ranking)
        if candidates:
            first_three = [self._base.groups[number].id for number in candidates[:3]]
            signs = self.signs(self._texts[phrasing], ranking, candidates[0], unwritten=phrasing)
            yield Trial(signs, first_three[0] == wanted, wanted in first_three)


def _weighted(trials: Sequence[Trial], total: float) -> Iterator[Trial]:
    return (Trial(one.signs, one.right, one.among_three, total / len(trials)) for one in trials)
