"""Links that let somebody in."""

import secrets
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import Connection, select

from bot.store import invitations
from bot.store.database import Database
from bot.store.invitations import Invitation
from bot.store.roles import Role
from bot.store.tables import invitations as table

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)


async def made(database: Database, invitation: Invitation) -> str:
    return await database.write(lambda c: invitations.make(c, invitation, NOW))


async def test_a_token_works_as_often_as_it_was_made_for(database: Database) -> None:
    wanted = Invitation(role=Role.ORGANIZER, made_by=1, uses_left=1)
    token = await database.write(lambda c: invitations.make(c, wanted, NOW))
    used = await database.write(lambda c: invitations.use(c, token, NOW))
    assert used and (used.role, used.made_by) == (Role.ORGANIZER, 1)
    assert await database.write(lambda c: invitations.use(c, token, NOW)) is None


async def test_a_token_without_a_number_works_until_it_expires(database: Database) -> None:
    wanted = Invitation(group="A", expires_at=NOW + timedelta(hours=1))
    token = await database.write(lambda c: invitations.make(c, wanted, NOW))
    for _ in range(3):
        used = await database.write(lambda c: invitations.use(c, token, NOW))
        assert used and used.group == "A"
    late = NOW + timedelta(hours=1)
    assert await database.write(lambda c: invitations.use(c, token, late)) is None


async def test_the_links_of_somebody_can_be_ended(database: Database) -> None:
    token = await database.write(lambda c: invitations.make(c, Invitation(made_by=1), NOW))
    assert await database.write(lambda c: invitations.revoke_all(c, 1)) == 1
    assert await database.write(lambda c: invitations.use(c, token, NOW)) is None


async def test_looking_at_an_invitation_does_not_use_it(database: Database) -> None:
    wanted = Invitation(role=Role.ADMIN, made_by=1, uses_left=1)
    token = await database.write(lambda c: invitations.make(c, wanted, NOW))
    assert await database.read(lambda c: invitations.find(c, token, NOW)) == wanted
    assert await database.write(lambda c: invitations.use(c, token, NOW))
    assert await database.read(lambda c: invitations.find(c, token, NOW)) is None


async def test_links_for_staff_are_listed_and_ended_apart_from_the_others(database: Database) -> None:
    soon, late = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    kept = [
        Invitation(role=Role.ADMIN, made_by=1, expires_at=late, uses_left=1),
        Invitation(role=Role.ORGANIZER, made_by=1, expires_at=soon, uses_left=1),
        Invitation(role=Role.ORGANIZER, made_by=1, expires_at=NOW, uses_left=1),
        Invitation(role=Role.ADMIN, expires_at=soon, uses_left=1),
        Invitation(group="A"),
    ]
    tokens = [await made(database, one) for one in kept]
    assert await database.read(lambda c: invitations.for_staff(c, NOW)) == [kept[1], kept[0]]
    assert await database.write(invitations.end_for_staff) == 4
    opened = [await database.write(partial(invitations.use, token=token, now=NOW)) for token in tokens]
    assert [one for one in opened if one] == [kept[4]]


async def test_codes_for_a_first_admin_end_alone(database: Database) -> None:
    code = await database.write(lambda c: invitations.make(c, Invitation(role=Role.ADMIN), NOW))
    link = await database.write(lambda c: invitations.make(c, Invitation(role=Role.ADMIN, made_by=1), NOW))
    await database.write(invitations.end_first)
    assert await database.read(lambda c: invitations.find(c, code, NOW)) is None
    assert await database.read(lambda c: invitations.find(c, link, NOW))


async def test_what_opens_nothing_any_more_is_forgotten(database: Database) -> None:
    for one in (Invitation(expires_at=NOW), Invitation(uses_left=0), Invitation(group="A")):
        await made(database, one)
    await database.write(lambda c: invitations.forget_old(c, NOW))
    left = await database.read(lambda c: c.execute(select(table)).all())
    assert [row.group for row in left] == ["A"]


async def test_guesses_open_nothing(database: Database) -> None:
    token = await database.write(lambda c: invitations.make(c, Invitation(role=Role.ADMIN), NOW))
    assert len(token) * 6 >= 128  # bits: each character is one of 64

    def guess(connection: Connection) -> int:
        near = [token[:-1], token.swapcase(), f"{token} ", f"{token}%", "%", "_" * len(token)]
        guesses = [*near, *(secrets.token_urlsafe(24) for _ in range(5_000))]
        return sum(invitations.find(connection, each, NOW) is not None for each in guesses)

    assert await database.read(guess) == 0
