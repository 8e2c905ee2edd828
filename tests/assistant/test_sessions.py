"""One session: with and without a site, and the zone of its times for who is still far away."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.assistant.assistant import Assistant
from bot.assistant.days import day_reply, schedule_reply
from bot.assistant.now import now_card
from bot.assistant.reader import Reader
from bot.assistant.reply import Conversation
from bot.assistant.sessions import session_reply
from bot.assistant.sites import site_reply
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from tests.assistant.conftest import SEOUL
from tests.knowledge_folder import SCHEDULE, write_folder

LISBON = ZoneInfo("Europe/Lisbon")
MONDAY = datetime(2031, 5, 5, 8, tzinfo=LISBON)
HOMELESS = SCHEDULE.replace("    end: 10:30\n    site: hall\n", "    end: 10:30\n")


@pytest.fixture(scope="module")
def homeless(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The opening has no site."""
    place: Path = tmp_path_factory.mktemp("sessions")
    return load(write_folder(place, schedule=HOMELESS))


def test_a_session_without_a_site_is_told_without_a_place(homeless: Knowledge) -> None:
    reader = Reader.of(homeless, "en", MONDAY)
    reply = session_reply(homeless.sessions["opening"], "where", reader)
    assert reply.place is None
    assert "📍" not in reply.text
    assert "09:30–10:30" in reply.text
    assert "📍" not in now_card(reader).text
    assert "📍" not in day_reply(MONDAY.date(), reader).text


@pytest.mark.parametrize(
    "question", ["where do we meet today?", "what should I wear today?", "what is next?"]
)
def test_questions_about_a_day_with_a_session_without_a_site_are_answered(
    homeless: Knowledge, question: str
) -> None:
    reply = Assistant(homeless).ask(question, Conversation(), MONDAY)
    assert "Opening" in reply.text
    assert "📍 \n" not in f"{reply.text}\n"


def test_before_the_programme_the_zone_of_the_times_is_named(assistant: Assistant) -> None:
    knowledge = assistant.knowledge
    for day, named in ((5, True), (11, False)):
        reader = Reader.of(knowledge, "en", datetime(2016, 10, day, 12, tzinfo=SEOUL))
        replies = (
            now_card(reader),
            schedule_reply(reader),
            day_reply(knowledge.programme.starts, reader),
            session_reply(knowledge.sessions["closing"], "when", reader),
            site_reply(knowledge.sites["pangyo"], "when", reader),
        )
        assert [reply.text.count("Korean Standard Time") for reply in replies] == [int(named)] * 5


def test_the_zone_is_named_in_the_readers_language(assistant: Assistant) -> None:
    early = datetime(2016, 10, 5, 12, tzinfo=SEOUL)
    assert "대한민국 표준시" in now_card(Reader.of(assistant.knowledge, "ko", early)).text
