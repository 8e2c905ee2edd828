"""What a worker does for a revision that is to become live: learn all that takes long, and keep it."""

from dataclasses import replace
from pathlib import Path

from bot.assistant.assistant import Assistant
from bot.knowledge.model import Knowledge
from bot.matching.meaning import Encoded


def learn(knowledge: Knowledge, encoded: Encoded | None, cache: Path) -> None:
    """Builds the assistant once, so that what it learns lies in `cache`: building it again takes a tenth."""
    Assistant(knowledge, encoded, cache=cache)


def light(knowledge: Knowledge) -> Knowledge:
    """The knowledge without the content of its pictures, to be handed to a worker."""
    photos = {name: replace(photo, data=b"") for name, photo in knowledge.photos.items()}
    return replace(knowledge, photos=photos)
