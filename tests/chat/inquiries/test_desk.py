"""Who may say where questions go."""

from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import desks
from tests.chat.inquiries.conftest import Desk


async def test_an_organizer_chooses_the_group_and_leaves_it(
    desk: Desk, server: PreviewServer, olivia: User
) -> None:
    group = server.add_group("Organizers", [olivia])
    command = f"/desk@{server.bot.username}"
    assert "bring the questions here" in await desk.say(olivia, command, group)
    assert await desk.bot.database.read(desks.read) == group.id
    assert "each organizer" in await desk.say(olivia, f"{command} off", group)
    assert await desk.bot.database.read(desks.read) is None


async def test_nobody_else_chooses_it(desk: Desk, server: PreviewServer, ana: User) -> None:
    group = server.add_group("Friends", [ana])
    await desk.say(ana, f"/desk@{server.bot.username}", group)
    assert await desk.bot.database.read(desks.read) is None


async def test_in_private_the_command_is_explained(desk: Desk, olivia: User) -> None:
    assert "Write /desk in the group" in await desk.say(olivia, "/desk")
    assert await desk.bot.database.read(desks.read) is None
