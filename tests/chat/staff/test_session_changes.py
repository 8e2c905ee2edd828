"""/move, /cancel and /place: the schedule changes at once; people hear of it when an organizer says so."""

import tempfile
from collections.abc import AsyncIterator
from datetime import time, timedelta
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from bot.broadcasts.loop import Broadcasting
from bot.broadcasts.showing import Showing
from bot.chat.chat import Chat
from bot.chat.raw_bot import RawBot
from bot.chat.render import message
from bot.chat.staff.broadcast_desk import Desk
from bot.chat.staff.broadcasting import broadcasting
from bot.chat.staff.session_changes import session_changes
from bot.clock import system_clock
from bot.encoder.choice import chosen
from bot.encoder.meaning import Meaning
from bot.knowledge.model import Knowledge
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.revisions.live import LiveKnowledge
from bot.revisions.opening import open_revision
from bot.store import chats
from bot.store.database import Database
from bot.store.revisions import Origin
from bot.store.roles import Role
from tests.chat.conftest import LIBRARY, PHOTOS, Bot
from tests.chat.staff.broadcast_stage import Stage, full_label, labels
from tests.knowledge_folder import HELP, SCHEDULE, write_folder


class Moving(Stage):
    """A stage whose knowledge is live and can change."""

    live: LiveKnowledge

    @property
    def knowledge(self) -> Knowledge:
        return self.live.knowledge


@pytest_asyncio.fixture
async def moving(
    *,
    server: PreviewServer,
    raw_bot: RawBot,
    database: Database,
    clock: SettableClock,
    olivia: User,
    learned: Path,
) -> AsyncIterator[Moving]:
    folder = write_folder(
        Path(tempfile.mkdtemp(dir=learned)), faq={"10-help": HELP, "20-library": LIBRARY}, photos=PHOTOS
    )
    opened = await open_revision(folder, database, clock)
    live = LiveKnowledge(
        opened.number,
        opened.loaded,
        database=database,
        clock=clock,
        meaning=Meaning.by(chosen("off"), learned),
        cache=learned,
    )
    host_clock = SettableClock(host=system_clock)  # by which the database dates what was answered
    showing = Showing(lambda: live.knowledge, message)
    peter = server.add_user("Peter", language_code="en", started=True)
    roles = {olivia.id: Role.ORGANIZER, peter.id: Role.ORGANIZER}
    desk = Desk(database, showing, host_clock, roles)
    chat = Chat(
        raw_bot,
        lambda: live.assistant,
        database,
        clock,
        roles=roles,
        features=(*broadcasting(desk), session_changes(desk, live)),
    )
    await chat.start()
    loop = Broadcasting(
        database,
        showing,
        clock,
        organizers=lambda _: sorted(roles),
        after_commit=lambda: None,
        host_clock=host_clock,
    )
    people = [server.add_user("Ana", language_code="es"), server.add_user("Ben", language_code="en")]
    stage = Moving(Bot(chat, raw_bot, database, clock), server, loop, host_clock, olivia, [peter, *people])
    stage.live = live
    for user in (olivia, *stage.people):
        await stage.say(user, "/start")
    yield stage
    await chat.stop()


async def edit(stage: Moving, old: str, new: str) -> None:
    """Somebody changes the schedule's file."""
    files = dict(stage.live.files)
    text = files["schedule.yaml"].decode()
    assert old in text
    files["schedule.yaml"] = text.replace(old, new).encode()
    await stage.live.publish(files, by=None, origin=Origin.FOLDER)


async def move_without_bus(stage: Moving, text: str) -> None:
    """Olivia moves the visit to the port, and leaves its bus as it is."""
    [asked] = await stage.say(stage.olivia, text)
    await stage.press("At 13:15 as before", on=asked)


async def test_a_move_is_live_at_once_and_told_only_when_sent(moving: Moving) -> None:
    ben = moving.people[2]
    await move_without_bus(moving, "/move port-visit 15:00")
    session = moving.knowledge.sessions["port-visit"]
    assert (f"{session.start:%H:%M}", f"{session.end:%H:%M}") == ("15:00", "17:00")
    done, preview, card = moving.server.sent(moving.olivia)[-3:]
    assert done["text"].startswith("Done") and "Nobody was told yet" in done["text"]
    assert "Moved: Visit to the port" in preview["text"] and "14:00–16:00 → 15:00–17:00" in preview["text"]
    assert "The bus stays the same" in preview["text"]
    assert not any("Moved" in text for text in moving.received(ben))
    assert labels(card)[-1] == "🗑 Ignore"
    for label in ("📣 Send", "Yes"):
        await moving.press(label)
    assert moving.received(ben)[-1] == preview["text"]


async def test_each_reads_the_change_in_their_language(moving: Moving) -> None:
    ana = moving.people[1]
    await moving.say(moving.olivia, "/move opening 2031-05-07 11:00-12:30")
    for label in ("📣 Send", "Yes"):
        await moving.press(label)
    assert "Apertura" in moving.received(ana)[-1]
    assert "11:00–12:30" in moving.received(ana)[-1] and "7 de mayo" in moving.received(ana)[-1]


