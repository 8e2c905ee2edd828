"""What stands on a day's page, in words."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.assistant.plan import for_groups
from bot.assistant.reader import Reader
from bot.knowledge.model import Knowledge
from bot.timetable.blocks import Block, blocks_of

ZONE = ZoneInfo("Europe/Lisbon")
MONDAY, TUESDAY, WEDNESDAY = date(2031, 5, 5), date(2031, 5, 6), date(2031, 5, 7)


def blocks(
    knowledge: Knowledge, day: date, *, language: str = "en", group: str = "", hour: int = 7
) -> list[Block]:
    reader = Reader.of(knowledge, language, datetime(2031, 5, 5, hour, 30, tzinfo=ZONE))
    return blocks_of(day, for_groups(knowledge.sessions.values(), [group] if group else []), reader)


def test_sessions_and_buses_stand_in_order_of_time(knowledge: Knowledge) -> None:
    assert [(block.heading, block.title) for block in blocks(knowledge, MONDAY)] == [
        ("08:15", "Old port → Town hall"),
        ("09:00–10:30 · Lecture", "Water for cities"),
        ("14:00–16:00 · Tour · Optional", "Walk"),
        ("17:00", "Town hall → Old port"),
    ]


def test_a_session_says_where_and_which_buses_leave_meanwhile(knowledge: Knowledge) -> None:
    _, water, walk, _ = blocks(knowledge, MONDAY)
    assert water.place == "Town hall, room 2"
    assert walk.buses == ("14:00, 15:00 · Town hall",)


def test_words_and_titles_are_the_readers(knowledge: Knowledge) -> None:
    assert [block.title for block in blocks(knowledge, MONDAY, language="km") if block.kind == "lecture"] == [
        "ការគ្រប់គ្រងទឹក"
    ]
    assert "선택" in blocks(knowledge, MONDAY, language="ko")[2].heading


def test_only_what_is_over_today_is_over(knowledge: Knowledge) -> None:
    assert [block.over for block in blocks(knowledge, MONDAY, hour=9)] == [True, False, False, False]
    assert [block.over for block in blocks(knowledge, TUESDAY, hour=23)] == [False, False, False]


def test_only_the_sessions_passed_are_shown(knowledge: Knowledge) -> None:
    assert [block.title for block in blocks(knowledge, TUESDAY, group="A")] == ["One", "Three"]
    assert blocks(knowledge, TUESDAY, group="A")[0].heading == "09:00–10:00 · Workshop · A"
    assert blocks(knowledge, WEDNESDAY) == []
