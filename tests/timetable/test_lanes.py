"""Side by side: what overlaps never shares a lane, and what does not overlap is not squeezed."""

from hypothesis import given
from hypothesis import strategies as st

from bot.timetable.lanes import Lane, lanes

SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda span: (span[0], span[0] + span[1])),
    max_size=15,
)


@given(SPANS)
def test_what_overlaps_stands_in_different_lanes_of_the_same_width(spans: list[tuple[int, int]]) -> None:
    placed = lanes(spans)
    for (a_start, a_end), a in zip(spans, placed, strict=True):
        assert 0 <= a.number < a.of
        for (b_start, b_end), b in zip(spans, placed, strict=True):
            if a is not b and a_start < b_end and b_start < a_end:
                assert a.number != b.number
                assert a.of == b.of


def test_one_after_the_other_has_the_whole_width() -> None:
    assert lanes([(10, 20), (20, 30)]) == [Lane(0, 1), Lane(0, 1)]


def test_a_lane_is_used_again_when_it_is_free() -> None:
    assert lanes([(10, 40), (10, 20), (20, 30)]) == [Lane(0, 2), Lane(1, 2), Lane(1, 2)]


def test_no_spans_have_no_lanes() -> None:
    assert lanes([]) == []
