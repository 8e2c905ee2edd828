"""Figures of a matcher over a case."""

import math

import numpy as np
import pytest

from bot.bench.data import Case, Question
from bot.bench.measure import answers, auroc, calibration_error, figures
from bot.matching.topics import Phrasing, Topic

BUS = Topic("bus", tuple(Phrasing(t, "en") for t in ("when does the bus leave", "bus stop", "shuttle times")))
WIFI = Topic("wifi", tuple(Phrasing(t, "en") for t in ("wifi password", "how to get internet", "wifi code")))
CASE = Case(
    "small",
    (BUS, WIFI),
    (
        Question("bus stop", frozenset({"bus"})),
        Question("wifi", frozenset({"wifi", "bus"})),
        Question("the weather", frozenset()),
    ),
)


def test_figures_count_right_topics_and_those_among_three() -> None:
    ranked = {
        "bus stop": [("wifi", 0.9), ("wifi", 0.8), ("bus", 0.7)],
        "wifi": [("wifi", 0.95)],
        "the weather": [("bus", 0.1)],
    }
    measured = figures(lambda question: ranked[question], CASE)
    assert (measured.first, measured.among_three, measured.auroc) == (0.5, 1.0, 1.0)
    assert measured.milliseconds > 0


def test_the_area_under_the_curve_counts_ties_half() -> None:
    assert auroc([3, 2], [1, 2]) == (1 + 1 + 1 + 0.5) / 4
    assert math.isnan(auroc([1], []))


def test_calibration_error_is_the_distance_of_confidence_from_truth() -> None:
    confidence, right = np.array([0.9, 0.9, 0.2, 0.2]), np.array([True, False, False, False])
    assert calibration_error(confidence, right) == pytest.approx(0.5 * 0.4 + 0.5 * 0.2)


def test_answers_are_counted_by_outcome() -> None:
    measured = answers(CASE)
    assert measured.right >= 0.5
    assert measured.precision == 1.0
    assert measured.refused == 1.0
