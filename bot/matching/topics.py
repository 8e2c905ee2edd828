"""What goes into matching and what comes out: topics with their phrasings, results with their matches."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask for a topic."""

    text: str
    language: str  # ISO 639 code, such as `en`


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that can be asked for."""

    id: str
    phrasings: tuple[Phrasing, ...]
    not_about: tuple[Phrasing, ...] = ()  # look alike, but ask for something else


class Outcome(Enum):
    """What to do with a question."""

    ANSWER = "answer"  # the first match is right, as surely as was wished
    SUGGESTIONS = "suggestions"  # the right one is probably among the first three
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """One topic that a question may ask for."""

    id: str
    confidence: float  # 0–1: how often a match like this one is right
    phrasing: str  # the nearest phrasing of the topic, as it was written
    parts: Mapping[str, float]  # what the confidence is made of, for an explanation


@dataclass(frozen=True, slots=True)
class Result:
    """What a question matched."""

    outcome: Outcome
    matches: tuple[Match, ...]  # best first, at most 10
    normalised: str  # the question as it was compared
    corrections: tuple[tuple[str, str], ...]  # (typed, read as)
    exact: bool  # the question is one of the phrasings, or as good as
