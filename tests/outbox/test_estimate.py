"""What a broadcast takes and costs."""

import pytest

from bot.outbox.estimate import estimate


def test_ten_thousand_take_six_minutes_for_nothing_or_less_than_two_for_a_thousand_stars() -> None:
    free, paid = estimate(10_000), estimate(10_000, paid=True)
    assert (round(free.seconds / 60), free.stars) == (6, 0)
    assert paid.seconds < 120
    assert paid.stars == pytest.approx(1000)


def test_nothing_takes_no_time() -> None:
    assert estimate(0).seconds == estimate(0, paid=True).stars == 0
