"""What a question wants to be told: a number, a person or a measure, which not every answer holds."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.assistant.frames import Frames
from bot.matching.normalise import normalise
from bot.matching.topics import Topic


class Wants:
    """Knows by its phrasings what each topic tells: one that is never asked 'how many' holds no number."""

    def __init__(self, frames: Mapping[str, Frames], topics: Iterable[Topic]) -> None:
        self._patterns = {language: _patterns(each.wants) for language, each in frames.items()}
        self._told = {
            topic.id: frozenset[str]().union(*(self._of(one.text, one.language) for one in topic.phrasings))
            for topic in topics
        }

    def are_told(self, question: str, language: str, topic: str) -> bool:
        """Whether the phrasings of a topic want to be told all that the question does."""
        return self._of(question, language) <= self._told.get(topic, frozenset())

    def _of(self, text: str, language: str) -> frozenset[str]:
        patterns = self._patterns.get(language, {})
        normalised = normalise(text)
        return frozenset(want for want, pattern in patterns.items() if pattern.search(normalised))


def _patterns(wants: Mapping[str, Sequence[str]]) -> dict[str, re.Pattern[str]]:
    """Want → its words; `^` before one means that the question begins with it."""
    return {want: re.compile("|".join(map(_pattern, words))) for want, words in wants.items()}


def _pattern(words: str) -> str:
    begin = "^" if words.startswith("^") else r"\b"
    return rf"{begin}{re.escape(normalise(words))}\b"
