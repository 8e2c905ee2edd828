"""Each phrasing is asked once of an assistant that has never seen it: is there another way to its entry?

The assistant is built anew for each of a few parts of the phrasings, as it is for participants: with its
spelling, its training and its own idea of when to be sure. Taking a phrasing out of what was already learned
would be faster, but it would ask something that no participant meets.
"""

import multiprocessing
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.assistant.assistant import Assistant
from bot.assistant.understanding import phrasings_of
from bot.exam.asking import Asked, Question, asked
from bot.knowledge.loader import Loaded
from bot.knowledge.model import Entry, Knowledge
from bot.matching.meaning import Encoded

PARTS = 5
"""Of the phrasings that an entry has in a language, one in five is left out at a time."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One build without some phrasings, and these as questions."""

    knowledge: Knowledge
    questions: tuple[Question, ...]
    moment: datetime
    cache: Path
    encoded: Encoded | None


def left_out(loaded: Loaded, moment: datetime, encoded: Encoded | None = None) -> list[Asked]:
    """Every phrasing of every entry, asked without it at `moment`, in the order of the files.

    `encoded` are the vectors of all phrasings, when there is an encoder. Uses all processors.
    """
    with tempfile.TemporaryDirectory(prefix="exam-") as place:
        parts = [_part(loaded, number, moment, Path(place), encoded) for number in range(PARTS)]
        asked_ones = [each for part in _in_processes(parts) for each in part]
    order = {question: number for number, question in enumerate(_questions(loaded))}
    return sorted(asked_ones, key=lambda each: order[each.question])


def _in_processes(parts: Sequence[_Part]) -> Iterator[list[Asked]]:
    context = multiprocessing.get_context("spawn")  # a fork would copy the locks of threads
    with ProcessPoolExecutor(min(len(parts), os.cpu_count() or 1), context) as processes:
        yield from processes.map(_asked, parts)


def _asked(part: _Part) -> list[Asked]:
    assistant = Assistant(part.knowledge, _vectors(part), cache=part.cache)
    encoded = part.encoded or {}
    return [asked(assistant, question, part.moment, encoded) for question in part.questions]


def _vectors(part: _Part) -> Encoded | None:
    encoded = part.encoded
    return {text: encoded[text] for text in phrasings_of(part.knowledge)} if encoded else None


def _part(loaded: Loaded, number: int, moment: datetime, cache: Path, encoded: Encoded | None) -> _Part:
    entries = loaded.knowledge.entries
    rest = {
        id_: entry.model_copy(update={"questions": _rest(entry, number)}) for id_, entry in entries.items()
    }
    questions = [question for question, part in _questions(loaded).items() if part == number]
    return _Part(replace(loaded.knowledge, entries=rest), tuple(questions), moment, cache, encoded)


def _questions(loaded: Loaded) -> Mapping[Question, int]:
    """Every phrasing as a question, and in which part it is left out."""
    found = {}
    for entry in loaded.knowledge.entries.values():
        place = loaded.places[entry.id]
        for row, (language, texts) in enumerate(entry.questions.items()):
            for position, text in enumerate(texts):
                where = f"{place.file}:{place.line_of('questions', language, position)}"
                question = Question(text, frozenset({entry.id}), language, where)
                found[question] = (position + row) % PARTS
    return found


def _rest(entry: Entry, number: int) -> Mapping[str, Sequence[str]]:
    """The entry's phrasings without those that are left out."""
    rest = {}
    for row, (language, texts) in enumerate(entry.questions.items()):
        kept = tuple(text for position, text in enumerate(texts) if (position + row) % PARTS != number)
        if kept:
            rest[language] = kept
    return rest
