"""After sending: reports, receipts, corrections, recalls and those who join later."""

import csv
import io
from datetime import timedelta
from typing import Any

from bot.preview.faults import Kind
from bot.preview.world import User
from bot.store.broadcasts import BroadcastState
from tests.chat.staff.broadcast_stage import Stage, labels
from tests.knowledge_folder import picture

UNDERSTOOD = "✅ Understood"


def report(stage: Stage, number: int = 1) -> dict[str, Any]:
    """The latest message that reports on an announcement itself."""
    return next(
        message
        for message in reversed(stage.server.sent(stage.olivia))
        if f"Report on announcement {number}" in message.get("text", "")
    )


def only_to(user: User) -> Any:
    """Whether a call goes to somebody."""
    return lambda params: params.integer("chat_id") == user.id


async def test_who_cannot_be_reached_is_counted_and_named_with_the_reason(stage: Stage) -> None:
    ana = stage.people[0]
    await stage.say(stage.olivia, "/broadcast Go home")
    stage.server.faults.add("sendMessage", Kind.FORBIDDEN, when=only_to(ana))
    for label in ("📣 Send", "Yes"):
        await stage.press(label)
    await stage.later(4)
    assert "sent: 3" in report(stage)["text"] and "cannot be reached: 1" in report(stage)["text"]
    await stage.press("Who was not reached?")
    assert "Ana" in stage.card()["text"] and "blocked" in stage.card()["text"]


async def test_who_is_in_doubt_is_named_and_gets_it_again_only_on_request(stage: Stage) -> None:
    ana = stage.people[0]
    await stage.say(stage.olivia, "/broadcast Go home")
    stage.server.faults.add("sendMessage", Kind.CLOSE_AFTER_ACCEPT, when=only_to(ana))
    for label in ("📣 Send", "Yes"):
        await stage.press(label)
    await stage.later(4)
    assert stage.received(ana).count("Go home") == 1
    assert "in doubt: 1" in report(stage)["text"]
    await stage.press("Who is in doubt?")
    assert "• Ana" in stage.card()["text"]
    await stage.press("‹ Back")
    card = stage.card()
    for _ in range(2):
        await stage.press("Send again to 1", on=card)
    await stage.later(4)
    assert stage.received(ana).count("Go home") == 2
    assert "sent: 4" in report(stage)["text"]


async def test_the_table_lists_everybody_and_no_cell_is_a_formula(stage: Stage) -> None:
    eve = stage.server.add_user('=HYPERLINK("http://evil")', language_code="en")
    await stage.say(eve, "/start")
    await stage.announce("Go home")
    await stage.later(4)
    await stage.press("📄 Table")
    document = stage.server.sent(stage.olivia)[-1]["document"]
    file = stage.server.world.files.get(document["file_id"])
    assert file is not None and document["file_name"] == "announcement-1.csv"
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [(row["Name"], row["Language"], row["State"]) for row in rows] == [
        ("Olivia", "en", "sent"),
        ("Ana", "es", "sent"),
        ("Ben", "en", "sent"),
        ("Chi", "en", "sent"),
        ('\'=HYPERLINK("http://evil")', "en", "sent"),
    ]


async def test_a_follow_up_goes_to_those_who_were_not_reached(stage: Stage) -> None:
    ana = stage.people[0]
    await stage.say(stage.olivia, "/broadcast Go home")
    stage.server.faults.add("sendMessage", Kind.BAD_REQUEST, when=only_to(ana))
    for label in ("📣 Send", "Yes"):
        await stage.press(label)
    await stage.later(4)
    await stage.say(ana, "/start")
    await stage.press("Write to them")
    assert "who was not reached – 1 recipient" in stage.card()["text"]
    await stage.press("📣 Send to 1")
    assert [stage.received(person).count("Go home") for person in stage.people] == [1, 1, 1]


async def test_a_correction_changes_every_delivered_copy(stage: Stage) -> None:
    await stage.announce("The bus leaves at 8.")
    await stage.later(4)
    await stage.press("✏️ Correct")
    await stage.say(stage.olivia, "The bus leaves at 9.")
    assert stage.received(stage.people[0])[-1] == "The bus leaves at 8."
    await stage.press("✏️ Correct 4 copies")
    await stage.later(4)
    assert [stage.received(person)[-1] for person in stage.people] == ["The bus leaves at 9."] * 3
    assert "corrected: 4" in stage.card()["text"]
    await stage.press("✏️ Correct", on=report(stage))
    await stage.say(stage.olivia, "The bus leaves at 10.")
    await stage.press("✏️ Correct 4 copies")
    assert [stage.received(person)[-1] for person in stage.people] == ["The bus leaves at 10."] * 3


