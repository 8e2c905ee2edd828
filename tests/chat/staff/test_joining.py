"""The first admin comes by a code that was printed where the bot was started."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.raw_bot import RawBot
from bot.chat.staff.joining import first_admin_lines, first_code, joining
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import invitations, roles
from bot.store.database import Database
from bot.store.invitations import Invitation
from bot.store.roles import Role
from tests.chat.conftest import Bot


@pytest_asyncio.fixture
async def chat(
    raw_bot: RawBot, assistant: Assistant, database: Database, clock: SettableClock
) -> AsyncIterator[Chat]:
    chat = Chat(raw_bot, lambda: assistant, database, clock, features=(joining({}),))
    await chat.start()
    yield chat
    await chat.stop()


@pytest_asyncio.fixture
async def code(database: Database, clock: SettableClock) -> str:
    code = await database.write(lambda c: first_code(c, {}, clock()))
    assert code
    return code


async def say(bot: Bot, server: PreviewServer, user: User, text: str) -> str:
    bot.clock.advance(timedelta(seconds=3))  # nobody types faster
    await server.say(user, text)
    await bot.settle()
    return str(server.sent(user)[-1]["text"])


async def admins(database: Database) -> list[int]:
    return [row.person_id for row in await database.read(roles.given) if row.role is Role.ADMIN]


@pytest.mark.parametrize("form", ["/admin {code}", "/admin  {code} ", "/start admin-{code}"])
async def test_whoever_has_the_code_becomes_the_first_admin(
    bot: Bot, server: PreviewServer, ana: User, code: str, form: str
) -> None:
    assert "admin now" in await say(bot, server, ana, form.format(code=code))
    assert await admins(bot.database) == [ana.id]


async def test_a_code_works_once(bot: Bot, server: PreviewServer, ana: User, code: str) -> None:
    await say(bot, server, ana, f"/admin {code}")
    bo = server.add_user("Bo", language_code="en", started=True)
    assert "does not work" in await say(bot, server, bo, f"/admin {code}")
    assert await admins(bot.database) == [ana.id]


async def test_an_admin_ends_all_other_codes_and_there_are_no_more(
    bot: Bot, server: PreviewServer, ana: User, code: str
) -> None:
    other = await bot.database.write(lambda c: first_code(c, {}, bot.clock()))  # of another start
    assert other and other != code
    await say(bot, server, ana, f"/admin {code}")
    bo = server.add_user("Bo", language_code="en", started=True)
    assert "does not work" in await say(bot, server, bo, f"/admin {other}")
    assert await bot.database.write(lambda c: first_code(c, {}, bot.clock())) is None
    assert await bot.database.write(lambda c: first_code(c, {5: Role.ADMIN}, bot.clock())) is None


async def test_a_code_is_no_good_once_the_settings_name_an_admin(
    bot: Bot, assistant: Assistant, server: PreviewServer, ana: User, code: str
) -> None:
    features = (joining({5: Role.ADMIN}),)
    chat = Chat(bot.api, lambda: assistant, bot.database, bot.clock, features=features)
    await chat.start()
    later = Bot(chat, bot.api, bot.database, bot.clock)
    assert "does not work" in await say(later, server, ana, f"/admin {code}")
    assert await admins(bot.database) == []


async def test_a_code_ends_after_an_hour(bot: Bot, server: PreviewServer, ana: User, code: str) -> None:
    bot.clock.advance(timedelta(hours=1))
    assert "does not work" in await say(bot, server, ana, f"/admin {code}")
    assert await admins(bot.database) == []


@pytest.mark.parametrize(
    "payload", ["", "admin-", "admin-x", "organizer-", "admin-' OR 1=1", "admin-\U0001f511"]
)
async def test_guesses_give_nothing(
    bot: Bot, server: PreviewServer, ana: User, code: str, payload: str
) -> None:
    await say(bot, server, ana, f"/start {payload}")
    await say(bot, server, ana, f"/admin {payload}")
    assert await admins(bot.database) == []


async def test_a_link_into_a_group_of_participants_makes_nobody_staff(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    token = await bot.database.write(
        lambda c: invitations.make(c, Invitation(group="A", uses_left=1), bot.clock())
    )
    assert "does not work" in await say(bot, server, ana, f"/start admin-{token}")
    assert await bot.database.read(lambda c: invitations.find(c, token, bot.clock()))


async def test_a_code_said_in_a_group_or_forwarded_gives_nothing(
    bot: Bot, server: PreviewServer, ana: User, code: str
) -> None:
    group = server.add_group("Everybody", [ana], privacy=False)
    await server.say(ana, f"/admin@{server.world.bot.username} {code}", group)
    origin = {"type": "hidden_user", "sender_user_name": "Bo", "date": 1}
    message = {"message_id": 900, "date": 1, "from": ana.as_json(), "chat": server.world.chat(ana).as_json()}
    server.inject({"message": {**message, "text": f"/admin {code}", "forward_origin": origin}})
    await bot.settle()
    assert await admins(bot.database) == []


async def test_two_who_give_one_code_at_once_are_not_both_admin(
    bot: Bot, server: PreviewServer, ana: User, code: str
) -> None:
    bo = server.add_user("Bo", language_code="en", started=True)
    for user in (ana, bo):
        await server.say(user, f"/admin {code}")
    writes = [await bot.chat.handle(raw) for raw in await bot.receive()]  # both read before either writes
    for write in writes:
        await bot.database.write(write)
    assert len(await admins(bot.database)) == 1


def test_the_terminal_says_how_to_become_the_first_admin() -> None:
    lines = first_admin_lines("https://t.me/some_bot", "CODE")
    assert (
        "https://t.me/some_bot?start=admin-CODE" in lines and "/admin CODE" in lines and "60 minutes" in lines
    )
