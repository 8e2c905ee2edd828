"""Signs of rankings, and trials for the calibration."""

from bot.matching.base import Base
from bot.matching.judge import OUT_OF_SCOPE, Judge
from bot.matching.learning import Learned
from bot.matching.rehearsal import Rehearsed


def test_what_a_topic_is_not_about_is_no_candidate(learned: Learned, base: Base) -> None:
    judge = Judge(base, learned.reader, learned.ranker)
    ranking = learned.ranker.rank(learned.reader.read("hotel pool").text)
    assert ranking.topics[0] == 4
    assert 0 not in judge.candidates(ranking)


def test_what_a_topic_is_not_about_takes_its_lead(learned: Learned, base: Base) -> None:
    judge = Judge(base, learned.reader, learned.ranker)
    reading = learned.reader.read("hotel pool")
    ranking = learned.ranker.rank(reading.text)
    signs = judge.signs(reading.text, ranking, judge.candidates(ranking)[0])
    assert signs.margin < 0 and signs.lead < 0


def test_a_phrasing_has_the_best_signs_unless_it_is_unwritten(learned: Learned, base: Base) -> None:
    judge = Judge(base, learned.reader, learned.ranker)
    reading = learned.reader.read("Is there a laundry?")
    ranking = learned.ranker.rank(reading.text)
    signs = judge.signs(reading.text, ranking, 0)
    assert (signs.sorted, signs.covered) == (1.0, 1.0) and signs.nearest > 0.99
    assert judge.signs(reading.text, ranking, 0, unwritten=7).covered == 1.0  # another one has `laundry` too
    password = learned.reader.read("What is the wifi password?")
    assert judge.signs(password.text, learned.ranker.rank(password.text), 0, unwritten=0).covered == 0.5


def test_trials_hold_the_usual_share_of_questions_out_of_scope(learned: Learned, base: Base) -> None:
    judge = Judge(base, learned.reader, learned.ranker)
    ranking = learned.ranker.rank(learned.reader.read("laundry service").text)
    trials = judge.trials([Rehearsed(7, ranking, ranking), Rehearsed(8, ranking, ranking)])
    weights = {right: sum(t.weight for t in trials if t.right is right) for right in (True, False)}
    assert weights[False] / sum(weights.values()) == OUT_OF_SCOPE
    assert all(not trial.among_three for trial in trials if trial.weight < 1)
