"""Confidence that is kept, and thresholds from wishes."""

import numpy as np
import pytest

from bot.matching.calibrate import RIGHT, Trial, calibrated, fitted
from bot.matching.signs import Signs

SURE, POOR = Signs(0.4, 0.9, 0.6, 0.9, 1.0), Signs(0.02, 0.2, -0.1, 0.4, 0.2)


def trials(right_when_poor: int) -> list[Trial]:
    """Forty sure trials that are right, and forty poor ones of which some are."""
    sure = [Trial(SURE, right=True, among_three=True)] * 40
    return sure + [Trial(POOR, right=n < right_when_poor, among_three=n < right_when_poor) for n in range(40)]


def test_better_signs_give_more_confidence() -> None:
    calibration = calibrated([])
    assert calibration.confidence(SURE)[0] > 0.9
    assert calibration.confidence(POOR)[0] < 0.2


def test_one_of_three_is_never_less_likely_than_the_first() -> None:
    for signs in (SURE, POOR):
        right, among_three = calibrated(trials(5)).confidence(signs)
        assert among_three >= right


def test_confidence_follows_what_the_knowledge_base_shows() -> None:
    hard, easy = (calibrated(trials(number)).confidence(POOR)[0] for number in (0, 36))
    assert hard < 0.1 and easy > 0.5


def test_a_stricter_wish_gives_a_higher_threshold() -> None:
    calibration = calibrated(trials(20))
    thresholds = [calibration.answer_from(wrong) for wrong in (0.1, 1, 5, 20)]
    assert thresholds == sorted(thresholds, reverse=True)
    assert thresholds[0] > thresholds[-1] >= 0.5


def test_without_a_rehearsal_the_wish_alone_sets_the_threshold() -> None:
    assert calibrated([]).answer_from(3) == pytest.approx(0.76)


def test_without_data_the_prior_stays() -> None:
    prior = np.array(RIGHT, dtype=np.float32)
    rows, nothing = np.zeros((0, len(prior)), dtype=np.float32), np.zeros(0, dtype=np.float32)
    assert fitted(rows, nothing, nothing, prior, 3.0) == pytest.approx(prior)


def test_the_fit_recovers_known_weights() -> None:
    chance = np.random.default_rng(1)
    rows = np.column_stack([np.ones(4000), chance.normal(size=(4000, 2))]).astype(np.float32)
    odds = rows @ np.array([0.5, 2.0, -1.0])
    wanted = chance.random(4000) < 1 / (1 + np.exp(-odds))
    found = fitted(rows, wanted, np.ones(4000, dtype=np.float32), np.zeros(3, dtype=np.float32), 0.01)
    assert found == pytest.approx([0.5, 2.0, -1.0], abs=0.2)
