"""Who is staff."""

from datetime import UTC, datetime

from bot.store import audit, roles, steps
from bot.store.audit import Deed
from bot.store.database import Database
from bot.store.roles import Role
from bot.store.steps import Step

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)


async def test_the_higher_of_two_roles_counts(database: Database) -> None:
    await database.write(lambda c: roles.give(c, 7, Role.ORGANIZER, NOW, by=1))
    assert await database.read(lambda c: roles.role_of(c, 7, {})) is Role.ORGANIZER
    assert await database.read(lambda c: roles.role_of(c, 7, {7: Role.ADMIN})) is Role.ADMIN
    assert await database.read(lambda c: roles.role_of(c, 8, {7: Role.ADMIN})) is Role.PARTICIPANT
    assert await database.read(lambda c: roles.role_of(c, None, {7: Role.ADMIN})) is Role.PARTICIPANT


async def test_a_role_is_given_in_place_of_another_and_taken_once(database: Database) -> None:
    await database.write(lambda c: roles.give(c, 7, Role.ORGANIZER, NOW, by=1))
    await database.write(lambda c: roles.give(c, 7, Role.ADMIN, NOW, by=1))
    assert [(row.person_id, row.role) for row in await database.read(roles.given)] == [(7, Role.ADMIN)]
    assert await database.write(lambda c: roles.take(c, 7))
    assert not await database.write(lambda c: roles.take(c, 7))


async def test_a_step_is_kept_for_one_person_in_one_chat(database: Database) -> None:
    step = Step("note.text", {"title": "Bus"})
    await database.write(lambda c: steps.write(c, -5, 7, step, NOW))
    assert await database.read(lambda c: steps.read(c, -5, 7)) == step
    assert await database.read(lambda c: steps.read(c, -5, 8)) is None
    await database.write(lambda c: steps.write(c, -5, 7, None, NOW))
    assert await database.read(lambda c: steps.read(c, -5, 7)) is None


async def test_deeds_are_listed_newest_first(database: Database) -> None:
    await database.write(lambda c: audit.note(c, 1, "role.give", "7", NOW))
    await database.write(lambda c: audit.note(c, 1, "role.give", "8", NOW))
    assert await database.read(audit.latest) == [
        Deed(NOW, 1, "role.give", "8"),
        Deed(NOW, 1, "role.give", "7"),
    ]
