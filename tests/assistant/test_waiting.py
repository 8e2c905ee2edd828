"""The assistant of the command line fetches vectors by itself, and does without when there are none."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bot.assistant.assistant import Assistant
from bot.assistant.reply import Conversation
from bot.assistant.understanding import phrasings_of
from bot.assistant.waiting import WaitingAssistant
from bot.knowledge.loader import load
from bot.matching.meaning import Encoded

MORNING = datetime(2031, 5, 5, 8, tzinfo=UTC)


def encoded(texts: Sequence[str]) -> Encoded:
    """Vectors that say how often each letter of a text occurs."""
    rows = [np.bincount([ord(letter) % 64 for letter in text + " "], minlength=64) for text in texts]
    return {
        text: (row / np.linalg.norm(row)).astype(np.float32) for text, row in zip(texts, rows, strict=True)
    }


def test_a_question_and_its_parts_are_encoded_before_they_are_read(folder: Path) -> None:
    knowledge, asked = load(folder), list[str]()

    def encode(texts: Sequence[str]) -> Encoded:
        asked.extend(texts)
        return encoded(texts)

    assistant = WaitingAssistant(knowledge, encoded(phrasings_of(knowledge)), encode)
    assert asked == []
    assistant.ask("Where is the harbour? When do we eat lunch?", Conversation(), MORNING)
    assert asked[0] == "Where is the harbour? When do we eat lunch?"
    assert len(asked) == 3
    assistant.explain("Where is the harbour?", Conversation(), MORNING)
    assert len(asked) > 3


def test_without_vectors_it_answers_as_any_assistant(folder: Path) -> None:
    knowledge = load(folder)
    waiting = WaitingAssistant(knowledge, encoded(phrasings_of(knowledge)), lambda _texts: {})
    for question in ("help me", "what is the wifi password", "asdf"):
        by_letters = Assistant(knowledge).ask(question, Conversation(), MORNING)
        assert waiting.ask(question, Conversation(), MORNING) == by_letters
