"""Links to join: what an organizer can choose, and what a link then does."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from bot.assistant.assistant import Assistant
from bot.chat.chat import Chat
from bot.chat.enrolling import enrolling
from bot.chat.raw_bot import RawBot
from bot.chat.staff.group_links import CHOOSE, Wish, group_links
from bot.chat.staff.groups import group_keeping
from bot.knowledge.loader import load
from bot.knowledge.model import Programme
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import chats
from bot.store.database import Database
from bot.store.roles import Role
from tests.chat.conftest import Bot
from tests.chat.staff.test_groups import OF_TWO
from tests.chat.talking import labels, press, say
from tests.knowledge_folder import PROGRAMME, write_folder


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The opening is for group A, the visit for group B; some come from Vietnam, some from Nigeria."""
    place, programme = tmp_path_factory.mktemp("links"), f"{PROGRAMME}countries: [VN, NG]\n"
    return Assistant(load(write_folder(place, schedule=OF_TWO, programme=programme)))


@pytest_asyncio.fixture
async def chat(
    raw_bot: RawBot, assistant: Assistant, database: Database, clock: SettableClock, olivia: User
) -> AsyncIterator[Chat]:
    features = (enrolling(database), group_keeping(database), group_links(raw_bot))
    roles = {olivia.id: Role.ORGANIZER}
    chat = Chat(raw_bot, lambda: assistant, database, clock, roles=roles, features=features)
    await chat.start()
    yield chat
    await chat.stop()


async def made(bot: Bot, server: PreviewServer, olivia: User, *choices: str, group: str = "A") -> str:
    """What the bot says of a new link for which these buttons were pressed."""
    await say(bot, server, olivia, f"/group {group}".strip())
    for choice in ("🔗 Link to join", *choices, "🔗 Make the link"):
        await press(bot, server, olivia, choice)
    return str(server.sent(olivia)[-1]["text"])


def payload(said: str) -> str:
    return said.partition("?start=")[2].split()[0]


async def opens(bot: Bot, server: PreviewServer, user: User, said: str) -> str:
    """What the bot says last to who opens the link."""
    return str((await say(bot, server, user, f"/start {payload(said)}"))["text"])


async def groups(bot: Bot, user: User) -> set[str]:
    return set(await bot.database.read(lambda connection: chats.groups_of(connection, user.id)))


async def test_who_opens_a_link_is_in_its_group_and_sees_what_concerns_it(
    bot: Bot, server: PreviewServer, olivia: User, ana: User
) -> None:
    before = (await say(bot, server, ana, "/schedule"))["text"]
    assert "Opening" in before and "Visit to the port" in before
    said = await made(bot, server, olivia)
    assert payload(said).startswith("g-") and len(payload(said)) <= 64
    assert "until somebody ends it" in said
    assert "You are in group A now" in await opens(bot, server, ana, said)
    assert await groups(bot, ana) == {"A"}
    after = (await say(bot, server, ana, "/schedule"))["text"]
    assert "Opening" in after and "Visit to the port" not in after
    assert "already" in await opens(bot, server, ana, said)


async def test_a_link_for_one_person_works_once(
    bot: Bot, server: PreviewServer, olivia: User, ana: User
) -> None:
    said = await made(bot, server, olivia, "For 1 person")
    assert "It works for 1 person." in said
    await opens(bot, server, ana, said)
    late = server.add_user("Bo", language_code="en", started=True)
    assert "does not work" in await opens(bot, server, late, said)
    assert await groups(bot, late) == set()


async def test_a_link_ends_when_its_time_is_over(
    bot: Bot, server: PreviewServer, olivia: User, ana: User
) -> None:
    for choice, lasts in (("For 24 hours", timedelta(hours=24)), ("For 7 days", timedelta(days=7))):
        said = await made(bot, server, olivia, choice)
        bot.clock.advance(lasts)
        assert "does not work" in await opens(bot, server, ana, said)


