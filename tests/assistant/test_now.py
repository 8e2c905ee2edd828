"""The card for this moment: by day, at night, after the last bus, on a free day, before and after it all."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.assistant.assistant import Assistant
from bot.assistant.now import after_card, now_card
from bot.assistant.reader import Reader
from bot.assistant.reply import Reply
from bot.knowledge.loader import load
from tests.assistant.conftest import SEOUL
from tests.knowledge_folder import SCHEDULE, write_folder


def card(assistant: Assistant, moment: str) -> Reply:
    at = datetime.fromisoformat(f"2016-10-{moment}").replace(tzinfo=SEOUL)
    return now_card(Reader.of(assistant.knowledge, "en", at))


def actions(reply: Reply) -> list[str]:
    return [button.action for row in reply.buttons for button in row]


def test_during_a_session_it_says_when_it_ends_and_what_follows(assistant: Assistant) -> None:
    text = card(assistant, "12T10:40").text
    assert "until 12:00" in text
    assert text.index("satellite cities") < text.index("Next:") < text.index("Housing policy")


def test_at_night_it_says_that_today_is_done_and_how_tomorrow_begins(assistant: Assistant) -> None:
    text = card(assistant, "12T22:30").text
    assert text.startswith("That was all for today.\n\nTomorrow begins with:")
    assert "Transportation systems" in text
    assert "Bus at **08:30**" in text


def test_a_next_session_after_a_free_day_is_named_with_its_day(assistant: Assistant) -> None:
    text = card(assistant, "15T20:00").text
    assert "Next, on Monday, October 17:" in text


def test_on_a_free_day_it_says_so_and_suggests_something(assistant: Assistant) -> None:
    reply = card(assistant, "16T11:00")
    assert reply.text.startswith("Today is a free day.")
    assert "Railways" in reply.text
    assert actions(reply)[0] == "show:free-time"


@pytest.mark.parametrize(
    ("moment", "offered"),
    [
        ("12T08:00", False),  # the bus of 08:30 is still to leave
        ("13T13:10", True),  # the only bus to Pangyo left at 13:00
        ("12T14:00", False),  # people are there, and the bus back leaves at 17:15
        ("12T17:20", True),  # the last bus of the day has left
        ("16T11:00", False),  # no bus on a free day
    ],
)
def test_what_to_do_without_a_bus_is_offered_after_the_last_one(
    assistant: Assistant, moment: str, offered: bool
) -> None:
    assert ("show:missed-bus" in actions(card(assistant, moment))) is offered


def test_before_the_programme_it_counts_the_days(assistant: Assistant) -> None:
    text = card(assistant, "05T09:00").text
    assert text.startswith("The programme begins in 5 days.")
    assert "Arrival" in text


def test_after_the_programme_it_says_goodbye_and_offers_the_past_plan(assistant: Assistant) -> None:
    reply = card(assistant, "25T09:00")
    assert "over" in reply.text
    assert actions(reply) == ["schedule"]


def test_a_session_of_another_group_is_not_next(tmp_path: Path) -> None:
    schedule = SCHEDULE.replace("    kind: ceremony\n", "    kind: ceremony\n    groups: [B]\n", 1)
    schedule = schedule.replace("    kind: visit\n", "    kind: visit\n    groups: [A]\n", 1)
    knowledge = load(write_folder(tmp_path, schedule=schedule))
    early = datetime(2031, 5, 5, 8, tzinfo=ZoneInfo("Europe/Lisbon"))
    cards = {group: now_card(Reader.of(knowledge, "en", early, [group])).text for group in "ABC"}
    assert "Opening" not in cards["A"]
    assert "Visit to the port" in cards["A"]
    assert "Only for: B" in cards["B"]
    assert "Opening" not in cards["C"]
    assert "Visit" not in cards["C"]


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("lecture-satellite-cities", "Housing policy"),
        ("pangyo", "Gwacheon"),  # the day after the visit
        ("departure", "Nothing more is planned."),
    ],
)
def test_what_follows_a_session_or_a_visit(assistant: Assistant, topic: str, expected: str) -> None:
    at = datetime(2016, 10, 12, 8, tzinfo=SEOUL)
    assert expected in after_card(topic, Reader.of(assistant.knowledge, "en", at)).text


def test_after_a_place_without_sessions_comes_what_is_next(assistant: Assistant) -> None:
    nowhere = replace(assistant.knowledge, sessions={})
    at = datetime(2016, 10, 12, 8, tzinfo=SEOUL)
    assert "over" in after_card("pangyo", Reader.of(nowhere, "en", at)).text