async def test_a_correction_drops_translations_of_what_was_wrong(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast At 8.")
    for label in ("🌐 Translations", "➕ Spanish"):
        await stage.press(label)
    await stage.say(stage.olivia, "A las 8.")
    for label in ("📣 Send", "Yes"):
        await stage.press(label)
    await stage.later(4)
    await stage.press("✏️ Correct")
    await stage.say(stage.olivia, "At 9.")
    await stage.press("✏️ Correct 4 copies")
    assert stage.received(stage.people[0])[-1] == "At 9."


async def test_the_words_under_a_picture_can_be_corrected_but_not_beyond_a_caption(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast")
    await stage.server.send_photo(stage.olivia, content=picture(80), caption="Room 1")
    await stage.settle()
    for label in ("📣 Send", "Yes"):
        await stage.press(label)
    await stage.later(4)
    await stage.press("✏️ Correct")
    await stage.say(stage.olivia, "x" * 1025)
    assert "Telegram takes 1024" in stage.card()["text"]
    await stage.press("✏️ Other words")
    await stage.say(stage.olivia, "Room 2")
    await stage.press("✏️ Correct 4 copies")
    assert stage.server.sent(stage.people[1])[-1]["caption"] == "Room 2"


async def test_a_recall_deletes_every_copy_within_two_days(stage: Stage) -> None:
    await stage.announce("The bus leaves at 8.")
    await stage.later(4)
    await stage.press("↩️ Take back")
    assert stage.received(stage.people[0])[-1] == "The bus leaves at 8."
    await stage.press("↩️ Take back from 4")
    await stage.later(4)
    assert all("The bus leaves at 8." not in stage.received(person) for person in stage.people)
    assert "taken back: 4" in stage.card()["text"]
    assert [row.state for row in await stage.broadcasts()] == [BroadcastState.RECALLED]


async def test_a_recall_after_two_days_takes_the_words_out(stage: Stage) -> None:
    await stage.announce("The bus leaves at 8.", "☑️ Button")
    await stage.later(4)
    stage.bot.clock.advance(timedelta(hours=49))
    await stage.later(49 * 3600)
    await stage.press("↩️ Take back")
    await stage.press("↩️ Take back from 4")
    for person in stage.people:
        copy = stage.server.sent(person)[-1]
        assert (
            copy["text"] == "This message was taken back by the organizers." or person.language_code != "en"
        )
        assert copy["text"] != "The bus leaves at 8." and labels(copy) == []


def listed_card(stage: Stage) -> dict[str, Any]:
    """The message that lists who has not confirmed."""
    return next(
        message for message in stage.server.sent(stage.olivia) if "Confirmed:" in message.get("text", "")
    )


async def test_receipts_are_listed_live_and_the_others_are_reminded_at_a_tap(stage: Stage) -> None:
    ana, ben, chi = stage.people
    await stage.announce("Read this", "☑️ Button")
    await stage.later(4)
    press = await stage.server.press(stage.server.sent(ben)[-1], UNDERSTOOD)
    await stage.settle()
    assert press.answer and "Thank you" in press.answer["text"]
    assert labels(stage.server.sent(ben)[-1]) == []
    await stage.press("Who has not confirmed?")
    listed = stage.card()
    assert "1 of 4" in listed["text"] and "• Ben" not in listed["text"] and "• Chi" in listed["text"]
    await stage.server.press(stage.server.sent(chi)[-1], UNDERSTOOD)
    await stage.later(4)
    assert "2 of 4" in stage.card()["text"] and stage.card()["message_id"] == listed["message_id"]
    for _ in range(2):
        await stage.press("👋 Remind", on=listed_card(stage))
    await stage.later(4)
    nudges = [message for message in stage.server.sent(ana) if "reply_to_message" in message]
    assert [nudge["reply_to_message"]["text"] for nudge in nudges] == ["Read this"]
    assert not any("reply_to_message" in message for message in stage.server.sent(ben))
    await stage.server.press(nudges[0], labels(nudges[0])[0])
    await stage.settle()
    assert labels(stage.server.sent(ana)[-1]) == []


async def test_the_button_of_a_preview_confirms_nothing(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast Read this")
    await stage.press("☑️ Button")
    preview = next(m for m in reversed(stage.server.sent(stage.olivia)) if UNDERSTOOD in labels(m))
    press = await stage.server.press(preview, UNDERSTOOD)
    await stage.settle()
    assert press.answer and "only the preview" in press.answer["text"]


async def test_who_joins_later_sees_what_newcomers_are_to_see_and_once(stage: Stage) -> None:
    await stage.announce("Welcome dinner at 7", "📌 Newcomers")
    await stage.announce("Only for today")
    await stage.later(4)
    stage.bot.clock.advance(timedelta(hours=1))
    late = stage.server.add_user("Late", language_code="en")
    for _ in range(2):
        await stage.say(late, "/start")
    assert stage.received(late).count("Welcome dinner at 7") == 1
    assert "Only for today" not in stage.received(late)
    assert [stage.received(person).count("Welcome dinner at 7") for person in stage.people] == [1, 1, 1]


async def test_a_correction_reaches_who_joined_later_too(stage: Stage) -> None:
    await stage.announce("Dinner at 7", "📌 Newcomers")
    await stage.later(4)
    stage.bot.clock.advance(timedelta(hours=1))
    late = stage.server.add_user("Late", language_code="en")
    await stage.say(late, "/start")
    await stage.press("✏️ Correct")
    await stage.say(stage.olivia, "Dinner at 8")
    await stage.press("✏️ Correct 5 copies")
    assert stage.received(late)[-1] == "Dinner at 8"