async def test_the_file_changes_by_the_time_alone(moving: Moving) -> None:
    await move_without_bus(moving, "/move port-visit 15:00")
    assert moving.live.files["schedule.yaml"].decode() == SCHEDULE.replace(
        "start: 14:00", "start: 15:00"
    ).replace("end: 16:00", "end: 17:00")


async def test_a_bus_goes_with_its_session_if_the_organizer_says_so(moving: Moving) -> None:
    [asked] = await moving.say(moving.olivia, "/move port-visit 15:00")
    assert asked["text"] == (
        "“Visit to the port” is to be on Tue 6 at 15:00. "
        "Its bus leaves at 13:15. Should it leave at 14:15 then?"
    )
    assert moving.live.files["schedule.yaml"].decode() == SCHEDULE
    await moving.press("At 14:15", on=asked)
    assert moving.live.files["schedule.yaml"].decode() == SCHEDULE.replace(
        "start: 14:00", "start: 15:00"
    ).replace("end: 16:00", "end: 17:00").replace("at: 13:15", "at: 14:15")
    await moving.press("At 14:15", on=asked)
    assert moving.received(moving.olivia)[-1] == "That is how it is already."


@pytest.mark.parametrize("typed", ["/move port-visit 2031-05-07", "/move port-visit 00:10-02:00"])
async def test_a_bus_that_cannot_go_along_stays_without_a_question(moving: Moving, typed: str) -> None:
    await moving.say(moving.olivia, typed if "00:" in typed else f"{typed} 14:00")
    assert moving.knowledge.sessions["port-visit"].buses[0].at == time(13, 15)


async def test_a_session_is_found_by_words_of_its_title(moving: Moving) -> None:
    await move_without_bus(moving, "/move visit to the port tomorrow 10:15")
    session = moving.knowledge.sessions["port-visit"]
    assert (session.date.isoformat(), f"{session.start:%H:%M}") == ("2031-05-06", "10:15")


async def test_without_a_name_the_sessions_to_come_are_offered(moving: Moving) -> None:
    [offer] = await moving.say(moving.olivia, "/move")
    assert len(labels(offer)) == 2
    await moving.server.press(offer, full_label(offer, "Tue 6 14:00 · Visit"))
    await moving.settle()
    assert "to when?" in moving.received(moving.olivia)[-1]
    await moving.say(moving.olivia, "soon")
    assert "I need a time" in moving.received(moving.olivia)[-1]
    await move_without_bus(moving, "16:00")
    assert f"{moving.knowledge.sessions['port-visit'].start:%H:%M}" == "16:00"


async def test_a_cancellation_is_asked_once_more(moving: Moving) -> None:
    await moving.say(moving.olivia, "/cancel port-visit")
    assert "port-visit" in moving.knowledge.sessions
    question = moving.server.sent(moving.olivia)[-1]
    await moving.server.press(question, "Yes, cancel it")
    await moving.settle()
    assert "port-visit" not in moving.knowledge.sessions
    assert "Cancelled: Visit to the port" in moving.received(moving.olivia)[-2]


async def test_a_cancellation_that_was_not_meant_changes_nothing(moving: Moving) -> None:
    [question] = await moving.say(moving.olivia, "/cancel port-visit")
    await moving.server.press(question, "No, it stays")
    await moving.settle()
    assert "port-visit" in moving.knowledge.sessions and await moving.broadcasts() == []


async def test_cancel_alone_ends_what_was_asked_for(moving: Moving) -> None:
    await moving.say(moving.olivia, "/move port-visit")
    await moving.say(moving.olivia, "/cancel")
    assert "room 210" in (await moving.say(moving.olivia, "Where is the library?"))[-1]["text"]


async def test_a_new_place_is_told_with_the_old_one(moving: Moving) -> None:
    await moving.say(moving.olivia, "/place opening port")
    assert moving.knowledge.sessions["opening"].site == "port"
    assert "Town hall → Old port" in moving.received(moving.olivia)[-2]


async def test_a_place_is_chosen_by_a_button(moving: Moving) -> None:
    [offer] = await moving.say(moving.olivia, "/place opening")
    await moving.server.press(offer, "Old port")
    await moving.settle()
    assert moving.knowledge.sessions["opening"].site == "port"


@pytest.mark.parametrize(
    "typed", ["/move port-visit 25:00", "/move port-visit 10:00-09:00", "/place opening moon"]
)
async def test_what_makes_no_sense_changes_nothing(moving: Moving, typed: str) -> None:
    before = moving.knowledge.revision
    await moving.say(moving.olivia, typed)
    assert moving.knowledge.revision == before


async def test_participants_move_nothing(moving: Moving) -> None:
    before = moving.knowledge.revision
    await moving.say(moving.people[2], "/move port-visit 15:00")
    assert moving.knowledge.revision == before


