"""Builds the assistant of a revision: at once with what is known already, whole once a worker has learned."""

import asyncio
import logging
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bot.assistant.assistant import Assistant
from bot.assistant.understanding import phrasings_of
from bot.encoder.meaning import Meaning
from bot.exam.foresight import Side
from bot.knowledge.model import Knowledge
from bot.matching.meaning import Encoded
from bot.revisions.worker import WorkerError, in_worker

logger = logging.getLogger(__name__)

FEW = 600
"""So many phrasings are learned in less time than a worker needs to start."""


@dataclass(frozen=True, slots=True)
class Built:
    """An assistant and what it makes use of."""

    assistant: Assistant
    has_learned: bool  # its own phrasings; else those of a revision before
    knows_meaning: bool


class Builder:
    """`cache` is a folder for what was learned, `meaning` the encoder, if there is one."""

    def __init__(self, meaning: Meaning, cache: Path) -> None:
        self.meaning = meaning
        self.cache = cache.absolute()

    def known(self, knowledge: Knowledge) -> Encoded | None:
        """The vectors of all phrasings, if they were made before."""
        return self.meaning.known(phrasings_of(knowledge))

    def whole(self, knowledge: Knowledge, encoded: Encoded | None) -> Built:
        """With these vectors of the phrasings. Takes long unless it was learned before."""
        return Built(Assistant(knowledge, encoded, cache=self.cache), True, encoded is not None)

    async def after(self, knowledge: Knowledge, before: Built, *, leads_elsewhere: bool) -> Built:
        """At once, with the phrasings of a revision before; they are the same unless it `leads_elsewhere`."""
        if leads_elsewhere and len(phrasings_of(knowledge)) <= FEW:
            return await asyncio.to_thread(lambda: self.whole(knowledge, self.known(knowledge)))
        build = partial(Assistant, knowledge, cache=self.cache, before=before.assistant)
        has_learned = before.has_learned and not leads_elsewhere
        return Built(await asyncio.to_thread(build), has_learned, before.knows_meaning)

    async def learned(self, knowledge: Knowledge, encoded: Encoded | None) -> Built:
        """Whole, after a worker has done what takes long."""
        try:
            await in_worker(partial(learn, Side(light(knowledge), encoded), self.cache))
        except WorkerError as error:
            logger.warning("The knowledge is learned beside the answers, which slows them: %s", error)
        return await asyncio.to_thread(self.whole, knowledge, encoded)


def light(knowledge: Knowledge) -> Knowledge:
    """The knowledge without the content of its pictures, to be handed to a worker."""
    photos = {name: replace(photo, data=b"") for name, photo in knowledge.photos.items()}
    return replace(knowledge, photos=photos)


def learn(side: Side, cache: Path) -> None:
    """Builds the assistant once, so that what it learns lies in `cache`: building it again takes a tenth."""
    Assistant(side.knowledge, side.encoded, cache=cache)
