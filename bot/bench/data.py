"""Knowledge bases with test questions, from folders of JSON or from the project's own question bank."""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.knowledge.loader import load
from bot.knowledge.model import Entry
from bot.matching.topics import Phrasing, Topic


class DataError(Exception):
    """Says which file is missing or wrong."""


@dataclass(frozen=True, slots=True)
class Question:
    """A test question and the ids that answer it; none when it is out of scope."""

    text: str
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """A knowledge base and the questions that it is asked."""

    name: str  # such as `clinc150 k10 clean`
    topics: tuple[Topic, ...]
    questions: tuple[Question, ...]
    synonyms: Sequence[Sequence[str]] = ()

    def sampled(self, most: int) -> "Case":
        """The case with at most so many questions, always the same ones; 0 is all."""
        if not 0 < most < len(self.questions):
            return self
        return replace(self, questions=tuple(random.Random(0).sample(self.questions, most)))  # noqa: S311 - a sample


def cases_in(folder: Path, split: str) -> Iterator[Case]:
    """Every knowledge base `SET-kK-sS.json` of a folder with `SET-SPLIT-KIND.json`, KIND clean or typo.

    A knowledge base is `{"entries": [{"id", "questions"}]}`, and questions are `{"tests": [{"q", "id"}]}`
    with the id null when out of scope. Raises DataError.
    """
    bases = sorted(folder.glob("*-k*-s*.json"))
    if not bases:
        raise DataError(f"{folder}: no knowledge base such as clinc150-k5-s1.json")
    for path in bases:
        name, k, _ = path.stem.rsplit("-", 2)
        topics = tuple(_topic(entry) for entry in _read(path)["entries"])
        for kind in ("clean", "typo"):
            tests = _read(folder / f"{name}-{split}-{kind}.json")["tests"]
            questions = tuple(Question(one["q"], frozenset({one["id"]} - {None})) for one in tests)
            yield Case(f"{name} {k} {kind}", topics, questions)


def case_of_bank(bank: Path, half: str, knowledge: Path) -> Case:
    """The entries of a knowledge folder, asked one half of a question bank.

    Left out are questions about the schedule and sites, which are not matched by phrasings alone, and
    questions that lean on earlier ones.
    """
    loaded = load(knowledge)
    questions = []
    for line in bank.read_text("utf-8").splitlines():
        one = json.loads(line)
        wanted = frozenset({one["id"], *one.get("also", ())} - {None})
        if one["half"] == half and not one.get("context") and (one["id"] in loaded.entries or not wanted):
            questions.append(Question(one["q"], wanted))
    topics = tuple(_topic_of(entry) for entry in loaded.entries.values())
    return Case(f"question bank ({half})", topics, tuple(questions), loaded.synonyms)


def _topic(entry: Mapping[str, Any]) -> Topic:
    return Topic(entry["id"], tuple(Phrasing(text, "en") for text in entry["questions"]))


def _topic_of(entry: Entry) -> Topic:
    return Topic(entry.id, _phrasings(entry.questions), _phrasings(entry.not_about))


def _phrasings(texts: Mapping[str, Sequence[str]]) -> tuple[Phrasing, ...]:
    return tuple(Phrasing(text, language) for language, own in texts.items() for text in own)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: {error}") from error
