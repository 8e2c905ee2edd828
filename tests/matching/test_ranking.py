"""Topics ranked for a text."""

import numpy as np
import pytest

from bot.matching.base import Base
from bot.matching.index import ALL_UP_TO
from bot.matching.learning import Learned, learn
from bot.matching.synonyms import Synonyms
from bot.matching.topics import Phrasing, Topic


def test_the_topic_that_fits_is_first(learned: Learned) -> None:
    ranking = learned.ranker.rank(learned.reader.read("where do i wash my clothes").text)
    assert ranking.topics[0] == 2
    assert list(ranking.scores) == sorted(ranking.scores, reverse=True)
    assert ranking.shares.sum() == pytest.approx(1, abs=1e-5)


def test_the_nearest_phrasing_of_a_topic_comes_with_the_best_of_the_others(
    learned: Learned, base: Base
) -> None:
    ranking = learned.ranker.rank(learned.reader.read("is there a laundry").text)
    phrasing, nearest, others = learned.ranker.nearest(2, ranking)
    assert base.phrasings[phrasing].text == "Is there a laundry?"
    assert nearest == pytest.approx(1, abs=1e-3) and others < 0.5


def test_unwritten_phrasings_are_not_similar(learned: Learned, base: Base) -> None:
    vector = learned.ranker.space.vector(learned.reader.read("is there a laundry").text)
    unwritten = np.array([number in base.phrasings_of(2) for number in range(len(base.phrasings))])
    ranking = learned.ranker.rank_vector(vector, unwritten)
    assert learned.ranker.nearest(2, ranking)[1] == 0


def test_a_big_base_ranks_the_topics_worth_comparing() -> None:
    words = [f"{a}{b}{c}o" for a in "bdfgk" for b in "aeiou" for c in "lmnrst"] * 3
    names = [f"{words[n % 89]} {words[n % 83]} {words[n % 150]}" for n in range(ALL_UP_TO + 1)]
    topics = [Topic(f"t{number}", (Phrasing(name, "en"),)) for number, name in enumerate(names)]
    big = learn(Base(topics), Synonyms())
    ranking = big.ranker.rank(big.reader.read(names[1234]).text)
    assert ranking.topics[0] == 1234
    assert len(ranking.phrasings) < 200
    assert big.ranker.nearest(1234, ranking)[1] == pytest.approx(1, abs=1e-3)
