"""The numbers behind the statistics."""

from datetime import UTC, date, datetime

from sqlalchemy import Connection

from bot.statistics.figures import Day, gather
from bot.store import admissions, answers, chats, conversations
from bot.store.chats import Seen
from bot.store.conversations import ConversationRow
from bot.store.database import Database

NOW = datetime(2031, 5, 5, 8, tzinfo=UTC)
MONDAY, TUESDAY = date(2031, 5, 5), date(2031, 5, 6)


def asked(connection: Connection) -> None:
    for day, outcome, topic in (
        (MONDAY, "answer", "wifi"),
        (MONDAY, "answer", "wifi"),
        (MONDAY, "answer", "library"),
        (MONDAY, "suggestions", ""),
        (TUESDAY, "unknown", ""),
    ):
        answers.count(connection, day, "en", outcome, topic)


def joined(connection: Connection) -> None:
    for number, kind in ((1, "private"), (2, "private"), (3, "private"), (-4, "supergroup"), (5, "private")):
        chats.note_seen(connection, Seen(number, kind, "Ana"), NOW)
    chats.note_gone(connection, 3, "blocked", NOW)
    admissions.note_outside(connection, 5, NOW)
    chats.join(connection, 1, "A", NOW)
    conversations.write(connection, 1, ConversationRow("es", None, (), 0), NOW)


async def test_questions_are_counted_by_day_and_end(database: Database) -> None:
    await database.write(asked)
    figures = await database.read(lambda c: gather(c, MONDAY, TUESDAY))
    assert figures.days == [Day(MONDAY, 3, 1, 0), Day(TUESDAY, 0, 0, 1)]
    assert figures.asked == 5
    assert figures.topics == [("wifi", 2), ("library", 1)]


async def test_a_day_without_questions_is_there_too(database: Database) -> None:
    await database.write(asked)
    figures = await database.read(lambda c: gather(c, date(2031, 5, 3), date(2031, 5, 4)))
    assert figures.days == [Day(date(2031, 5, 3), 0, 0, 0), Day(date(2031, 5, 4), 0, 0, 0)]
    assert figures.topics == []


async def test_people_are_counted_and_neither_groups_of_telegram_nor_who_is_not_let_in(
    database: Database,
) -> None:
    await database.write(joined)
    figures = await database.read(lambda c: gather(c, MONDAY, MONDAY))
    assert (figures.people, figures.gone) == (2, 1)
    assert figures.languages == {"es": 1, "": 1}
    assert figures.groups == {"A": 1}
