"""Whatever is typed gets a reply, and nothing ever escapes from the assistant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assistant.assistant import Assistant
from bot.assistant.reply import Conversation
from tests.assistant.conftest import TUESDAY

HOSTILE = {
    "combining marks": "a" + "\u0301" * 10_000,
    "emoji": "🙂" * 4096,
    "control characters": "".join(map(chr, range(32))) * 100,
    "right-to-left marks": "\u202e\u200f" * 2000 + "wifi",
    "one long word": "x" * 4096,
    "question marks": "?" * 4096,
    "joined questions": "where is pangyo and " * 200,
    "khmer without blanks": "កម្មវិធី" * 500,
    "ligatures": "\ufdfa" * 500,
    "digits": "1234567890:" * 370,
    "lone surrogates": "wifi \ud800\udc00\ud800",
    "nothing": "",
    "blanks": " \n\t ",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_gets_a_reply(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text, Conversation(), TUESDAY).text


@given(text=st.text(max_size=300))
@settings(max_examples=150)
def test_any_text_gets_a_reply(assistant: Assistant, text: str) -> None:
    reply = assistant.ask(text, Conversation(), TUESDAY)
    assert reply.text
    assert 0 <= reply.confidence <= 1


@given(action=st.text(max_size=64))
def test_any_button_data_gives_a_reply_or_nothing(assistant: Assistant, action: str) -> None:
    reply = assistant.press(action, Conversation(), TUESDAY)
    assert reply is None or reply.text


@given(topics=st.lists(st.text(max_size=40), max_size=3), language=st.text(max_size=5))
def test_any_remembered_conversation_is_survived(
    assistant: Assistant, topics: list[str], language: str
) -> None:
    conversation = Conversation(language=language or None, topics=tuple(topics))
    assert assistant.ask("and how do we get there?", conversation, TUESDAY).text
