"""Which of several sessions of one kind is meant: the words `first`, `last` or `next` beside the kind."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.assistant.frames import Frames
from bot.assistant.spans import About, Span


class OrderFinder:
    """Knows the words of some languages."""

    def __init__(self, frames: Mapping[str, Frames]) -> None:
        self._meaning = {
            word: order for each in frames.values() for order, words in each.order.items() for word in words
        }
        words = "|".join(re.escape(word) for word in sorted(self._meaning, key=len, reverse=True))
        self._before = re.compile(rf"(?:(?<!\w)|(?<=[\u1780-\u17ff]))({words})\s*$", re.IGNORECASE)
        self._after = re.compile(rf"\s*({words})(?!\w)", re.IGNORECASE)

    def widened(self, span: Span, question: str) -> Span:
        """The span of a kind of session with the word of order beside it; any other span as it is."""
        if span.about is not About.KIND or not self._meaning:
            return span
        if before := self._before.search(question, 0, span.start):
            return replace(span, start=before.start(), order=self._meaning[before[1].casefold()])
        if after := self._after.match(question, span.end):
            return replace(span, end=after.end(), order=self._meaning[after[1].casefold()])
        return span
