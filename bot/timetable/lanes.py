"""What happens at the same time stands side by side."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lane:
    """One of several columns of equal width."""

    number: int  # from 0
    of: int  # how many stand side by side here


def lanes(spans: Sequence[tuple[int, int]]) -> list[Lane]:
    """The lane of each (start, end), in their order. Those that touch but do not overlap share a lane."""
    placed = [Lane(0, 1)] * len(spans)
    group: list[int] = []
    ends: list[int] = []  # of each lane of the group

    def close() -> None:
        for at in group:
            placed[at] = Lane(placed[at].number, len(ends))
        group.clear()
        ends.clear()

    for at in sorted(range(len(spans)), key=lambda index: (spans[index][0], -spans[index][1])):
        start, end = spans[at]
        if group and start >= max(ends):
            close()
        number = next((n for n, last in enumerate(ends) if last <= start), len(ends))
        ends[number : number + 1] = [end]
        placed[at] = Lane(number, 0)
        group.append(at)
    close()
    return placed
