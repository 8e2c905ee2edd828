from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.assistant.assistant import Assistant
from bot.assistant.reply import Conversation, Reminders, Reply
from bot.knowledge.loader import load
from tests.knowledge_folder import write_folder

BEFORE = datetime(2031, 5, 5, 7, tzinfo=UTC)  # 08:00 in Lisbon, on the first morning
AFTER = datetime(2031, 5, 8, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(load(write_folder(Path(tmp_path_factory.mktemp("reminding")))))


def actions(reply: Reply) -> list[str]:
    return [button.action for row in reply.buttons for button in row]


def press(assistant: Assistant, action: str, conversation: Conversation) -> Reply:
    reply = assistant.press(action, conversation, BEFORE)
    assert reply is not None
    return reply


def test_one_press_under_what_is_next_is_enough(assistant: Assistant) -> None:
    reply = assistant.command("next", Conversation(), BEFORE)
    assert "remind:me" in actions(reply)
    after = press(assistant, "remind:me", reply.conversation)
    assert after.conversation.reminders.before == 30
    assert "30 minutes before each session" in after.text
    assert "remind:me" not in actions(assistant.command("next", after.conversation, BEFORE))


def test_a_session_offers_reminders_while_it_is_ahead(assistant: Assistant) -> None:
    ahead = assistant.press("show:opening", Conversation(), BEFORE)
    over = assistant.press("show:opening", Conversation(), AFTER)
    assert ahead and over
    assert "remind:me" in actions(ahead)
    assert "remind:me" not in actions(over)


def test_nothing_is_offered_when_nothing_is_ahead(assistant: Assistant) -> None:
    assert "remind:me" not in actions(assistant.command("next", Conversation(), AFTER))


@pytest.mark.parametrize(
    ("presses", "wanted"),
    [
        (["15"], Reminders(before=15)),
        (["15", "60"], Reminders(before=60)),
        (["15", "no-before"], Reminders()),
        (["evening", "morning"], Reminders(evening=True, morning=True)),
        (["evening", "no-evening"], Reminders()),
        (["60", "no-quiet"], Reminders(before=60, quiet=False)),
        (["15", "evening", "morning", "stop"], Reminders()),
        (["60", "me"], Reminders(before=60)),
    ],
)
def test_buttons_change_what_is_wanted(assistant: Assistant, presses: list[str], wanted: Reminders) -> None:
    conversation = Conversation()
    for choice in presses:
        conversation = press(assistant, f"remind:{choice}", conversation).conversation
    assert conversation.reminders == replace(wanted, since=BEFORE)


def test_the_card_shows_what_is_wanted_and_offers_the_way_back(assistant: Assistant) -> None:
    conversation = press(assistant, "remind:evening", Conversation()).conversation
    card = assistant.command("reminders", conversation, BEFORE)
    assert "20:00" in card.text
    assert {"remind:15", "remind:30", "remind:60", "remind:no-evening", "remind:morning"} <= {*actions(card)}
    assert "remind:stop" in actions(card)
    assert "remind:stop" not in actions(assistant.command("reminders", Conversation(), BEFORE))


def test_an_unknown_choice_is_an_old_button(assistant: Assistant) -> None:
    assert assistant.press("remind:hourly", Conversation(), BEFORE) is None


def test_changing_reminders_keeps_the_rest_of_the_conversation(assistant: Assistant) -> None:
    conversation = Conversation(language="es", topics=("opening",))
    after = press(assistant, "remind:15", conversation).conversation
    assert replace(after, reminders=conversation.reminders) == conversation