async def test_a_link_may_work_until_the_programme_ends(
    bot: Bot, server: PreviewServer, olivia: User, ana: User
) -> None:
    said = await made(bot, server, olivia, "Until the programme ends")
    assert "until Wednesday, May 7, 23:59" in said
    bot.clock.set(datetime(2031, 5, 7, 22, tzinfo=UTC))  # 23:00 there
    assert "You are in group A now" in await opens(bot, server, ana, said)
    bot.clock.set(datetime(2031, 5, 7, 23, 1, tzinfo=UTC))
    late = server.add_user("Bo", language_code="en", started=True)
    assert "does not work" in await opens(bot, server, late, said)


async def test_a_link_brings_the_language_and_the_country_that_were_chosen(
    bot: Bot, server: PreviewServer, olivia: User, ana: User
) -> None:
    choices = ("🌐 Language", "Spanish", "🌍 Country", "Nigeria")
    said = await made(bot, server, olivia, *choices)
    assert "reads Spanish" in said and "Nigeria" in said
    assert "grupo A" in await opens(bot, server, ana, said)
    row = await bot.database.read(lambda connection: chats.read(connection, ana.id))
    assert row and row.country == "NG"


async def test_the_choice_shows_what_is_chosen_in_place(
    bot: Bot, server: PreviewServer, olivia: User
) -> None:
    await say(bot, server, olivia, "/group A")
    first = await press(bot, server, olivia, "🔗 Link to join")
    assert {"☑️ Until it is ended", "☑️ For everybody", "◻️ For 10 people"} <= set(labels(first))
    second = await press(bot, server, olivia, "For 10 people")
    assert second["message_id"] == first["message_id"]
    assert {"◻️ For everybody", "☑️ For 10 people"} <= set(labels(second))


async def test_a_link_without_a_group_enrols_alone(
    bot: Bot, server: PreviewServer, olivia: User, ana: User
) -> None:
    said = await made(bot, server, olivia, group="")
    assert "It enrols who opens it" in said
    assert "Harbour course" in await opens(bot, server, ana, said)
    assert await groups(bot, ana) == set()


async def test_an_organizer_ends_all_links_of_a_group_and_no_others(
    bot: Bot, server: PreviewServer, olivia: User, ana: User
) -> None:
    to_a, to_none = await made(bot, server, olivia), await made(bot, server, olivia, group="")
    await say(bot, server, olivia, "/group A")
    await press(bot, server, olivia, "🔗 Link to join")
    assert "1 link" in (await press(bot, server, olivia, "End all links of this group"))["text"]
    assert "does not work" in await opens(bot, server, ana, to_a)
    assert "does not work" not in await opens(bot, server, ana, to_none)
    await say(bot, server, olivia, "/group")
    await press(bot, server, olivia, "without a group")
    assert "1 link" in (await press(bot, server, olivia, "End all links without a group"))["text"]
    assert "does not work" in await opens(bot, server, ana, to_none)


@pytest.mark.parametrize("token", ["", "nonsense"])
async def test_a_link_that_nobody_made_leads_nowhere(
    bot: Bot, server: PreviewServer, ana: User, token: str
) -> None:
    assert "does not work" in (await say(bot, server, ana, f"/start g-{token}"))["text"]
    assert await groups(bot, ana) == set()


def test_what_a_button_says_fits_and_is_read_back(assistant: Assistant) -> None:
    programme: Programme = assistant.knowledge.programme
    wish = Wish("A" * 40, "p", 30, "es", "NG", "c")
    assert len(f"{CHOOSE}:{wish}".encode()) <= 63  # a language may have three letters
    assert Wish.parse(str(wish), programme) == wish


@pytest.mark.parametrize("argument", ["A", "A:", "A:x.-5.xx.ZZ", "A:e.999", "A:one", "A:e.١"])
def test_what_was_never_offered_is_not_taken(assistant: Assistant, argument: str) -> None:
    assert Wish.parse(argument, assistant.knowledge.programme) == Wish("A")