async def test_the_other_organizers_get_the_draft_too_and_only_one_sends_it(moving: Moving) -> None:
    peter, _, ben = moving.people
    await move_without_bus(moving, "/move port-visit 15:00")
    assert "Moved" in moving.received(peter)[-2]
    theirs = moving.card(peter)
    for label in ("📣 Send", "Yes"):
        await moving.press(label)
    await moving.press("📣 Send", on=theirs, user=peter)
    assert sum("Moved" in text for text in moving.received(ben)) == 1


async def test_several_edits_of_a_file_within_minutes_are_one_draft(moving: Moving) -> None:
    await moving.settle()
    await edit(moving, "start: 14:00", "start: 14:30")
    await moving.later(60)
    await edit(moving, "start: 9:30", "start: 9:45")
    await moving.later(60)
    assert await moving.broadcasts() == []
    await moving.later(181)
    assert len(await moving.broadcasts()) == 1
    draft = moving.received(moving.olivia)[-2]
    assert "9:30–10:30 → 09:45–10:30" in draft and "14:00–16:00 → 14:30–16:00" in draft
    await moving.later(600)
    assert len(await moving.broadcasts()) == 1


async def test_a_later_edit_joins_the_draft_that_nobody_has_sent(moving: Moving) -> None:
    await move_without_bus(moving, "/move port-visit 15:00")
    await move_without_bus(moving, "/move port-visit 16:00")
    assert len(await moving.broadcasts()) == 1
    assert "14:00–16:00 → 16:00–18:00" in moving.received(moving.olivia)[-2]


async def test_changes_that_are_taken_back_leave_no_draft(moving: Moving) -> None:
    await move_without_bus(moving, "/move port-visit 15:00")
    await move_without_bus(moving, "/move port-visit 14:00")
    assert await moving.broadcasts() == []


async def test_what_was_ignored_is_not_offered_again(moving: Moving) -> None:
    await move_without_bus(moving, "/move port-visit 15:00")
    await moving.press("🗑 Ignore")
    await moving.later(600)
    assert await moving.broadcasts() == []
    await moving.say(moving.olivia, "/move opening 10:30")
    assert "Opening" in moving.received(moving.olivia)[-2]
    assert "port" not in moving.received(moving.olivia)[-2]


async def test_what_is_over_is_no_news(moving: Moving) -> None:
    moving.bot.clock.advance(timedelta(days=1, hours=-1))
    await moving.settle()
    await edit(moving, "start: 9:30", "start: 9:45")
    for _ in range(2):
        await moving.later(200)
    assert await moving.broadcasts() == []


async def test_a_change_for_a_group_goes_to_it_and_to_those_in_no_group(moving: Moving) -> None:
    _, ana, ben = moving.people
    now = moving.bot.clock()
    for person, group in ((ana, "A"), (ben, "B")):
        await moving.bot.database.write(partial(chats.join, chat_id=person.id, group=group, now=now))
    await edit(moving, "    site: port\n    buses", "    site: port\n    groups: [A]\n    buses")
    await moving.settle()
    await moving.later(200)
    await moving.press("🗑 Ignore")
    await move_without_bus(moving, "/move port-visit 15:00")
    assert "groups A, and who is in no group – 3 recipients" in moving.card()["text"]
    await moving.press("📣 Send to 3")
    assert "15:00" in moving.received(ana)[-1]
    assert not any("15:00" in text for text in moving.received(ben))


async def test_an_earlier_answer_with_the_old_time_is_corrected(moving: Moving) -> None:
    ben = moving.people[2]
    await moving.say(ben, "When is the visit to the port?")
    answer = next(
        m for m in reversed(moving.server.sent(ben)) if "14:00" in (m.get("caption") or m.get("text") or "")
    )
    await move_without_bus(moving, "/move port-visit 15:00")
    assert full_label(moving.card(), "🔁 Earlier answers to correct: 1")
    for label in ("📣 Send", "Yes"):
        await moving.press(label)
    await moving.later(4)
    corrected = next(m for m in moving.server.sent(ben) if m["message_id"] == answer["message_id"])
    words = corrected.get("caption") or corrected["text"]
    assert words.startswith("⚠️ What I told you here has changed:")
    assert "14:00–16:00 → 15:00–17:00" in words
    assert corrected.get("reply_markup") == answer.get("reply_markup")


async def test_an_organizer_may_leave_earlier_answers_alone(moving: Moving) -> None:
    ben = moving.people[2]
    await moving.say(ben, "When is the visit to the port?")
    before = moving.received(ben)
    await move_without_bus(moving, "/move port-visit 15:00")
    await moving.press("🔁 Earlier answers to correct")
    assert full_label(moving.card(), "🔁 Earlier answers stay")
    for label in ("📣 Send", "Yes"):
        await moving.press(label)
    assert moving.received(ben)[: len(before)] == before


async def test_an_answer_that_was_asked_again_since_is_right_already(moving: Moving) -> None:
    ben = moving.people[2]
    await moving.settle()
    await moving.say(ben, "When is the visit to the port?")
    await edit(moving, "start: 14:00", "start: 14:30")
    await moving.say(ben, "When is the visit to the port?")
    await moving.later(181)
    await moving.later(181)
    assert not [label for label in labels(moving.card()) if label.startswith("🔁")]
