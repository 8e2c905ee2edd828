"""A part of a question that speaks of something."""

from dataclasses import dataclass
from enum import Enum


class About(Enum):
    """What a span of a question speaks of."""

    TOPIC = "topic"  # a site or session by its name
    KIND = "kind"  # a kind of session, such as 'the lecture'
    THERE = "there"  # the place talked about last
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a question that mentions something: question[start:end]."""

    start: int
    end: int
    about: About
    name: str = ""  # id of a site or session, or the kind of session
    order: str = ""  # which of its kind: first, last or next
