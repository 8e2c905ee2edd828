"""What to offer to somebody who is still typing: answers that fit so far, as in inline mode."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.assistant.assistant import Assistant
from bot.assistant.entries import is_valid
from bot.assistant.reader import Reader
from bot.assistant.reply import Conversation, Kind, Reply
from bot.assistant.understanding import Asked
from bot.matching.normalise import normalise

MOST = 10


@dataclass(frozen=True, slots=True)
class Found:
    """One answer that may be meant."""

    topic: str  # the id of an entry, site or session
    title: str
    reply: Reply


def lookup(assistant: Assistant, typed: str, conversation: Conversation, moment: datetime) -> list[Found]:
    """At most 10 answers, the likeliest first; with nothing typed, those of the emergency and help cards.

    First what the question asks for, then what it may ask for, then titles in which what is typed occurs.
    """
    language = conversation.language or conversation.guessed_language or assistant.knowledge.default_language
    reader = Reader.of(assistant.knowledge, language, moment)
    cards = assistant.knowledge.programme.cards
    if typed.strip():
        asked = assistant.explain(typed, conversation, moment)
        topics = dict.fromkeys([*_meant(asked), *_titled(typed, reader)])
    else:
        topics = dict.fromkeys([cards.help, cards.emergency, cards.contact])
    found = (_found(topic, assistant, reader, conversation) for topic in topics)
    return [each for each in found if each][:MOST]


def _meant(asked: Asked) -> Iterator[str]:
    yield from (target.topic for target in asked.targets if target.topic)
    yield from asked.suggestions
    yield from asked.mentions.topics


def _titled(typed: str, reader: Reader) -> Iterator[str]:
    """Entries, sites and sessions with a title that has a word that begins like this."""
    knowledge, wanted = reader.knowledge, f" {normalise(typed)}"
    for topic in (*knowledge.sites, *knowledge.entries, *knowledge.sessions):
        if wanted in f" {normalise(reader.title(topic) or '')}":
            yield topic


def _found(topic: str, assistant: Assistant, reader: Reader, conversation: Conversation) -> Found | None:
    title, entry = reader.title(topic), reader.knowledge.entries.get(topic)
    if title is None or (entry and not is_valid(entry, reader)):
        return None
    reply = assistant.press(f"show:{topic}", conversation, reader.moment)
    return Found(topic, title, reply) if reply and reply.kind is Kind.ANSWER else None
