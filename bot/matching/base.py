"""Topics laid out as numbered groups of phrasings, as the ranking wants them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from bot.matching.topics import Phrasing, Topic


@dataclass(frozen=True, slots=True)
class Group:
    """Phrasings that ask for one topic, or that look like it and ask for something else."""

    id: str
    against: bool


class Base:
    """All phrasings in one row; `group_of[i]` is the number of the group of `phrasings[i]`."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.groups: list[Group] = []
        self.phrasings: list[Phrasing] = []
        self.group_of: list[int] = []
        for topic in topics:
            self._add(Group(topic.id, against=False), topic.phrasings)
            self._add(Group(topic.id, against=True), topic.not_about)

    def phrasings_of(self, group: int) -> range:
        """The numbers of a group's phrasings."""
        return range(bisect_left(self.group_of, group), bisect_left(self.group_of, group + 1))

    def _add(self, group: Group, phrasings: Sequence[Phrasing]) -> None:
        if phrasings:
            self.group_of += [len(self.groups)] * len(phrasings)
            self.phrasings += phrasings
            self.groups.append(group)
