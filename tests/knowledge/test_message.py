"""Messages read as English texts, and can be said in another language later."""

import pytest

from bot.knowledge.message import Message, MessageError, said
from bot.locales import words_in

SPANISH = {
    "{place}: {problem}": "{place} · {problem}",
    "{size:,} bytes": "{size:,} octetos",
    "is empty": "está vacío",
}


def spanish(pattern: str, /, **values: object) -> str:
    text = SPANISH[pattern]
    return text.format(**values) if values else text


def test_a_message_reads_as_its_english_text() -> None:
    assert Message("{size:,} bytes", size=1234) == "1,234 bytes"
    assert Message("curly {brackets} stay") == "curly {brackets} stay"


def test_a_message_is_said_in_another_language_with_the_messages_in_it() -> None:
    message = Message("{place}: {problem}", place="a.yaml", problem=Message("{size:,} bytes", size=1234))
    assert said(message, spanish) == "a.yaml · 1,234 octetos"


def test_a_message_without_values_is_a_pattern_for_others() -> None:
    pattern = Message("{size:,} bytes")
    assert said(Message(pattern, size=7), spanish) == "7 octetos"


def test_another_text_is_said_as_it_is() -> None:
    assert said("is empty", spanish) == "is empty"
    assert said(Message("is empty"), spanish) == "está vacío"


def test_an_error_says_its_message() -> None:
    error = MessageError(Message("is empty"))
    assert str(error) == "is empty"
    assert error.said(spanish) == "está vacío"


@pytest.mark.parametrize("language", ["es", "ko"])
def test_what_the_catalogues_lack_is_said_in_english(language: str) -> None:
    assert said(Message("no catalogue has {this}", this="sentence"), words_in(language)) == (
        "no catalogue has sentence"
    )
