"""How the pace falls after a refusal and comes back."""

import pytest

from bot.outbox.slowing import KEPT, Slowdown

NOW = 1_900_000_000.0


def test_without_a_refusal_the_pace_is_whole() -> None:
    assert Slowdown().share_at(NOW) == 1.0


def test_a_refusal_takes_part_of_the_pace_and_it_comes_back_by_itself() -> None:
    slowdown = Slowdown().refused(NOW)
    shares = [slowdown.share_at(NOW + seconds) for seconds in range(40)]
    assert shares[0] == pytest.approx(KEPT)
    assert shares == sorted(shares)
    assert shares[15] > 0.9
    assert shares[-1] == 1.0


def test_what_was_under_way_at_the_old_pace_counts_once() -> None:
    slowdown = Slowdown().refused(NOW)
    assert slowdown.refused(NOW + 0.3).share == slowdown.share


def test_when_the_bot_has_to_wait_it_goes_on_slower_after_that() -> None:
    slowdown = Slowdown().refused(NOW).refused(NOW + 0.2, waits_until=NOW + 300).refused(NOW + 3)
    assert slowdown.share_at(NOW + 300) == pytest.approx(KEPT)
    assert slowdown.refused(NOW + 301).share_at(NOW + 301) < KEPT**2 * 1.5


def test_refused_again_it_goes_slower_still_but_never_stops() -> None:
    slowdown = Slowdown()
    for times in range(20):
        slowdown = slowdown.refused(NOW + times)
    assert slowdown.share_at(NOW + 19) == pytest.approx(0.1)


def test_near_what_was_refused_last_it_stays_longest() -> None:
    """A limit of 12 a second, or 0.43 of the pace, is not met every few seconds."""
    slowdown = Slowdown(NOW, 0.43)
    seconds_below = next(seconds for seconds in range(100) if slowdown.share_at(NOW + seconds) > 0.44)
    assert seconds_below > 25
    assert slowdown.share_at(NOW + 60) > 0.9
