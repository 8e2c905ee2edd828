"""Composing an announcement: what an organizer sends becomes a draft that looks as people will see it."""

from datetime import timedelta

import pytest

from bot.store import roles, steps
from tests.chat.staff.broadcast_stage import Stage, full_label, labels
from tests.knowledge_folder import picture


async def test_a_participant_gets_no_draft_by_the_same_words(stage: Stage) -> None:
    ana = stage.people[0]
    await stage.say(ana, "/broadcast Everybody go home!")
    assert await stage.broadcasts() == []
    assert all("📣" not in label for message in stage.server.sent(ana) for label in labels(message))


async def test_the_preview_is_what_participants_get_to_the_letter(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast")
    await stage.server.say(stage.olivia, "Bus 2 is late: https://example.org #bus")
    await stage.settle()
    preview = stage.server.sent(stage.olivia)[-2]
    for label in ("📣 Send", "Yes"):
        await stage.press(label)
    got = stage.server.sent(stage.people[1])[-1]
    assert got["text"] == preview["text"] == "Bus 2 is late: https://example.org #bus"
    assert got.get("entities") == preview.get("entities")
    assert got.get("reply_markup") == preview.get("reply_markup")


async def test_styles_survive(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast")
    update = {
        "message": {
            "message_id": 9001,
            "date": stage.server.world.unix_time,
            "chat": stage.server.world.chat(stage.olivia).as_json(),
            "from": stage.olivia.as_json(),
            "text": "Now in room 7",
            "entities": [{"type": "bold", "offset": 7, "length": 6}],
        }
    }
    stage.server.inject(update)
    await stage.settle()
    assert stage.server.sent(stage.olivia)[-2]["entities"] == [{"type": "bold", "offset": 7, "length": 6}]


async def test_words_after_the_command_are_the_announcement_with_their_styles(stage: Stage) -> None:
    update = {
        "message": {
            "message_id": 9002,
            "date": stage.server.world.unix_time,
            "chat": stage.server.world.chat(stage.olivia).as_json(),
            "from": stage.olivia.as_json(),
            "text": "/broadcast 🚌 is late",
            "entities": [
                {"type": "bot_command", "offset": 0, "length": 10},
                {"type": "italic", "offset": 17, "length": 4},
            ],
        }
    }
    stage.server.inject(update)
    await stage.settle()
    preview = stage.server.sent(stage.olivia)[-2]
    assert preview["text"] == "🚌 is late"
    assert preview["entities"] == [{"type": "italic", "offset": 6, "length": 4}]


async def test_an_album_is_one_draft_however_many_updates_bring_it(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast")
    pictures = [picture(50 + n) for n in range(3)]
    await stage.server.send_album(stage.olivia, pictures, caption="The new timetable")
    await stage.settle()
    assert "Send me what to announce" in stage.server.sent(stage.olivia)[-1]["text"]
    await stage.later(2)
    assert "☝️" in stage.card()["text"]
    for label in ("📣 Send", "Yes"):
        await stage.press(label)
    got = stage.server.sent(stage.people[0])[-3:]
    assert [sorted(message.keys() & {"photo", "media_group_id"}) for message in got] == [
        ["media_group_id", "photo"]
    ] * 3
    assert [message.get("caption") for message in got] == ["The new timetable", None, None]
    assert len(await stage.broadcasts()) == 1


async def test_an_album_of_more_than_ten_is_refused_before_sending(stage: Stage) -> None:
    await stage.server.send_album(stage.olivia, [picture(60)] * 11)
    await stage.settle()
    await stage.later(2)
    card = stage.card()
    assert "at most 10" in card["text"]
    assert not [label for label in labels(card) if label.startswith("📣")]


async def test_a_document_and_a_place_can_be_announced(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast")
    await stage.server.send_document(stage.olivia, name="plan.pdf", caption="The plan")
    await stage.settle()
    for label in ("📣 Send", "Yes"):
        await stage.press(label)
    assert stage.server.sent(stage.people[2])[-1]["document"]["file_name"] == "plan.pdf"
    await stage.say(stage.olivia, "/broadcast")
    await stage.server.send_location(stage.olivia, latitude=38.7, longitude=-9.1)
    await stage.settle()
    for label in ("📣 Send", "Yes"):
        await stage.press(label)
    assert stage.server.sent(stage.people[2])[-1]["location"] == {"latitude": 38.7, "longitude": -9.1}


async def test_what_cannot_be_announced_is_said_and_asked_again(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast")
    await stage.server.send_sticker(stage.olivia)
    await stage.settle()
    assert "texts, pictures, files and places" in stage.server.sent(stage.olivia)[-1]["text"]
    await stage.say(stage.olivia, "Then a text")
    assert stage.server.sent(stage.olivia)[-2]["text"] == "Then a text"


async def test_a_forwarded_message_becomes_a_draft_without_its_author(stage: Stage) -> None:
    ana = stage.people[0]
    written = await stage.server.say(ana, "/start")
    await stage.settle()
    await stage.server.forward(stage.olivia, {**written, "text": "I found a blue umbrella."})
    await stage.settle()
    preview, card = stage.server.sent(stage.olivia)[-2:]
    assert preview["text"] == "I found a blue umbrella."
    assert "forward_origin" not in preview
    assert full_label(card, "📣 Send")


async def test_a_forward_of_a_participant_is_only_a_question(stage: Stage) -> None:
    ana = stage.people[0]
    await stage.server.forward(ana, {"text": "Where is the library?", "date": 0, "from": ana.as_json()})
    await stage.settle()
    assert await stage.broadcasts() == []
    assert "room 210" in stage.received(ana)[-1]


async def test_editing_the_message_edits_the_draft_and_its_preview(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast")
    written = await stage.server.say(stage.olivia, "The bus leaves at 8.")
    await stage.settle()
    before = len(stage.server.sent(stage.olivia))
    await stage.server.edit(written, "The bus leaves at 9.")
    await stage.settle()
    assert len(stage.server.sent(stage.olivia)) == before
    for label in ("📣 Send", "Yes"):
        await stage.press(label)
    assert stage.received(stage.people[0])[-1] == "The bus leaves at 9."


async def test_other_content_replaces_the_old_and_keeps_the_choices(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast First")
    await stage.press("🔔 With sound")
    await stage.press("✏️ Other content")
    await stage.say(stage.olivia, "Second")
    assert full_label(stage.card(), "🔕")
    for label in ("📣 Send", "Yes"):
        await stage.press(label)
    assert stage.received(stage.people[0])[-1] == "Second"
    sent = [entry for entry in stage.server.ledger if entry.chat_id == stage.people[0].id][-1]
    assert sent.params["disable_notification"] == "true"


async def test_a_discarded_draft_cannot_be_sent_by_its_old_buttons(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast Oops")
    old = stage.card()
    await stage.press("🗑 Discard")
    await stage.press("📣 Send", on=old)
    assert "not there any more" in stage.received(stage.olivia)[-1]
    assert stage.received(stage.people[0])[-1] != "Oops"
    assert await stage.broadcasts() == []


async def test_each_reads_the_translation_into_their_language_or_else_the_default(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast The bus is late.")
    assert "No translation for readers of Spanish (1)" in stage.card()["text"]
    await stage.press("🌐 Translations")
    await stage.press("➕ Spanish")
    await stage.say(stage.olivia, "El autobús llega tarde.")
    preview, card = stage.server.sent(stage.olivia)[-2:]
    assert preview["text"] == "El autobús llega tarde."
    assert "No translation" not in card["text"]
    for label in ("📣 Send", "Yes"):
        await stage.press(label)
    ana, ben, chi = stage.people
    assert stage.received(ana)[-1] == "El autobús llega tarde."
    assert stage.received(ben)[-1] == stage.received(chi)[-1] == "The bus is late."


async def test_a_translation_can_be_removed(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast The bus is late.")
    for label in ("🌐 Translations", "➕ Spanish"):
        await stage.press(label)
    await stage.say(stage.olivia, "El autobús")
    for label in ("🌐 Translations", "✅ Spanish", "Remove it"):
        await stage.press(label)
    assert "No translation for readers of Spanish" in stage.card()["text"]


async def test_buttons_open_addresses_and_answers(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast Sign up!")
    await stage.press("🔗 Buttons")
    await stage.say(stage.olivia, "Form – https://example.org/form\nWi-Fi – /wifi")
    for label in ("📣 Send", "Yes"):
        await stage.press(label)
    ana = stage.people[0]
    got = stage.server.sent(ana)[-1]
    rows = got["reply_markup"]["inline_keyboard"]
    assert rows[0] == [{"text": "Form", "url": "https://example.org/form"}]
    await stage.server.press(got, "Wi-Fi")
    await stage.settle()
    assert "sea-shell" in stage.received(ana)[-1]


@pytest.mark.parametrize("typed", ["Form", "Form – javascript:alert(1)", "Wi-Fi – /unknown-thing", "x" * 70])
async def test_buttons_that_lead_nowhere_are_refused(stage: Stage, typed: str) -> None:
    await stage.say(stage.olivia, "/broadcast Sign up!")
    await stage.press("🔗 Buttons")
    [answer] = await stage.say(stage.olivia, typed)
    assert "could not read that" in answer["text"]


async def test_a_long_caption_goes_as_a_text_of_its_own(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast x")
    await stage.press("✏️ Other content")
    await stage.server.send_photo(stage.olivia, content=picture(70), caption="y" * 1024)
    await stage.settle()
    await stage.press("🌐 Translations")
    await stage.press("➕ Spanish")
    await stage.say(stage.olivia, "z" * 1025)
    for label in ("📣 Send", "Yes"):
        await stage.press(label)
    ana, ben, _ = stage.people
    assert "caption" not in stage.server.sent(ana)[-2]
    assert stage.server.sent(ana)[-1]["text"] == "z" * 1025
    assert stage.server.sent(ben)[-1]["caption"] == "y" * 1024


async def test_a_draft_and_what_was_asked_for_are_in_the_database(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast")
    [row] = await stage.broadcasts()
    person = stage.olivia.id
    step = await stage.bot.database.read(lambda connection: steps.read(connection, person, person))
    assert step and step.state == {"id": row.id}


async def test_an_organizer_who_lost_the_role_cannot_go_on(stage: Stage) -> None:
    ben = stage.people[1]
    database = stage.bot.database
    now = stage.bot.clock()
    await database.write(lambda c: roles.give(c, ben.id, roles.Role.ORGANIZER, now, by=None))
    await stage.say(ben, "/broadcast From Ben")
    card = stage.card(ben)
    await database.write(lambda c: roles.take(c, ben.id))
    press = await stage.press("📣 Send", on=card, user=ben)
    assert press.answer and "may not do this" in press.answer["text"]
    assert [row.state.value for row in await stage.broadcasts()] == ["draft"]


async def test_old_drafts_can_be_found_again(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast Something for later")
    stage.bot.clock.advance(timedelta(days=1))
    [answer] = await stage.say(stage.olivia, "/broadcasts")
    assert "draft · Something for later" in answer["text"]
    await stage.server.press(answer, "1")
    await stage.settle()
    assert stage.received(stage.olivia)[-2] == "Something for later"


async def test_what_was_asked_for_is_dropped_with_its_draft(stage: Stage) -> None:
    ben, database, now = stage.people[1], stage.bot.database, stage.bot.clock()
    await database.write(lambda c: roles.give(c, ben.id, roles.Role.ORGANIZER, now, by=None))
    await stage.say(stage.olivia, "/broadcast Oops")
    [listed] = await stage.say(ben, "/broadcasts")
    await stage.server.press(listed, "1")
    await stage.settle()
    await stage.press("✏️ Other content")
    await stage.press("🗑 Discard", user=ben)
    [answer] = await stage.say(stage.olivia, "Something else")
    assert "not there any more" in answer["text"]
    assert "room 210" in (await stage.say(stage.olivia, "Where is the library?"))[-1]["text"]
