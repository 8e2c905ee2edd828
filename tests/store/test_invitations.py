"""Links that let somebody in."""

from datetime import UTC, datetime, timedelta

from bot.store import invitations
from bot.store.database import Database
from bot.store.invitations import Invitation
from bot.store.roles import Role

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)


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


async def test_a_guess_opens_nothing(database: Database) -> None:
    await database.write(lambda c: invitations.make(c, Invitation(), NOW))
    assert await database.write(lambda c: invitations.use(c, "guess", NOW)) is None


async def test_the_links_of_somebody_can_be_ended(database: Database) -> None:
    token = await database.write(lambda c: invitations.make(c, Invitation(made_by=1), NOW))
    assert await database.write(lambda c: invitations.revoke_all(c, 1)) == 1
    assert await database.write(lambda c: invitations.use(c, token, NOW)) is None
