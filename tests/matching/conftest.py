"""A small knowledge base, and what is learned from it."""

import pytest

from bot.matching.base import Base
from bot.matching.learning import Learned, learn
from bot.matching.synonyms import Synonyms
from bot.matching.topics import Phrasing, Topic


def topic(id_: str, *texts: str, language: str = "en", not_about: tuple[str, ...] = ()) -> Topic:
    """A topic in one language."""
    return Topic(
        id_,
        tuple(Phrasing(text, language) for text in texts),
        tuple(Phrasing(text, language) for text in not_about),
    )


@pytest.fixture(scope="session")
def base() -> Base:
    return Base(
        [
            topic(
                "wifi", "What is the wifi password?", "How do I connect to the internet?", "wifi in my room"
            ),
            topic("breakfast", "When is breakfast?", "Where do we eat in the morning?", "Is breakfast free?"),
            topic(
                "laundry", "Where can I wash clothes?", "Is there a laundry?", "How much is laundry service?"
            ),
            topic(
                "hotel",
                "What is the name of our hotel?",
                "Tell me about the hotel",
                not_about=("hotel pool",),
            ),
        ]
    )


@pytest.fixture(scope="session")
def learned(base: Base) -> Learned:
    return learn(base, Synonyms([["wash", "launder"]]))
