import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox.pacing import LONGEST_DEBT, UNPACED, WINDOW, Limit, Pace, Window

PACE = Pace()


@given(
    limit=st.sampled_from([PACE.overall, PACE.private, PACE.group]),
    steps=st.lists(st.tuples(st.floats(0, 5), st.integers(1, 3)), min_size=1, max_size=200),
)
def test_no_window_holds_more_than_the_limit(limit: Limit, steps: list[tuple[float, int]]) -> None:
    owed, now, sent = 0.0, 1e9, []
    for wait, calls in steps:
        now += wait * limit.every
        if limit.allows(owed, now):
            owed = limit.owed_after(owed, now, calls)
            sent += [now] * calls
    most_at_once = 2  # a call of three messages may begin while one is allowed
    for window in (1.0, 60.0):
        for start in sent:
            held = sum(start <= moment < start + window for moment in sent)
            assert held <= window / limit.every + limit.burst + most_at_once + 1e-6


@pytest.mark.parametrize(
    ("limit", "seconds", "most"), [(PACE.overall, 1, 30), (PACE.private, 60, 65), (PACE.group, 60, 20)]
)
def test_greedy_sending_stays_within_what_telegram_publishes(limit: Limit, seconds: int, most: int) -> None:
    owed, sent = 0.0, []
    for tick in range(200_000):
        now = 1e9 + tick / 1000
        if limit.allows(owed, now):
            owed = limit.owed_after(owed, now)
            sent.append(now)
    windows = [sum(start <= moment < start + seconds for moment in sent[:200]) for start in sent[:100]]
    assert max(windows) <= most
    assert len(sent) >= 200 / limit.every * 0.97  # and hardly less than allowed


def test_what_was_not_used_is_not_saved_up() -> None:
    limit = Limit(1.0, burst=2)
    owed = limit.owed_after(0.0, 1000.0)
    owed = limit.owed_after(owed, 1000.0)
    assert not limit.allows(owed, 1000.5)
    assert limit.allows(owed, 1001.0)


def test_a_clock_set_back_does_not_stop_the_bot() -> None:
    limit = Limit(1.0)
    owed = limit.owed_after(0.0, 1_000_000.0)
    earlier = 1_000_000.0 - LONGEST_DEBT - 1
    assert limit.allows(owed, earlier)
    assert limit.owed_after(owed, earlier) == earlier + 1


def test_groups_and_people_have_budgets_of_their_own() -> None:
    assert PACE.of(42) == PACE.private
    assert PACE.of(-100) == PACE.group
    assert UNPACED.of(42).allows(1000.0, 1000.0)


async def test_calls_that_were_held_up_do_not_all_begin_at_once() -> None:
    window, begun = Window(3), list[float]()
    clock = asyncio.get_running_loop().time

    async def call(messages: int) -> None:
        await window.enter(messages)
        begun.extend([clock()] * messages)

    await asyncio.gather(*(call(messages) for messages in (1, 2, 1, 1, 5)))
    begun.sort()
    assert len(begun) == 10
    assert begun[2] - begun[0] < WINDOW <= begun[3] - begun[0]
    assert begun[5] - begun[4] >= WINDOW  # more than fit wait for an empty window
