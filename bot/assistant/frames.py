"""General ways of asking, such as `where is {place}`: data for every language, as topics to match."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from bot.matching.normalise import slot
from bot.matching.topics import Phrasing, Topic

FOLDER = Path(__file__).with_name("frames")
PLACE = slot("place")
"""Stands for the mention of a site or session in a masked question; no language has such a word."""
DAY = slot("day")
"""Stands for the mention of a day or time."""

ABOUT_A_PLACE = frozenset(
    "what where directions when duration after see wear bring photos_allowed pictures bus".split()  # noqa: SIM905 - words
)
"""Asks that are answered from the fields of a site or session."""
ABOUT_A_DAY = frozenset(["plan", "bus", "wear", "bring", "meet"])
"""Asks that are answered from the sessions of a day."""
SMALL_TALK = frozenset(["hello", "how_are_you", "thanks", "bye", "who", "okay"])


@dataclass(frozen=True, slots=True)
class Frames:
    """One language's ways of asking."""

    asks: Mapping[str, tuple[str, ...]]  # ask → templates
    there: tuple[str, ...]  # words that stand for the place talked about last
    both: tuple[str, ...]  # words that join two questions
    kinds: Mapping[str, tuple[str, ...]]  # kind of session → what people call it
    order: Mapping[str, tuple[str, ...]]  # first, last or next → words for it beside a kind of session
    wants: Mapping[str, tuple[str, ...]]  # number, person or measure → words that ask for one


@lru_cache(maxsize=32)
def frames_in(language: str) -> Frames | None:
    """The frames of a language; None when there is no file for it. A file is read at its first use."""
    path = FOLDER / f"{language}.yaml"
    if not path.is_file():
        return None
    data = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - plain texts only
    return Frames(
        {ask: tuple(templates) for ask, templates in data["asks"].items()},
        tuple(data["there"]),
        tuple(data["and"]),
        {kind: tuple(names) for kind, names in data["kinds"].items()},
        {order: tuple(words) for order, words in data["order"].items()},
        {want: tuple(words) for want, words in data["wants"].items()},
    )


def frames_of(languages: Sequence[str]) -> dict[str, Frames]:
    """The frames of all languages that have some, by language."""
    return {language: frames for language in languages if (frames := frames_in(language))}


def frame_topics(frames: Mapping[str, Frames], slot: str | None) -> tuple[Topic, ...]:
    """One topic for each ask that has templates with `slot` (PLACE or DAY), or with none for None.

    Its phrasings are those templates in all languages, with the slot in its place.
    """
    phrasings: dict[str, list[Phrasing]] = {}
    for language, each in frames.items():
        for ask, templates in each.asks.items():
            for template in templates:
                text = template.format(place=f" {PLACE} ", day=f" {DAY} ")
                if (slot in text) if slot else (PLACE not in text and DAY not in text):
                    phrasings.setdefault(ask, []).append(Phrasing(" ".join(text.split()), language))
    return tuple(Topic(ask, tuple(texts)) for ask, texts in phrasings.items())
