"""The column of hours: every minute has its height, in order, and everything has the room it needs."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.timetable.axis import Axis, Span

SPANS = st.lists(
    st.builds(
        lambda start, length, height: Span(start, min(start + length, 1439), height),
        st.integers(0, 1400),
        st.integers(1, 600),
        st.floats(1, 300),
    ),
    min_size=1,
    max_size=12,
)


@given(SPANS, st.lists(st.integers(0, 1439), max_size=2))
def test_later_is_lower_and_each_span_has_its_height(spans: list[Span], marks: list[int]) -> None:
    axis = Axis(spans, marks)
    heights = [axis.y(minute) for minute in range(axis.first, axis.last + 1)]
    assert heights[0] == 0
    assert all(above < below for above, below in pairwise(heights))
    assert abs(heights[-1] - axis.height) < 1e-6
    for span in spans:
        assert axis.y(span.end) - axis.y(span.start) >= span.height - 1e-6


@given(SPANS, st.integers(0, 1439))
def test_a_mark_lies_on_the_axis(spans: list[Span], mark: int) -> None:
    axis = Axis(spans, [mark])
    assert axis.first <= mark <= axis.last


def test_a_long_wait_does_not_fill_the_page() -> None:
    morning, evening = Span(8 * 60, 9 * 60, 40), Span(21 * 60, 22 * 60, 40)
    axis = Axis([morning, evening])
    assert axis.y(evening.start) - axis.y(morning.end) <= 30
    assert axis.height < 150


def test_a_long_session_is_taller_than_a_short_one() -> None:
    short, long = Span(9 * 60, 10 * 60, 20), Span(10 * 60, 12 * 60, 20)
    axis = Axis([short, long])
    assert axis.y(long.end) - axis.y(long.start) > axis.y(short.end) - axis.y(short.start)
