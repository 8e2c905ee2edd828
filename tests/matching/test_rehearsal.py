"""The knowledge base asks itself."""

import numpy as np

from bot.matching.base import Base
from bot.matching.learning import Learned
from bot.matching.rehearsal import held_out, rehearse
from bot.matching.space import Space


def test_every_fourth_phrasing_of_a_topic_is_held_out_but_never_the_only_one() -> None:
    topics = np.array([0, 0, 0, 1, 2, 2, 2, 2, 2, 2], dtype=np.int32)
    assert np.flatnonzero(held_out(topics)).tolist() == [1, 5, 9]


def test_a_held_out_phrasing_is_not_found_and_its_topic_may_be_left_out(learned: Learned, base: Base) -> None:
    texts = [learned.reader.phrasing(phrasing) for phrasing in base.phrasings]
    topics = np.array(base.group_of, dtype=np.int32)
    _, rows = Space.of(texts, topics)
    held = held_out(topics)
    subjects = [base.groups[number].id for number in base.group_of]
    rehearsed = list(rehearse(learned.ranker, rows, held, subjects))
    assert [one.phrasing for one in rehearsed] == np.flatnonzero(held).tolist()
    for one in rehearsed:
        own = [number for number, subject in enumerate(subjects) if subject == subjects[one.phrasing]]
        assert one.ranking.similarities[one.phrasing] == 0
        assert one.without_topic.similarities[own].max() == 0
