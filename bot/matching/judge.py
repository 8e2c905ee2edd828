"""Reads the signs of a ranking, and learns from a rehearsal what they are worth."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz

from bot.matching.base import Base
from bot.matching.calibrate import Trial
from bot.matching.content import Content
from bot.matching.features import Text
from bot.matching.ranking import Ranker, Ranking
from bot.matching.reading import Reader
from bot.matching.rehearsal import Rehearsed
from bot.matching.signs import Signs

_LEAST_SCORE = 0.2
"""A margin is measured against a score of at least this."""
_ENOUGH = 0.4
"""A larger margin, as a share of the score, says nothing more: a rare word gives it to any topic."""
OUT_OF_SCOPE = 0.2
"""Share of questions without an answer that the wishes for right answers are meant for."""


class Judge:
    """Knows how the phrasings of a base are read, and which of their words have a meaning."""

    def __init__(self, base: Base, reader: Reader, ranker: Ranker) -> None:
        self._base = base
        self._ranker = ranker
        self._text = lru_cache(maxsize=4096)(lambda number: reader.phrasing(base.phrasings[number]))
        self._content = Content(lambda topic: [self._text(number) for number in base.phrasings_of(topic)])

    def candidates(self, ranking: Ranking) -> list[int]:
        """Places in the ranking of the groups that may be answered; what a topic is not about is none."""
        return [place for place, number in enumerate(ranking.topics) if not self._base.groups[number].against]

    def signs(self, text: Text, ranking: Ranking, best: int, *, unwritten: int | None = None) -> Signs:
        """What speaks for the group at place `best`. `unwritten` is a phrasing that does not count."""
        score, number = float(ranking.scores[best]), ranking.topics[best]
        rival = 1 if best == 0 else 0
        margin = score - float(ranking.scores[rival]) if rival < len(ranking.topics) else score
        phrasing, nearest, others = self._ranker.nearest(number, ranking)
        is_own = unwritten is not None and self._base.group_of[unwritten] == number
        aside = self._text(unwritten) if is_own and unwritten is not None else None
        return Signs(
            margin=max(-1.0, min(_ENOUGH, margin / max(score, _LEAST_SCORE))),
            nearest=nearest,
            lead=nearest - others,
            sorted=fuzz.token_sort_ratio(" ".join(text.read), " ".join(self._text(phrasing).read)) / 100,
            covered=self._content.covered(text, number, aside),
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
        ids = [self._base.groups[number].id for number in ranking.topics]
        places = [place for place, id_ in enumerate(ids) if id_ != left_out]
        left = replace(
            ranking, topics=[ranking.topics[place] for place in places], scores=ranking.scores[places]
        )
        candidates = self.candidates(left)
        if candidates:
            first_three = [ids[places[place]] for place in candidates[:3]]
            signs = self.signs(self._text(phrasing), left, candidates[0], unwritten=phrasing)
            yield Trial(signs, first_three[0] == wanted, wanted in first_three)


def _weighted(trials: Sequence[Trial], total: float) -> Iterator[Trial]:
    return (Trial(one.signs, one.right, one.among_three, total / len(trials)) for one in trials)
