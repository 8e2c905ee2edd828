"""Which links open the bot somewhere: at an answer, in a language, in a group of participants.

Telegram hands over what follows `start=`, at most 64 of A-Z a-z 0-9 _ and -:
https://core.telegram.org/bots/features#deep-linking
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.assistant.payloads import LANGUAGE, SHOW
from bot.assistant.reader import Reader


class LinksError(Exception):
    """Why no links can be made, in words for the person who asked."""


@dataclass(frozen=True, slots=True)
class DeepLink:
    """A link and what it opens."""

    payload: str
    title: str  # in the reader's language
    joins: bool = False  # enrols who opens it, and shows no answer

    def url(self, bot: str) -> str:
        """The address; `bot` is the bot's username without the @."""
        return f"https://t.me/{bot}?start={self.payload}"


def links(reader: Reader, wanted: Collection[str] = ()) -> Iterator[DeepLink]:
    """Links to all entries, sites, sessions and languages, or to those in `wanted`, in that order."""
    known = _all(reader)
    for name in wanted or known:
        if name in known:
            yield known[name]


def unknown(reader: Reader, wanted: Collection[str]) -> list[str]:
    """Those of `wanted` that there is no link to."""
    known = _all(reader)
    return [name for name in wanted if name not in known]


def _all(reader: Reader) -> dict[str, DeepLink]:
    knowledge = reader.knowledge
    found = {
        topic: DeepLink(f"{SHOW}-{topic}", reader.title(topic) or topic)
        for topic in (*knowledge.entries, *knowledge.sites, *knowledge.sessions)
    }
    for code in knowledge.programme.languages:
        found[code] = DeepLink(f"{LANGUAGE}-{code}", reader.words.language_name(code))
    return found
