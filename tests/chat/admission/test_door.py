"""While the programme is for the invited only, strangers get no answers, and everybody else does."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from bot.chat.enrolling import LINK
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import admissions, chats, invitations, reachable, roles
from bot.store.database import Database
from bot.store.invitations import Invitation
from bot.store.roles import Role
from tests.chat.conftest import MORNING, Bot
from tests.chat.talking import labels, press, say
from tests.store.test_personal import dump

QUESTION = "Where is the front desk?"
ANSWER = "town hall"
CLOSED = "I answer only participants of Harbour course"


async def asks(bot: Bot, server: PreviewServer, user: User) -> str:
    return str((await say(bot, server, user, QUESTION))["text"])


@pytest.mark.parametrize(
    "text", [QUESTION, "/start", "/start show-port", "/today", "/human", "/emergency", "/help", "hello", "A"]
)
async def test_a_stranger_gets_one_line_and_a_way_in(
    bot: Bot, server: PreviewServer, ana: User, text: str
) -> None:
    said = await say(bot, server, ana, text)
    assert said["text"].startswith(CLOSED) and "link on your badge" in said["text"]
    assert labels(said) == ["Ask an organizer to let me in"]
    assert len(server.sent(ana)) == 1


async def test_a_sticker_and_an_old_button_get_no_more(bot: Bot, server: PreviewServer, ana: User) -> None:
    await say(bot, server, ana, "hello")
    await server.send_sticker(ana)
    await bot.settle()
    assert server.sent(ana)[-1]["text"].startswith(CLOSED)
    number = len(server.sent(ana))
    pressed = await server.press(server.sent(ana)[-1], data="show:emergency")
    await bot.settle()
    assert pressed.answer and pressed.answer["text"].startswith(CLOSED)
    assert len(server.sent(ana)) == number


async def test_the_line_is_in_the_strangers_language(bot: Bot, server: PreviewServer) -> None:
    eva = server.add_user("Eva", language_code="es", started=True)
    said = await say(bot, server, eva, QUESTION)
    assert "Curso del puerto" in said["text"] and CLOSED not in said["text"]


async def test_a_stranger_may_choose_a_language(bot: Bot, server: PreviewServer, ana: User) -> None:
    assert "Español" in labels(await say(bot, server, ana, "/language"))
    await press(bot, server, ana, "Español")
    assert "Curso del puerto" in (await say(bot, server, ana, "hello"))["text"]
    assert "English" in (await say(bot, server, ana, "english"))["text"]


async def test_a_stranger_sees_what_is_kept_and_is_forgotten(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    await say(bot, server, ana, QUESTION)
    assert "What I keep about you" in (await say(bot, server, ana, "/privacy"))["text"]
    sent = await say(bot, server, ana, "/mydata")
    file = server.world.files.find(sent["document"]["file_id"], "document")
    assert '"standing": "outside"' in file.content.decode()
    await say(bot, server, ana, "/forget")
    await press(bot, server, ana, "Yes, delete it")
    assert str(ana.id) not in await bot.database.read(dump)


async def test_who_was_let_in_is_told_that_forgetting_takes_it_back(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    await bot.database.write(lambda c: admissions.admit(c, ana.id, MORNING, by=1))
    assert "Afterwards you need a new link" in (await say(bot, server, ana, "/forget"))["text"]
    await press(bot, server, ana, "Yes, delete it")
    assert (await asks(bot, server, ana)).startswith(CLOSED)


async def test_a_link_lets_in_for_good(bot: Bot, server: PreviewServer, ana: User) -> None:
    assert (await asks(bot, server, ana)).startswith(CLOSED)
    token = await bot.database.write(lambda c: invitations.make(c, Invitation(uses_left=1), MORNING))
    assert "Harbour course" in (await say(bot, server, ana, f"/start {LINK}-{token}"))["text"]
    assert ANSWER in await asks(bot, server, ana)
    await say(bot, server, ana, f"/start {LINK}-{token}")  # again, and used up
    assert ANSWER in await asks(bot, server, ana)


async def test_a_link_that_is_over_leaves_the_stranger_outside(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    said = await say(bot, server, ana, f"/start {LINK}-nonsense")
    assert "does not work" in said["text"] and labels(said) == ["Ask an organizer to let me in"]
    assert len(server.sent(ana)) == 1
    assert (await asks(bot, server, ana)).startswith(CLOSED)


Entry = Callable[[Connection, int], object]


@pytest.mark.parametrize(
    "enter",
    [
        lambda c, person: chats.join(c, person, "A", MORNING),
        lambda c, person: roles.give(c, person, Role.ORGANIZER, MORNING, by=None),
        lambda c, person: admissions.admit(c, person, MORNING, by=1),
    ],
    ids=["a member of a group", "staff", "somebody let in"],
)
async def test_members_staff_and_who_was_let_in_get_answers(
    bot: Bot, server: PreviewServer, ana: User, enter: Entry
) -> None:
    await bot.database.write(lambda connection: enter(connection, ana.id))
    assert ANSWER in await asks(bot, server, ana)


async def test_who_an_organizer_puts_into_a_group_is_in(
    bot: Bot, server: PreviewServer, ana: User, olivia: User
) -> None:
    await asks(bot, server, ana)
    await say(bot, server, olivia, "/group A")
    await press(bot, server, olivia, "", data=f"g-put:A:{ana.id}")
    assert ANSWER in await asks(bot, server, ana)


async def test_a_link_for_staff_lets_staff_in(bot: Bot, server: PreviewServer, ana: User) -> None:
    code = await bot.database.write(
        lambda c: invitations.make(c, Invitation(Role.ADMIN, uses_left=1), MORNING)
    )
    assert "You are an admin now" in (await say(bot, server, ana, f"/admin {code}"))["text"]
    assert ANSWER in await asks(bot, server, ana)


async def test_a_stranger_gets_no_announcements_until_let_in(
    bot: Bot, server: PreviewServer, ana: User, olivia: User
) -> None:
    for user in (ana, olivia):
        await say(bot, server, user, "hello")
    assert {one.chat_id for one in await bot.database.read(reachable.reachable)} == {olivia.id}
    await bot.database.write(lambda c: admissions.admit(c, ana.id, MORNING, by=1))
    assert {one.chat_id for one in await bot.database.read(reachable.reachable)} == {ana.id, olivia.id}


async def test_a_group_is_silent_until_an_organizer_has_written_there(
    bot: Bot, server: PreviewServer, ana: User, olivia: User
) -> None:
    group = server.add_group("Team", [ana, olivia])
    await bot.settle()
    mention = f"@{server.world.bot.username} {QUESTION}"
    await server.say(ana, mention, group)
    await bot.settle()
    assert "once an organizer has written" in server.sent(group)[-1]["text"]
    await server.say(olivia, f"@{server.world.bot.username} /today", group)
    await bot.settle()
    await server.say(ana, mention, group)
    await bot.settle()
    assert ANSWER in server.sent(group)[-1]["text"]


async def test_a_group_to_which_an_organizer_adds_the_bot_gets_answers(
    bot: Bot, server: PreviewServer, ana: User, olivia: User
) -> None:
    group = server.add_group("Team", [olivia, ana])
    await bot.settle()
    await server.say(ana, f"@{server.world.bot.username} {QUESTION}", group)
    await bot.settle()
    assert ANSWER in server.sent(group)[-1]["text"]


async def test_talk_in_a_group_that_is_not_for_the_bot_is_left_alone(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    group = server.add_group("Team", [ana])
    await server.say(ana, QUESTION, group)
    await bot.settle()
    assert server.sent(group) == []


async def listed(bot: Bot, server: PreviewServer, user: User) -> tuple[object, object]:
    """What inline mode shows, and the button above it."""
    query = await server.ask_inline(user, "front desk")
    await bot.settle()
    await bot.chat.stop()  # waits for the calls that nobody waits for
    return server.world.inline_answers[query], server.world.inline_buttons.get(query)


async def test_inline_a_stranger_is_shown_the_way_to_the_private_chat_only(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    results, button = await listed(bot, server, ana)
    assert results == []
    assert button == {"text": "Only for participants: open the chat", "start_parameter": "inline"}


async def test_inline_a_participant_is_shown_answers(bot: Bot, server: PreviewServer, ana: User) -> None:
    await bot.database.write(lambda c: admissions.admit(c, ana.id, MORNING, by=1))
    results, button = await listed(bot, server, ana)
    assert results and button is None


async def test_an_edit_of_a_strangers_message_is_not_answered_again(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    sent = await server.say(ana, "hello")
    await bot.settle()
    await server.edit(sent, QUESTION)
    await bot.settle()
    assert [each["text"][:8] for each in server.sent(ana)] == [CLOSED[:8]]


async def test_without_the_setting_nobody_is_a_stranger(database: Database) -> None:
    await database.write(lambda c: admissions.note_outside(c, 7, MORNING))
    await database.write(admissions.open_door)
    assert await database.read(lambda c: admissions.read(c, 7)) is None
