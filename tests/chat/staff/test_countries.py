"""/country: organizers see and set where people come from."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.privacy import Privacy
from bot.chat.raw_bot import RawBot
from bot.chat.staff.countries import country_keeping
from bot.knowledge.loader import load
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import admissions, chats
from bot.store.database import Database
from bot.store.roles import Role
from tests.chat.conftest import Bot
from tests.chat.talking import press, say
from tests.knowledge_folder import PROGRAMME, write_folder


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Most come from Vietnam or Nigeria."""
    programme = f"{PROGRAMME}countries: [VN, NG]\n"
    return Assistant(load(write_folder(tmp_path_factory.mktemp("countries"), programme=programme)))


@pytest_asyncio.fixture
async def chat(
    raw_bot: RawBot, assistant: Assistant, database: Database, clock: SettableClock, olivia: User
) -> AsyncIterator[Chat]:
    features = (
        country_keeping(database),
        Privacy(database, question_days=20, purge_days=40).feature(),
    )
    roles = {olivia.id: Role.ORGANIZER}
    chat = Chat(raw_bot, lambda: assistant, database, clock, roles=roles, features=features)
    await chat.start()
    yield chat
    await chat.stop()


async def country(bot: Bot, user: User) -> str | None:
    row = await bot.database.read(lambda connection: chats.read(connection, user.id))
    return row.country if row else None


async def test_two_taps_say_where_somebody_comes_from(
    bot: Bot, server: PreviewServer, olivia: User, ana: User
) -> None:
    await say(bot, server, ana, "hello")
    assert "Not known: 2 people" in (await say(bot, server, olivia, "/country"))["text"]
    question = await press(bot, server, olivia, "Ana")
    assert "I do not know where" in question["text"]
    assert "comes from Vietnam" in (await press(bot, server, olivia, "Vietnam"))["text"]
    assert await country(bot, ana) == "VN"
    overview = (await press(bot, server, olivia, "Countries"))["text"]
    assert "Vietnam: 1 person" in overview and "Not known: 1 person" in overview


async def test_who_is_gone_or_not_let_in_is_not_asked_about(
    bot: Bot, server: PreviewServer, olivia: User, ana: User
) -> None:
    ben = server.add_user("Ben", language_code="en", started=True)
    for user in (ana, ben):
        await say(bot, server, user, "hello")
    await bot.database.write(lambda c: chats.note_gone(c, ana.id, "blocked", bot.clock()))
    await bot.database.write(lambda c: admissions.note_outside(c, ben.id, bot.clock()))
    assert "Not known: 1 person" in (await say(bot, server, olivia, "/country"))["text"]
    assert "know nobody" in (await say(bot, server, olivia, "Ben"))["text"]


async def test_people_and_countries_may_be_typed(
    bot: Bot, server: PreviewServer, olivia: User, ana: User
) -> None:
    await say(bot, server, ana, "hello")
    await say(bot, server, olivia, "/country")
    assert "Choose a country" in (await say(bot, server, olivia, "ana"))["text"]
    assert "comes from Mongolia" in (await say(bot, server, olivia, "Mongolia"))["text"]
    assert await country(bot, ana) == "MN"


async def test_a_country_with_a_typing_error_is_asked_about_and_never_guessed(
    bot: Bot, server: PreviewServer, olivia: User, ana: User
) -> None:
    await say(bot, server, ana, "hello")
    await say(bot, server, olivia, "/country Ana")
    assert "no country" in (await say(bot, server, olivia, "the far north"))["text"]
    assert "Which country" in (await say(bot, server, olivia, "Camboia"))["text"]
    assert await country(bot, ana) is None
    await press(bot, server, olivia, "Cambodia")
    assert await country(bot, ana) == "KH"


async def test_a_wrong_country_is_corrected_or_taken_back(
    bot: Bot, server: PreviewServer, olivia: User, ana: User
) -> None:
    await say(bot, server, ana, "hello")
    await bot.database.write(lambda connection: chats.set_country(connection, ana.id, "NG"))
    assert "comes from Nigeria" in (await say(bot, server, olivia, "/country Ana"))["text"]
    assert "I do not know" in (await press(bot, server, olivia, "Not known"))["text"]
    assert await country(bot, ana) is None


async def test_of_several_with_that_name_the_organizer_chooses_one(
    bot: Bot, server: PreviewServer, olivia: User
) -> None:
    two = [
        server.add_user("Maria", last_name=name, language_code="en", started=True)
        for name in ("Silva", "Costa")
    ]
    for user in two:
        await say(bot, server, user, "hello")
    assert (await say(bot, server, olivia, "/country maria"))["text"] == "Whom do you mean?"
    await press(bot, server, olivia, "Costa")
    await press(bot, server, olivia, "Nigeria")
    assert [await country(bot, user) for user in two] == [None, "NG"]


async def test_nobody_of_that_name_is_said(bot: Bot, server: PreviewServer, olivia: User) -> None:
    assert "know nobody" in (await say(bot, server, olivia, "/country Zoe"))["text"]


@pytest.mark.parametrize("data", ["country-set:1:ZZ", "country-set:x:VN", f"country-set:{9**30}:VN"])
async def test_forged_buttons_change_nothing(
    bot: Bot, server: PreviewServer, olivia: User, data: str
) -> None:
    await say(bot, server, olivia, "/country")
    await press(bot, server, olivia, "", data)
    rows = await bot.database.read(chats.everybody)
    assert {row.country for row in rows} == {None}


async def test_participants_have_no_such_command_but_see_their_country_in_their_data(
    bot: Bot, server: PreviewServer, ana: User
) -> None:
    assert "Where people come from" not in (await say(bot, server, ana, "/country"))["text"]
    await bot.database.write(lambda connection: chats.set_country(connection, ana.id, "DO"))
    sent = await say(bot, server, ana, "/mydata")
    file = server.world.files.find(sent["document"]["file_id"], "document")
    assert '"country": "DO"' in file.content.decode()
