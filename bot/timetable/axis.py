"""The column of hours: tall where there is much to say, short where nothing happens."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_BUSY = 0.55  # points a minute while something is on …
_LONGEST_BUSY = 90.0  # … but at most this for a stretch in which nothing begins or ends
_FREE = 0.4  # points a minute between two things …
_LONGEST_FREE = 30.0  # … but a long wait does not fill the page


@dataclass(frozen=True, slots=True)
class Span:
    """Something from one minute of the day to another that needs some height, in points."""

    start: int
    end: int
    height: float


class Axis:
    """Where each minute of the day lies, in points from the top.

    `marks` are minutes that must lie on the axis too, such as the present one.
    """

    def __init__(self, spans: Sequence[Span], marks: Iterable[int] = ()) -> None:
        self._minutes = sorted({*marks, *(minute for span in spans for minute in (span.start, span.end))})
        heights = [self._natural(at, spans) for at in range(len(self._minutes) - 1)]
        for span in sorted(spans, key=lambda each: each.end - each.start):
            self._stretch(heights, span)
        self._tops = [0.0]
        for height in heights:
            self._tops.append(self._tops[-1] + height)

    @property
    def first(self) -> int:
        """The minute at the top."""
        return self._minutes[0]

    @property
    def last(self) -> int:
        """The minute at the bottom."""
        return self._minutes[-1]

    @property
    def height(self) -> float:
        """Of the whole axis."""
        return self._tops[-1]

    def y(self, minute: int) -> float:
        """Where a minute between the first and the last lies."""
        at = min(bisect_right(self._minutes, minute), len(self._minutes) - 1) - 1
        if at < 0:
            return 0.0
        start, end = self._minutes[at], self._minutes[at + 1]
        part = (minute - start) / (end - start)
        return self._tops[at] + part * (self._tops[at + 1] - self._tops[at])

    def _natural(self, at: int, spans: Iterable[Span]) -> float:
        """The height of one stretch before anything asks for more."""
        start, end = self._minutes[at], self._minutes[at + 1]
        if any(span.start < end and start < span.end for span in spans):
            return min((end - start) * _BUSY, _LONGEST_BUSY)
        return min((end - start) * _FREE, _LONGEST_FREE)

    def _stretch(self, heights: list[float], span: Span) -> None:
        """Gives a span the height it needs, in proportion to what its stretches have."""
        inside = range(self._minutes.index(span.start), self._minutes.index(span.end))
        have = sum(heights[at] for at in inside)
        if have < span.height:
            for at in inside:
                heights[at] *= span.height / have
