"""How people stand at the door, and what changes that."""

from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.store import admissions, chats, conversations, reachable, reminders, roles
from bot.store.admissions import Standing
from bot.store.chats import Seen
from bot.store.conversations import ConversationRow
from bot.store.database import Database
from bot.store.reminders import ReminderKey, ReminderKind
from bot.store.roles import Role

NOW = datetime(2031, 5, 5, 8, tzinfo=UTC)
ANA, BO, CHI, DAO, EVA = range(1, 6)
TEAM = -7


def standing(connection: Connection, person: int) -> Standing | None:
    found = admissions.read(connection, person)
    return found.standing if found else None


async def test_a_stranger_asks_once_and_is_decided_about_once(database: Database) -> None:
    def work(connection: Connection) -> None:
        assert not admissions.is_in(connection, ANA)
        admissions.note_outside(connection, ANA, NOW)
        assert standing(connection, ANA) is Standing.OUTSIDE
        assert admissions.ask(connection, ANA, "card", NOW)
        assert not admissions.ask(connection, ANA, "another", NOW)
        decide = partial(admissions.change, connection, ANA, Standing.WAITING, by=9, now=NOW)
        assert decide(Standing.ADMITTED)
        assert not decide(Standing.REFUSED)
        admissions.note_outside(connection, ANA, NOW)
        assert admissions.is_in(connection, ANA)
        found = admissions.read(connection, ANA)
        assert found and (found.card, found.given_by) == ("card", 9)

    await database.write(work)


async def test_who_was_refused_cannot_ask_again_but_a_link_lets_in(database: Database) -> None:
    def work(connection: Connection) -> None:
        admissions.ask(connection, ANA, "card", NOW)
        admissions.change(connection, ANA, Standing.WAITING, Standing.REFUSED, by=9, now=NOW)
        assert not admissions.ask(connection, ANA, "card", NOW)
        admissions.admit(connection, ANA, NOW, by=None)
        assert admissions.is_in(connection, ANA)

    await database.write(work)


async def test_a_member_of_a_group_is_in_unless_refused(database: Database) -> None:
    def work(connection: Connection) -> None:
        chats.join(connection, ANA, "A", NOW)
        assert admissions.is_in(connection, ANA)
        admissions.admit(connection, ANA, NOW, by=None)
        admissions.change(connection, ANA, Standing.ADMITTED, Standing.REFUSED, by=9, now=NOW)
        assert not admissions.is_in(connection, ANA)

    await database.write(work)


def _people(connection: Connection) -> None:
    for person in (ANA, BO, CHI, DAO, EVA):
        chats.note_seen(connection, Seen(person, "private", f"P{person}"), NOW)
    chats.note_seen(connection, Seen(TEAM, "group", "Team"), NOW)
    chats.join(connection, BO, "A", NOW)
    roles.give(connection, CHI, Role.ORGANIZER, NOW, by=None)
    admissions.admit(connection, DAO, NOW, by=None)


async def test_closing_the_door_shuts_out_who_is_not_known_and_opening_lets_all_in(
    database: Database,
) -> None:
    def reached(connection: Connection) -> set[int]:
        return {one.chat_id for one in reachable.reachable(connection)}

    def work(connection: Connection) -> None:
        _people(connection)
        for _ in range(2):
            admissions.close(connection, {EVA}, NOW)
            assert reached(connection) == {BO, CHI, DAO, EVA, TEAM}
        found = admissions.read(connection, ANA)
        assert found and (found.standing, found.changed_at) == (Standing.OUTSIDE, NOW)
        admissions.open_door(connection)
        assert reached(connection) == {ANA, BO, CHI, DAO, EVA, TEAM}
        assert admissions.is_in(connection, DAO)

    await database.write(work)


async def test_who_is_shut_out_gets_no_reminders(database: Database) -> None:
    key = ReminderKey(ReminderKind.EVENING, "2031-05-06", NOW + timedelta(hours=16))

    def work(connection: Connection) -> None:
        for person in (ANA, BO):
            wish = ConversationRow("en", None, (), 0, remind_evening=True, reminders_since=NOW)
            conversations.write(connection, person, wish, NOW)
        admissions.note_outside(connection, ANA, NOW)
        assert [one.chat_id for one in reminders.waiting(connection, key, None, 10)] == [BO]

    await database.write(work)
