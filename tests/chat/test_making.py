"""Timetable pictures and calendar files arrive in the chat, and their text in any case."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import vobject
from PIL import Image

from bot.assistant.assistant import Assistant
from bot.assistant.reply import Made, MadeKind
from bot.chat.chat import Chat
from bot.chat.errors import MakingError, classify
from bot.chat.making import MADE, Maker, from_json, to_json
from bot.feed.versions import Versions
from bot.knowledge.model import Knowledge
from bot.outbox.call import Call
from bot.outbox.verdict import Fault
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store.database import Database
from bot.timetable import day_picture
from tests.chat.conftest import MORNING, Bot

MONDAY = date(2031, 5, 5)
PICTURE = Made(MadeKind.TIMETABLE, "en", "r", MONDAY)
GONE = Made(MadeKind.CALENDAR, "es", "r", session="gone")


async def asked(bot: Bot, server: PreviewServer, user: User, data: str) -> dict[str, Any]:
    """Presses a button with `data` under the day's plan, and returns the bot's last message."""
    await server.say(user, "/today")
    await bot.settle()
    await server.press(server.sent(user)[-1], data=data)
    await bot.settle()
    return server.sent(user)[-1]


def content(server: PreviewServer, shown: dict[str, Any]) -> bytes:
    stored = server.world.files.get(shown["file_id"])
    assert stored is not None
    return stored.content


def summaries(data: bytes) -> list[str]:
    calendar = vobject.readOne(data.decode())
    return [event.summary.value for event in calendar.vevent_list]


def call(user: User, made: Made, method: str = "sendDocument", **params: object) -> Call:
    return Call(user.id, method, {**params, MADE: to_json(made)})


async def test_the_picture_of_a_day_arrives_as_it_was_drawn(
    bot: Bot, server: PreviewServer, ana: User, knowledge: Knowledge
) -> None:
    message = await asked(bot, server, ana, "picture:2031-05-05")
    drawn = day_picture(knowledge, MONDAY, language="en", moment=MORNING)
    image = Image.open(io.BytesIO(drawn))
    largest = message["photo"][-1]
    assert content(server, largest) == drawn
    assert (image.format, image.width) == ("PNG", 1080)
    assert (largest["width"], largest["height"]) == image.size
    assert message["caption"] == "Monday, May 5"


async def test_the_picture_of_the_whole_programme_arrives(bot: Bot, server: PreviewServer, ana: User) -> None:
    message = await asked(bot, server, ana, "picture:all")
    image = Image.open(io.BytesIO(content(server, message["photo"][-1])))
    assert (image.format, image.width) == ("PNG", 1080)
    assert message["caption"] == "Harbour course"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("calendar:2031-05-06", ("schedule-2031-05-06.ics", ["Visit to the port"])),
        ("calendar:opening", ("schedule-opening.ics", ["Opening"])),
        ("calendar:all", ("schedule.ics", ["Opening", "Visit to the port"])),
    ],
)
async def test_a_calendar_file_arrives_and_can_be_opened(
    bot: Bot, server: PreviewServer, ana: User, data: str, expected: tuple[str, list[str]]
) -> None:
    message = await asked(bot, server, ana, data)
    document = message["document"]
    assert document["mime_type"] == "text/calendar"
    assert (document["file_name"], summaries(content(server, document))) == expected
    assert "Open this file" in message["caption"]


async def test_telegram_never_sees_what_the_call_keeps(bot: Bot, server: PreviewServer, ana: User) -> None:
    for data in ("picture:all", "calendar:all"):
        await asked(bot, server, ana, data)
    assert [entry.params for entry in server.ledger if MADE in entry.params] == []


async def test_the_same_picture_is_uploaded_once(chat: Chat, server: PreviewServer, ana: User) -> None:
    for _ in range(2):
        await chat.perform(call(ana, PICTURE, "sendPhoto"))
    assert [entry.uploaded > 0 for entry in server.ledger] == [True, False]


async def test_it_is_made_of_the_knowledge_that_is_live_when_it_is_sent(
    knowledge: Knowledge, clock: SettableClock, database: Database
) -> None:
    live = [knowledge]
    maker = Maker(lambda: live[-1], clock, "test", Versions(database, clock))
    everything = Made(MadeKind.CALENDAR, "en", knowledge.revision)
    assert len(summaries((await maker.make(everything)).data)) == 2
    live.append(replace(knowledge, sessions={"opening": knowledge.sessions["opening"]}))
    assert summaries((await maker.make(everything)).data) == ["Opening"]


async def test_files_hold_only_what_concerns_the_groups(
    knowledge: Knowledge, clock: SettableClock, database: Database
) -> None:
    opening, visit = knowledge.sessions.values()
    two = replace(
        knowledge,
        sessions={
            "opening": opening.model_copy(update={"groups": ("A",)}),
            "port-visit": visit.model_copy(update={"groups": ("B",)}),
        },
    )
    maker = Maker(lambda: two, clock, "test", Versions(database, clock))
    everything = Made(MadeKind.CALENDAR, "en", "r")
    for groups, expected in ((("A",), ["Opening"]), (("B",), ["Visit to the port"])):
        assert summaries((await maker.make(replace(everything, groups=groups))).data) == expected
    picture = replace(PICTURE, groups=("B",))
    assert (await maker.make(picture)).data != (await maker.make(PICTURE)).data


async def test_the_text_goes_without_a_file_that_cannot_be_made(
    chat: Chat, server: PreviewServer, ana: User
) -> None:
    entities = [{"type": "bold", "offset": 0, "length": 5}]
    await chat.perform(call(ana, GONE, caption="Visit", caption_entities=entities))
    [message] = server.sent(ana)
    assert message["text"].startswith("Visit\n\nNo pude crear este archivo.")
    assert message["entities"] == entities


@pytest.mark.parametrize(
    ("method", "made"), [("sendPhoto", PICTURE), ("sendDocument", replace(PICTURE, kind=MadeKind.CALENDAR))]
)
async def test_the_text_goes_without_a_file_that_telegram_refuses(
    chat: Chat, server: PreviewServer, ana: User, method: str, made: Made
) -> None:
    what = "PHOTO_INVALID_DIMENSIONS" if method == "sendPhoto" else "DOCUMENT_INVALID"
    server.faults.add(method, "400", description=f"Bad Request: {what}")
    await chat.perform(call(ana, made, method, caption="Monday"))
    assert server.sent(ana)[0]["text"].startswith("Monday\n\nI could not make this file.")


async def test_a_file_without_text_that_cannot_be_made_is_a_content_fault(
    chat: Chat, server: PreviewServer, ana: User
) -> None:
    with pytest.raises(MakingError, match="gone") as caught:
        await chat.perform(call(ana, GONE))
    assert classify(caught.value).fault is Fault.CONTENT
    assert server.sent(ana) == []


async def test_an_edit_of_its_caption_leaves_the_file(chat: Chat, server: PreviewServer, ana: User) -> None:
    [message_id] = await chat.perform(call(ana, PICTURE, "sendPhoto", caption="Old"))
    await chat.perform(call(ana, PICTURE, "editMessageCaption", message_id=message_id, caption="New"))
    [message] = server.sent(ana)
    assert message["caption"] == "New"
    assert message["photo"]


@pytest.mark.parametrize(
    "made", [PICTURE, GONE, Made(MadeKind.CALENDAR, "ko", "r"), replace(PICTURE, groups=("A", "B"))]
)
def test_a_call_keeps_all_that_is_needed_to_make_it_again(made: Made) -> None:
    assert from_json(to_json(made)) == made


async def test_the_buttons_of_a_plan_bring_them(bot: Bot, server: PreviewServer, ana: User) -> None:
    await server.say(ana, "/today")
    await bot.settle()
    plan = server.sent(ana)[-1]
    for label in ("🖼 Picture", "📆 Calendar file"):
        await server.press(plan, label)
        await bot.settle()
    picture, calendar = server.sent(ana)[-2:]
    assert picture["photo"]
    assert calendar["document"]["file_name"] == "schedule-2031-05-05.ics"


async def test_it_is_drawn_in_the_persons_language(
    bot: Bot, server: PreviewServer, assistant: Assistant
) -> None:
    eva = server.add_user("Eva", language_code="es", started=True)
    message = await asked(bot, server, eva, "picture:2031-05-05")
    drawn = day_picture(assistant.knowledge, MONDAY, language="es", moment=MORNING)
    assert content(server, message["photo"][-1]) == drawn
